import Testing

/// A text that is wrong as a whole: where it is, and what the first message has to say.
struct BrokenDocument: CustomTestStringConvertible {
    let text: String
    let place: String
    let message: String

    init(_ text: String, _ place: String, _ message: String) {
        self.text = text
        self.place = place
        self.message = message
    }

    var testDescription: String { text.debugDescription }
}

struct BrokenDocumentTests {
    @Test(arguments: empties + syntax + refused + characters + structure)
    func `a broken text is an error at its place`(row: BrokenDocument) {
        let faults = Sample.faults(row.text)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("x.yaml:\(row.place): ") == true, "\(faults)")
        #expect(faults.first?.contains(row.message) == true, "\(faults)")
    }

    private static let empties: [BrokenDocument] = [
        .init("", "1:1", "the file is empty; expected key: value lines"),
        .init("\n\n", "1:1", "the file is empty"),
        .init("   ", "1:1", "the file is empty"),
        .init("# only a comment\n", "1:1", "the file is empty"),
        .init("---\n", "1:1", "the file is empty"),
        .init("---\n...\n", "1:1", "the file is empty"),
        .init("~\n", "1:1", "the file is empty"),
        .init("null", "1:1", "the file is empty"),
        .init("...\n", "1:1", "did not find expected node content"),
        .init("\u{FEFF}", "1:1", "the file is empty"),
    ]

    private static let syntax: [BrokenDocument] = [
        .init("name: a: b\n", "1:8", "mapping values are not allowed in this context"),
        .init("name: a\n  mode: live\n", "2:7", "mapping values are not allowed"),
        .init("name: a\n mode: live\n", "2:6", "check the indentation"),
        .init(
            "risk:\n  low: 1\n high: 2\n", "3:2",
            "did not find expected key while parsing a block mapping (line 1)"),
        .init("risk:\n    low: 1\n  high: 2\n", "3:3", "did not find expected key"),
        .init("name\n", "1:1", "the document is the single value 'name'; expected a section of keys"),
        .init(
            "name: a\nmode\n", "2:1",
            "could not find expected ':' while scanning a simple key (noticed in line 3)"),
        .init("name: a\nmode\nlevels: 3\n", "2:1", "a key is followed by ': ' in its line"),
        .init("name:a\nmode: live\n", "2:5", "check the indentation and the blank after each ':'"),
        .init(
            "pairs: [a, b\n", "2:1",
            "did not find expected ',' or ']' while parsing a flow sequence (line 1); "
                + "close the list with ']'"),
        .init("pairs: [a, b\nname: x\n", "2:5", "did not find expected ',' or ']'"),
        .init("pairs: [a, b]]\n", "1:14", "did not find expected key"),
        .init("pairs: [a b, ]c\n", "1:15", "did not find expected key"),
        .init(
            "risk: {low: 1\n", "2:1",
            "did not find expected ',' or '}' while parsing a flow mapping (line 1); "
                + "close the section with '}'"),
        .init("risk: {low: 1]\n", "1:14", "did not find expected ',' or '}'"),
        .init("risk: }\n", "1:7", "did not find expected node content"),
        .init("risk: ]\n", "1:7", "did not find expected node content"),
        .init(
            "name: 'abc\n", "1:7",
            "found unexpected end of stream while scanning a quoted scalar (noticed in line 2); "
                + "close the quote"),
        .init("name: \"abc\nmode: live\n", "1:7", "close the quote"),
        .init("name: 'it's'\n", "1:11", "did not find expected key"),
        .init("name: \"a\" b\n", "1:11", "did not find expected key"),
        .init("name: \"a\\qb\"\n", "1:9", "found unknown escape character while parsing a quoted scalar"),
        .init("name: \"\\x4\"\n", "1:10", "did not find expected hexdecimal number"),
        .init("name: \"\\uD800\"\n", "1:10", "found invalid Unicode character escape code"),
        .init("name: \"\\U00110000\"\n", "1:10", "found invalid Unicode character escape code"),
        .init(
            "name: @home\n", "1:7",
            "found character that cannot start any token while scanning for the next token; "
                + "put the value in quotes"),
        .init("name: `a`\n", "1:7", "found character that cannot start any token"),
        .init("name: %a\n", "1:7", "found character that cannot start any token"),
        .init(
            "risk:\n\tlow: 1\n", "2:1",
            "found character that cannot start any token while scanning for the next token; "
                + "indent with spaces, not with tabs"),
        .init("\tname: a\n", "1:1", "indent with spaces, not with tabs"),
        .init("risk:\n  low: 1\n\thigh: 2\n", "3:1", "indent with spaces"),
        .init(
            "name: |x\n  a\n", "1:8",
            "did not find expected comment or line break while scanning a block scalar"),
        .init("name: |0\n  a\n", "1:8", "found an indentation indicator equal to 0"),
        .init("name: |\n\ta\n", "2:1", "indent with spaces"),
        .init(
            "- a\nname: b\n", "2:1",
            "did not find expected '-' indicator while parsing a block collection (line 1)"),
        .init("name: a\n- b\n", "2:1", "did not find expected key"),
        .init("pairs:\n- a\n b\n- c: d\ne\n", "5:1", "could not find expected ':'"),
        .init(
            "levels: 10 # ten\n  more\n", "2:3",
            "did not find expected key while parsing a block mapping (line 1)"),
        .init("name: - a\n", "1:7", "block sequence entries are not allowed in this context"),
        .init("name: ? a\n", "1:7", "mapping keys are not allowed in this context"),
        .init("name: 'a'\n...\nmode: live\n", "3:1", "did not find expected <document start>"),
        .init("name: a\n---x\n", "2:1", "could not find expected ':'"),
        .init(
            "name: \"a\n---\nb\"\n", "2:1",
            "found unexpected document indicator while scanning a quoted scalar"),
        .init("pairs: [a,,b]\n", "1:11", "did not find expected node content"),
        .init("pairs: [,a]\n", "1:9", "did not find expected node content"),
        .init("name: a #b: c\n: d\n", "2:1", "did not find expected key"),
    ]

    private static let refused: [BrokenDocument] = [
        .init("name: &a b\n", "1:7", "anchors ('&a') are not accepted"),
        .init("risk: &r\n  low: 1\n", "1:7", "anchors ('&r') are not accepted"),
        .init("pairs: &p [a]\n", "1:8", "anchors ('&p') are not accepted"),
        .init("&k name: b\n", "1:1", "anchors ('&k') are not accepted"),
        .init("name: *a\n", "1:7", "aliases ('*a') are not accepted; write the value out"),
        .init("risk:\n  <<: {low: 1}\n", "2:3", "merge keys ('<<') are not accepted"),
        .init("name: !secret x\n", "1:7", "the tag '!secret' is not accepted; delete the tag"),
        .init("name: !!binary aGk=\n", "1:7", "the tag '!!binary' is not accepted"),
        .init("name: !!python/object:os.system x\n", "1:7", "the tag '!!python/object:os.system'"),
        .init("name: ! x\n", "1:7", "the tag '!' is not accepted"),
        .init("name: !<tag:example.com,2024:x> y\n", "1:7", "is not accepted"),
        .init("risk: !!set {low: 1}\n", "1:7", "the tag '!!set' is not accepted"),
        .init("name: !!map x\n", "1:7", "does not fit what it stands at"),
        .init("risk: !!seq {low: 1}\n", "1:7", "does not fit what it stands at"),
        .init("pairs: !!str [a]\n", "1:8", "does not fit what it stands at"),
        .init("name: !!null x\n", "1:7", "does not fit what it stands at"),
        .init("name: !e!x y\n", "1:7", "found undefined tag handle"),
        .init(
            "name: a\n---\nname: b\n", "2:1",
            "a second document begins here; expected one document per file"),
        .init("---\nname: a\n...\n---\n", "4:1", "a second document begins here"),
        .init(
            "%YAML 1.2\n---\nname: a\n", "1:1",
            "directives (lines that begin with %) are not accepted; delete the line"),
        .init("# head\n\n%TAG !e! tag:example.com,2024:\n---\nname: a\n", "3:1", "directives"),
        .init("name: a\n...\n%YAML 1.1\n", "3:1", "directives"),
        .init("[a, b]: c\n", "1:1", "a list or a section cannot be a key"),
        .init("{a: b}: c\n", "1:1", "a list or a section cannot be a key"),
        .init("? [a]\n: b\n", "1:3", "a list or a section cannot be a key"),
        .init("? \n: b\n", "1:2", "a key is missing before ':'"),
        .init("~: a\n", "1:1", "a key is missing before ':'"),
        .init("risk: {: 1}\n", "1:8", "did not find expected node content"),
        .init(
            String(repeating: "k", count: 257) + ": 1\n", "1:1",
            "a key of 257 bytes; expected at most 256"),
    ]

    private static let characters: [BrokenDocument] = [
        .init("name: a\0b\n", "1:8", "a NUL byte cannot stand in a configuration"),
        .init("\0", "1:1", "a NUL byte"),
        .init("name: a\nmode: \u{1B}[31mlive\n", "2:7", "a control character (0x1b)"),
        .init("name: \u{7F}\n", "1:7", "a control character (0x7f)"),
        .init("name: é\u{85}mode: live\n", "1:8", "a control character"),
        .init("name: a\u{2028}mode: live\n", "1:8", "a Unicode line separator"),
        .init("# \u{2029}\n", "1:3", "a Unicode line separator"),
        .init("name: a\rmode: live\r", "1:8", "a carriage return alone"),
        .init("name: \u{FEFF}a\n", "1:7", "a second byte order mark"),
        .init("name: \u{FFFE}\n", "1:7", "a code point that is no character"),
        .init("name: \u{FFFF}\n", "1:7", "a code point that is no character"),
    ]

    private static let structure: [BrokenDocument] = [
        .init("- name: a\n", "1:1", "the document is a list; expected a section of keys"),
        .init("just a text\n", "1:1", "the document is the single value 'just a text'"),
        .init("name: a\nmode: live\nname: b\n", "3:1", "duplicate key 'name'; the first one is in line 1"),
        .init("name: a\n\"name\": b\n", "2:1", "duplicate key 'name'"),
        .init("risk: {low: 1, low: 2}\n", "1:16", "duplicate key 'low'"),
        .init(
            "legs:\n  - side: buy\n    side: sell\n", "3:5",
            "duplicate key 'side'; the first one is in line 2"),
        .init("nmae: a\n", "1:1", "unknown key 'nmae' at the top level; did you mean 'name'?"),
        .init("zzz: a\n", "1:1", "unknown key 'zzz' at the top level"),
        .init("Levels: 4\n", "1:1", "did you mean 'levels'?"),
        .init(
            "name: a\nrisk:\n  low: 1\n  hihg: 2\n", "4:3",
            "unknown key 'hihg' in 'risk'; did you mean 'high'?"),
        .init(
            "legs:\n  - side: buy\n    wieght: 2\n", "3:5",
            "unknown key 'wieght' in 'legs[0]'; did you mean 'weight'?"),
        .init(
            "legs:\n  - side: buy\n  - weight: 2\n", "3:5",
            "'side' is missing in 'legs[1]'; expected 'buy' or 'sell'"),
        .init("legs: [{}]\n", "1:8", "'side' is missing in 'legs[0]'"),
        .init(
            "legs:\n  - side: buy\n  - side: hold\n", "3:11",
            "'legs[1].side' is 'hold': it is none of the choices"),
        .init(
            "legs:\n  - side: buy\n  - sell\n", "3:5",
            "'legs[1]' is the single value 'sell'; expected a section of keys"),
        .init("pairs:\n  - a\n  -\n", "3:4", "'pairs[1]' has no value"),
        .init("pairs:\n  - a\n  - [b]\n", "3:5", "'pairs[1]' is a list"),
        .init("risk:\n  low: 2\n  high: 1\n", "2:8", "'risk.low' is not below 'high'"),
        .init("{name: a, nmae}\n", "1:11", "unknown key 'nmae' at the top level"),
        .init("\u{FEFF}nmae: a\n", "1:1", "unknown key 'nmae'"),
        .init("name: a\r\nlevels: 0\r\n", "2:9", "'levels' is '0': it is too small"),
        .init("name: é€😀x\nlevels: 0\n", "2:9", "too small"),
        .init("{name: é€😀x, levels: 0}\n", "1:22", "too small"),
        .init("na\u{A0}me: a\n", "1:1", "unknown key 'na\\u{A0}me' at the top level; did you mean 'name'?"),
    ]
}
