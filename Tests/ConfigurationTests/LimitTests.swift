import Configuration
import Testing

struct LimitTests {
    private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test func `an alias bomb is refused at its first anchor`() {
        var bomb = "a: &a [\(repeated("x,", 9))x]\n"
        for (name, previous) in zip("bcdefghi", "abcdefgh") {
            bomb += "\(name): &\(name) [\(repeated("*\(previous),", 9))*\(previous)]\n"
        }
        #expect(
            Sample.faults(bomb) == [
                "x.yaml:1:4: anchors ('&a') are not accepted; "
                    + "delete it, and write the value out where it is needed again"
            ])
    }

    @Test func `the largest file is read, and one byte more is not`() {
        let line = "name: x\n"
        let fill = SourceText.bytesMax - line.utf8.count - 2
        let largest = line + "#" + repeated("c", fill) + "\n"
        #expect(largest.utf8.count == SourceText.bytesMax)
        #expect(Sample.faults(largest) == [])
        #expect(
            Sample.faults(largest + "\n") == ["x.yaml: the file has 1048577 bytes; expected at most 1048576"])
    }

    @Test(arguments: ["[", "{a: ", "- ", "- ? "], [33, 100, 5_000, 200_000])
    func `nesting is refused beyond its limit, however deep`(opener: String, depth: Int) {
        let faults = Sample.faults(repeated(opener, depth))
        let column = 32 * opener.count + 1
        let refusal =
            opener == "- ? "
            ? "x.yaml:1:5: a list or a section cannot be a key; expected a name"
            : "x.yaml:1:\(column): nested too deep; expected at most 32 levels"
        #expect(faults == [refusal])
    }

    @Test func `thirty-two levels are accepted`() {
        let diagnostics = Diagnostics()
        let text = repeated("[", 32) + repeated("]", 32)
        #expect(YAMLDocument.parse(Array(text.utf8), file: "x", diagnostics: diagnostics) != nil)
        #expect(diagnostics.recorded.isEmpty)
    }

    @Test func `the hundred-thousandth value is accepted, and one more is not`() {
        let diagnostics = Diagnostics()
        let largest = "[" + repeated("1,", Node.countMax - 1) + "]"
        #expect(YAMLDocument.parse(Array(largest.utf8), file: "x", diagnostics: diagnostics) != nil)
        let tooMany = "[" + repeated("1,", Node.countMax) + "]"
        #expect(YAMLDocument.parse(Array(tooMany.utf8), file: "x", diagnostics: diagnostics) == nil)
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x:1:200000: too many values; expected at most 100000 values and keys"
            ])
    }

    /// Texts that make some scanner slow: each must be done with in a moment.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            "[", "{", "- ", "a: ", "\"", "'", "|\n", "# ", "\n", " ", "%TAG !a! b\n", "...\n", "a\n", "&a ",
            "a: b\n",
            "é", "[a],", "a: |\n\n", "\"\\\n", "? a\n",
        ])
    func `a megabyte of anything is refused or read, not chewed on`(piece: String) {
        let text = repeated(piece, SourceText.bytesMax / piece.utf8.count)
        let diagnostics = Diagnostics()
        let document = YAMLDocument.parse(Array(text.utf8), file: "x", diagnostics: diagnostics)
        #expect((document == nil) == diagnostics.hasErrors)
    }
}
