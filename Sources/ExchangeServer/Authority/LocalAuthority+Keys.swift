extension LocalAuthority {
    /// The file with the key of an account, for bots: `first.key`.
    package func accountKeyFile(_ account: String) -> String { "\(folder)/\(account).key" }

    /// The file with the word that the control requests of a running exchange carry.
    package var controlFile: String { folder + "/control.token" }

    /// Writes a file for each key, readable by its owner only (0600); earlier ones are replaced.
    ///
    /// - Returns: the files.
    package func writeKeys(_ keys: [ExchangeKeySettings]) throws(LocalAuthorityError) -> [String] {
        var files: [String] = []
        for key in keys {
            let text = """
                # Account '\(key.account)' of the local exchange. It opens nothing else.
                access_id = \(key.accessID)
                secret_key = \(key.secret)

                """
            let file = accountKeyFile(key.account)
            try PlacedFile.replace(file, with: Array(text.utf8), mode: 0o600)
            files.append(file)
        }
        return files
    }

    /// Writes the word of the control requests (0600).
    func writeControl(_ token: ControlToken) throws(LocalAuthorityError) {
        try PlacedFile.replace(controlFile, with: Array("\(token.text)\n".utf8), mode: 0o600)
    }
}
