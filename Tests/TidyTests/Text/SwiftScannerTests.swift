import Testing

struct SwiftScannerTests {
    @Test(arguments: [
        ("let a = 1 // Date(", "let a = 1         "),
        ("a /* b /* c */ d */ e", "a                   e"),
        ("a /* b\nc */ d", "a     \n     d"),
        (#"let a = "Date()" + b"#, #"let a = "      " + b"#),
        (#"f("a \" b", c)"#, #"f("      ", c)"#),
        (#"f("// no comment", c)"#, #"f("             ", c)"#),
        ("let `a \"b // c` = d", "let `         ` = d"),
        ("a / b / c", "a / b / c"),
        ("#if DEBUG", "#if DEBUG"),
        ("#/a\"b/# + c", "#/   /# + c"),
    ])
    func `comments and literals become spaces`(text: String, code: String) {
        #expect(scannedCode(text) == code)
    }

    @Test(arguments: [
        (#"f("a \(b("c")) d")"#, #"f("   (b(" "))  ")"#),
        (#"f("\(a) \(b)")"#, #"f(" (a)  (b)")"#),
        (##"f(#"a \(b) " \#(c)"#)"##, ##"f(#"           (c)"#)"##),
    ])
    func `interpolated code stays, because it runs`(text: String, code: String) {
        #expect(scannedCode(text) == code)
    }

    @Test(arguments: [
        ("let a = \"\"\"\n  b \"c\" d\n  \"\"\"\ne", "let a = \"\"\"\n         \n  \"\"\"\ne"),
        ("#\"\"\"\na \"\"\" b\n\"\"\"# + c", "#\"\"\"\n       \n\"\"\"# + c"),
        ("\"\"\"\na \\\n  b\\(c)\n\"\"\"", "\"\"\"\n   \n    (c)\n\"\"\""),
    ])
    func `strings over several lines keep their line breaks`(text: String, code: String) {
        #expect(scannedCode(text) == code)
    }

    @Test(arguments: ["\"open", "/* open", "`open", "\"a \\(b", "#\"open\"", "\"\\", "#", "", "/*/"])
    func `text that ends too early keeps its length`(text: String) {
        let scanner = SwiftScanner(Array(text.utf8))
        #expect(scanner.code.count == text.utf8.count)
        #expect(scanner.comments.count == text.utf8.count)
    }

    @Test func `an open string ends with its line`() {
        #expect(scannedCode("\"open\nlet a") == "\"    \nlet a")
    }

    @Test func `comments alone are kept beside the code`() {
        let scanner = SwiftScanner(Array("a // b \"c\"\n/* d */ e".utf8))
        #expect(String(decoding: scanner.comments, as: UTF8.self) == "  // b \"c\"\n/* d */  ")
    }

    private func scannedCode(_ text: String) -> String {
        String(decoding: SwiftScanner(Array(text.utf8)).code, as: UTF8.self)
    }
}
