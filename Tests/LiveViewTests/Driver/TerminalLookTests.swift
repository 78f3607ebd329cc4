import Testing

@testable import LiveView

@Suite struct TerminalLookTests {
    private func look(_ variables: [String: String]) -> TerminalLook? { TerminalLook { variables[$0] } }

    @Test func `a terminal that cannot place anything has no view`() {
        #expect(look([:]) == nil)
        #expect(look(["TERM": ""]) == nil)
        #expect(look(["TERM": "dumb", "LANG": "C.UTF-8"]) == nil)
        #expect(look(["TERM": "xterm"]) != nil)
    }

    @Test func `colours are left out where somebody wants none`() {
        #expect(look(["TERM": "xterm"])?.palette == .colours)
        #expect(look(["TERM": "xterm", "NO_COLOR": ""])?.palette == .colours)
        #expect(look(["TERM": "xterm", "NO_COLOR": "1"])?.palette == .plain)
    }

    @Test(arguments: [
        (["LANG": "en_GB.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false), ([:], false),
        (["LC_ALL": "C", "LANG": "C.UTF-8"], false), (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true),
    ])
    func `lines and blocks need a locale of UTF-8`(variables: [String: String], isUnicode: Bool) {
        let look = look(variables.merging(["TERM": "xterm"]) { first, _ in first })
        #expect(look?.glyphs == (isUnicode ? .unicode : .ascii))
    }
}
