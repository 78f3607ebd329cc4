import Testing

struct SecretsCheckTests {
    private func lines(_ text: String, path: String = "configs/a.yaml") -> [Int] {
        SecretsCheck.findings(SourceFile(path, text)).map(\.line)
    }

    @Test(arguments: [
        "access_id: 0123ABCD", "  secret: \"abc\"", "password: 12345", "api-key: abc",
        "- token: abc # the old one",
        "# secret: abc", "secret: abc # throw-away, they said", "\"secretKey\": \"abc\",", "api_token = abc",
        "privateKey: abc",
    ])
    func `values of secrets are told`(line: String) {
        #expect(lines("venue: coinex\n" + line + "\n") == [2])
    }

    @Test(arguments: [
        "secret_env: COINEX_SECRET", "secret_file: secret.txt", "access_id:", "secret: \"\"",
        "password: null",
        "token_bucket: 5", "# secret: the variable with the key", "secret: ${COINEX_SECRET}", "tokens: 20",
        "# How a secret is read: see the docs", "secret_key: 10CA1F001   # throw-away",
    ])
    func `the place of a secret may be named`(line: String) {
        #expect(lines(line + "\n").isEmpty)
    }

    @Test func `only configurations are read this way`() {
        #expect(lines("secret: abc\n", path: "docs/a.md").isEmpty)
    }

    @Test func `the configurations of this repository hold no secret`() throws {
        report(try Repository.here().files.flatMap(SecretsCheck.findings))
    }
}
