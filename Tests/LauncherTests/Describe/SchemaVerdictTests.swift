import Configuration
import TestSupport
import Testing

/// The JSON Schema against our own reader, judged by the `jsonschema` package of Python.
@Suite(.enabled(if: PythonValidator.isThere, "python3 with its package jsonschema 4 is not there"))
struct SchemaVerdictTests {
    private let scratch = ScratchFolder()

    /// Whether the schema of the umbrella tool accepts each document.
    private func accepts(_ documents: [String]) throws -> [Bool] {
        let schema = Saying(["describe", "--json-schema"], in: scratch)
        try #require(schema.ending == .exit(0))
        let schemaPath = scratch.write(schema.output, "schema.json")
        let documentsPath = scratch.write("[\(documents.joined(separator: ",\n"))]", "documents.json")
        let saying = Saying(
            ["-c", PythonValidator.judge, schemaPath, documentsPath], program: "python3", in: scratch)
        try #require(saying.ending == .exit(0), "\(saying.errors)")
        let verdicts = saying.outputLines
        try #require(verdicts.count == documents.count)
        return verdicts.map { $0 == "good" }
    }

    /// Whether the reader accepts each text.
    private func readerAccepts(_ texts: [String]) -> [Bool] {
        let paths = texts.enumerated().map { scratch.write($0.element, "session-\($0.offset).yaml") }
        let saying = Saying(["check"] + paths, in: scratch)
        return paths.map { saying.output.contains("\($0): good\n") }
    }

    @Test func `reader and schema refuse the same, but for what a schema cannot say`() throws {
        let corpus = SchemaVerdict.corpus
        let documents = try corpus.map { try #require(ValueOfYAML.json($0.text), "\($0.text)") }
        let schema = try accepts(documents)
        let reader = readerAccepts(corpus.map(\.text))
        for (index, row) in corpus.enumerated() {
            let expected: (reader: Bool, schema: Bool) =
                switch row.refused {
                case .byNobody: (true, true)
                case .byBoth: (false, false)
                case .byReaderAlone: (false, true)
                }
            #expect(reader[index] == expected.reader, "the reader: \(row.text)")
            #expect(schema[index] == expected.schema, "the schema: \(row.text)")
        }
    }

    @Test func `every shipped configuration is good by reader and schema`() throws {
        // The exchange's has a reader of its own, and tests beside it.
        let names = ScratchFolder.names(in: Checkout.file("configs")).filter { $0 != "exchange.yaml" }
        #expect(names.contains("market-maker.yaml") && names.contains("market-maker.live.yaml"))
        let texts = names.map {
            String(decoding: ScratchFolder.read(Checkout.file("configs/\($0)")), as: UTF8.self)
        }
        let documents = try texts.map { try #require(ValueOfYAML.json($0)) }
        #expect(zip(names, try accepts(documents)).filter { !$0.1 }.map(\.0) == [])
        let paths = names.map { Checkout.file("configs/\($0)") }
        #expect(Saying(["check"] + paths, in: scratch).ending == .exit(0))
    }
}

/// The `jsonschema` package of Python.
private enum PythonValidator {
    static let isThere: Bool = {
        let words = ["-c", "from jsonschema import Draft202012Validator"]
        return Saying(words, program: "python3", in: ScratchFolder()).ending == .exit(0)
    }()

    static let judge = """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for document in json.load(open(sys.argv[2])):
            print("good" if validator.is_valid(document) else "bad")
        """
}
