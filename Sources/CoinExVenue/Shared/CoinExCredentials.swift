import Signing

/// A key of the venue: the name that travels, and the secret that does not.
public struct CoinExCredentials: Sendable {
    public let accessID: String
    public let secret: Secret

    public init(accessID: String, secret: Secret) {
        self.accessID = accessID
        self.secret = secret
    }
}

extension CoinExCredentials: CustomStringConvertible {
    /// The name of the key; never its secret.
    public var description: String { accessID }
}

/// Leave to move money out of the account.
///
/// Requests that do so ask for one. There is one way to make it, and it cannot be gone by accident: by the sentence,
/// word for word, that whoever runs the bot has written into its configuration.
public struct WithdrawalPermission: Sendable {
    public static let sentence = "this bot may send money out of the account"

    public init?(_ sentence: String) {
        guard sentence == Self.sentence else { return nil }
    }
}

/// Leave to make, change, show and delete keys of sub-accounts, and to give others access to them.
///
/// As with ``WithdrawalPermission``, only its sentence makes one.
public struct KeyPermission: Sendable {
    public static let sentence = "this bot may manage the keys of sub-accounts"

    public init?(_ sentence: String) {
        guard sentence == Self.sentence else { return nil }
    }
}
