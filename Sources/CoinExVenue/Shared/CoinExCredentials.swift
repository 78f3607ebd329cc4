import Signing

/// A key of the venue: the name that travels, and the secret that does not.
package struct CoinExCredentials: Sendable {
    package let accessID: String
    package let secret: Secret

    package init(accessID: String, secret: Secret) {
        self.accessID = accessID
        self.secret = secret
    }
}

/// Leave to move money out of the account.
///
/// Requests that do so ask for one. There is one way to make it, and it cannot be gone by accident: by the sentence,
/// word for word, that whoever runs the bot has written into its configuration.
package struct WithdrawalPermission: Sendable {
    package static let sentence = "this bot may send money out of the account"

    package init?(_ sentence: String) {
        guard sentence == Self.sentence else { return nil }
    }
}

/// Leave to make, change, show and delete keys of sub-accounts, and to give others access to them.
///
/// As with ``WithdrawalPermission``, only its sentence makes one.
package struct KeyPermission: Sendable {
    package static let sentence = "this bot may manage the keys of sub-accounts"

    package init?(_ sentence: String) {
        guard sentence == Self.sentence else { return nil }
    }
}
