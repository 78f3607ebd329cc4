/// A parsed YAML file: one document, as a tree in which every value and key knows its place.
///
/// What is accepted is YAML without its traps: one document of plain values, no anchors and aliases (a
/// few lines of which can mean gigabytes), no merge keys, no tags but the core ones, no directives,
/// no key twice. What a value means is not guessed from its looks: `no` is a text where a text is
/// asked for, and an error where a boolean is (see `Format`).
package struct YAMLDocument: Sendable {
    package let root: Node

    /// Parses the bytes of a file; nil, with the reason recorded, if they cannot be understood.
    ///
    /// Duplicate keys are recorded as errors while a document is still returned, so that reading it can
    /// find what else is wrong.
    package static func parse(
        _ bytes: [UInt8], file: String, diagnostics: Diagnostics
    ) -> YAMLDocument? {
        let source = SourceText(file: file, bytes: bytes)
        diagnostics.keep(source)
        do throws(Diagnostic) {
            if let unfit = source.screen() { throw unfit }
            let root = try source.bytes.withUnsafeBufferPointer {
                (input) throws(Diagnostic) -> Node in
                var builder = TreeBuilder(
                    try EventParser(source, input: input), diagnostics: diagnostics)
                return try builder.document()
            }
            return YAMLDocument(root: root)
        } catch {
            diagnostics.record(error)
            return nil
        }
    }

    /// Reads and parses a file; nil, with the reason recorded, if that cannot be done.
    package static func read(path: String, diagnostics: Diagnostics) -> YAMLDocument? {
        do throws(Diagnostic) {
            let bytes = try ConfigurationFile.read(path: path)
            return parse(bytes, file: path, diagnostics: diagnostics)
        } catch {
            diagnostics.record(error)
            return nil
        }
    }
}
