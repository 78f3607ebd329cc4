/// What `coinex --help` says.
struct CoinExHelp {
    let program: String

    init(_ program: String) { self.program = program }

    static let keyLines = [
        "The key is looked for in this order:",
        "  1. the credential 'coinex' of a service ($CREDENTIALS_DIRECTORY of systemd),",
        "  2. a file that nobody else may read: --key FILE, $COINEX_KEY_FILE, ~/.config/martlet/coinex.key,",
        "     with two lines: 'access_id = …' and 'secret_key = …' (chmod 600),",
        "  3. $COINEX_ACCESS_ID and $COINEX_SECRET_KEY, with a warning.",
    ]

    static let exitLines = [
        "Exit codes: 0 done, 2 the venue refused, 3 it is not known whether it was carried out, 64 the command line,",
        "69 not sent, 75 not now, 76 an answer that cannot be read, 77 no key or one that others can read.",
    ]

    static func details(_ program: String) -> [String] {
        var lines: [String] = []
        for verb in CoinExCommand.verbs {
            lines.append("\(program) coinex \(verb.name) \(verb.arguments)".trimmedRight)
            lines.append("    \(verb.help)")
        }
        return lines + [""] + keyLines + [""] + exitLines
    }

    var overview: String {
        var lines = ["\(program) coinex: the venue CoinEx from a command line.", ""]
        lines += Self.details(program).map { $0.isEmpty ? "" : "  \($0)" }
        lines += ["", "'\(program) coinex VERB --help' says more."]
        return lines.joined(separator: "\n")
    }

    func text(_ verb: CoinExCommand.Verb) -> String {
        var lines = ["\(program) coinex \(verb.name) \(verb.arguments)".trimmedRight, "  \(verb.help)", ""]
        lines += ["Example:", "  \(program) coinex \(verb.example)", "", "Options:"]
        for option in verb.options + CoinExCommand.common {
            let name = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
            lines.append("  " + name + String(repeating: " ", count: max(1, 22 - name.count)) + option.help)
        }
        if verb.isSigned { lines += [""] + Self.keyLines }
        lines += [""] + Self.exitLines
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmedRight: String { String(reversed().drop { $0 == " " }.reversed()) }
}
