import Testing

@testable import LiveView

@Suite struct KeyReaderTests {
    @Test func `keys are read whole or in pieces`() {
        let bytes = Array("q\u{1B}[A\u{1B}[B\u{1B}OC\u{1B}[D\t\u{1B}[Z\u{C}p".utf8)
        let keys: [Key] = [
            .character("q"), .up, .down, .right, .left, .tab, .backTab, .redraw, .character("p"),
        ]
        var whole = KeyReader()
        #expect(whole.keys(bytes) == keys)
        var pieces = KeyReader()
        #expect(bytes.flatMap { pieces.keys([$0]) } == keys)
    }

    @Test func `an escape that stands alone is a key, one that begins a sequence is not`() {
        var reader = KeyReader()
        #expect(reader.keys([0x1B]) == [])
        #expect(reader.rest() == [.escape])
        #expect(reader.rest() == [])
        #expect(reader.keys(Array("\u{1B}[".utf8)) == [])
        #expect(reader.rest() == [])
        #expect(reader.keys(Array("q".utf8)) == [.character("q")])
    }

    @Test func `what is not known is passed over`() {
        var reader = KeyReader()
        #expect(reader.keys(Array("\u{1B}[1;5A\u{1B}[15~\u{1B}x\u{3}é+".utf8)) == [.character("+")])
        #expect(reader.keys(Array(("\u{1B}[" + String(repeating: "1", count: 99)).utf8)).count < 99)
        #expect(reader.rest() == [])
        #expect(reader.keys(Array("q".utf8)).last == .character("q"))
    }
}
