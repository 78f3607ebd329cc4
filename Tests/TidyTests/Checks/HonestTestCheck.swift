/// A test can fail, and a test that does not run says why.
enum HonestTestCheck {
    private static let expectations = [
        "#expect", "#require", "Issue.record", "TapeTest(", "assertDeterministic(",
    ]
    private static let switches = [".disabled(", ".enabled(", "withKnownIssue("]

    static func findings(_ file: SourceFile) -> [Finding] {
        guard file.isTest, file.isSwift else { return [] }
        return [emptyFinding(file)].compactMap(\.self) + constantFindings(file) + reasonFindings(file)
    }

    private static func emptyFinding(_ file: SourceFile) -> Finding? {
        let tests = file.codeOffsets(of: "@Test")
        guard !tests.isEmpty || file.name.hasSuffix("Tests.swift") else { return nil }
        guard expectations.allSatisfy({ file.codeOffsets(of: $0).isEmpty }) else { return nil }
        return file.finding(
            at: tests.first ?? 0, "no #expect, #require or Issue.record: these tests cannot fail")
    }

    private static func constantFindings(_ file: SourceFile) -> [Finding] {
        ["#expect(true)", "#expect(Bool(true))", "#require(true)"].flatMap { phrase in
            file.codeOffsets(of: phrase).map {
                file.finding(at: $0, "'\(phrase)' cannot fail: expect a result")
            }
        }
    }

    private static func reasonFindings(_ file: SourceFile) -> [Finding] {
        switches.flatMap { phrase in
            file.codeOffsets(of: phrase).compactMap { offset in
                if hasReason(parenthesis: offset + phrase.utf8.count - 1, file) { return nil }
                return file.finding(at: offset, "'\(phrase)…)' without a reason: add it as a text")
            }
        }
    }

    /// Whether one argument of the call is a text that is not blank.
    private static func hasReason(parenthesis: Int, _ file: SourceFile) -> Bool {
        let code = file.code
        let end = code.closing(of: parenthesis)
        var at = parenthesis + 1
        while at < end {
            let start = code.skippingSpace(from: at)
            if start < end, code[start] == UInt8(ascii: "\"") {
                let text = file.text[(start + 1)...].prefix { $0 != UInt8(ascii: "\"") }
                if text.contains(where: \.isWordByte) { return true }
            }
            guard let comma = code.outermost(UInt8(ascii: ","), from: at), comma < end else { return false }
            at = comma + 1
        }
        return false
    }
}
