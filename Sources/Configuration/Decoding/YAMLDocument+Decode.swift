extension YAMLDocument {
    /// Reads the document as a section; unknown keys at its top are reported afterwards.
    ///
    /// Nil, with the reason recorded, if the document is no section or the body gives nil.
    package func decode<Value>(
        _ diagnostics: Diagnostics, _ body: @escaping (Section) -> Value?
    ) -> Value? {
        Format.section(body).read(
            Field(node: root, path: "", keyMark: nil, diagnostics: diagnostics))
    }

    /// Reads, parses and decodes a file: a value without any error, or all the errors that were found.
    ///
    /// Warnings, if the caller hands in `diagnostics`, are found there afterwards.
    package static func load<Value>(
        path: String, diagnostics: Diagnostics = Diagnostics(),
        _ body: @escaping (Section) -> Value?
    ) throws(InvalidConfiguration) -> Value {
        let value = read(path: path, diagnostics: diagnostics)?.decode(diagnostics, body)
        return try checked(value, file: path, diagnostics)
    }

    /// Parses and decodes the bytes of a file: a value without any error, or all the errors.
    package static func load<Value>(
        _ bytes: [UInt8], file: String, diagnostics: Diagnostics = Diagnostics(),
        _ body: @escaping (Section) -> Value?
    ) throws(InvalidConfiguration) -> Value {
        let value = parse(bytes, file: file, diagnostics: diagnostics)?.decode(diagnostics, body)
        return try checked(value, file: file, diagnostics)
    }

    private static func checked<Value>(
        _ value: Value?, file: String, _ diagnostics: Diagnostics
    ) throws(InvalidConfiguration) -> Value {
        if let value, !diagnostics.hasErrors { return value }
        if !diagnostics.hasErrors {
            // A reader that gives nil without a word; the user is at least told where.
            diagnostics.record(
                Diagnostic(at: .file(file), "the configuration was refused, and no reason was given"))
        }
        throw InvalidConfiguration(diagnostics)
    }
}
