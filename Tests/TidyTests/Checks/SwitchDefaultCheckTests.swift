import Testing

struct SwitchDefaultCheckTests {
    private func lines(_ text: String) -> [Int] {
        SwitchDefaultCheck.findings(SourceFile("Sources/A/A.swift", text)).map(\.line)
    }

    @Test(arguments: [
        "switch state {\ncase .open: f()\ndefault: g()\n}",
        "switch state {\ncase .open(let id) where id > 0: f()\ndefault: g()\n}",
        "switch (a, b) {\ncase (.open, _): f()\ndefault: g()\n}",
        "switch state {\ncase let .open(id): f()\ndefault:\n g()\n}",
        "switch 1 {\ncase 1: switch a { case .b: f() }\ncase 2: f()\n}\nswitch a {\ncase .b: f()\ndefault: g() }",
    ])
    func `default over an enum is told`(text: String) {
        #expect(lines(text).count == 1)
    }

    @Test(arguments: [
        "switch byte {\ncase 1: f()\ncase 2...4: g()\ndefault: h()\n}",
        "switch name {\ncase \"a.b\": f()\ndefault: g()\n}",
        "switch byte {\ncase UInt8(ascii: \"a\"): f()\ndefault: g()\n}",
        "switch (a, b) {\ncase (1, 2.5): f()\ndefault: g()\n}",
        "switch state {\ncase .open: f()\ncase .closed: g()\n}",
        "switch c {\ncase .a: f()\n@unknown default: g()\n}",
        "switch byte {\ncase 1:\n if case .open = state { f() }\ndefault: g()\n}",
        "switch byte {\ncase 1:\n if a, case .open = state { f() }\ndefault: g()\n}",
        "switch byte {\ncase 1: f(default: .a)\ndefault: state = .open\n}",
        "switch byte {\ncase 1: switch a { case .b: f() }\ndefault: g()\n}",
    ])
    func `closed switches and open sets of values pass`(text: String) {
        #expect(lines(text).isEmpty)
    }

    @Test func `a reason on either line excuses`() {
        #expect(
            lines("switch code {\ncase .ok: f()\ndefault: g()  // open set: the venue adds codes\n}").isEmpty)
        #expect(
            lines("switch code {  // open set: the venue adds codes\ncase .ok: f()\ndefault: g()\n}").isEmpty)
        #expect(lines("switch code {\ncase .ok: f()\ndefault: g()  // open set:\n}") == [3])
    }

    @Test func `the switches of this repository list their cases`() throws {
        let files = try Repository.here().files(onFloors: 1...8)
        try #require(!files.isEmpty)
        report(files.flatMap(SwitchDefaultCheck.findings))
    }
}
