extension SourceFile {
    /// An import declaration: the module, and where its name begins.
    struct Import: Equatable, Sendable {
        let module: String
        let offset: Int
    }

    /// The imports of the file; `import struct Glibc.timespec` counts for `Glibc`.
    var imports: [Import] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return codeOffsets(of: "import").compactMap { offset in
            var at = code.skippingSpace(from: offset + 6)
            var module = code.word(at: at)
            if kinds.contains(module) {
                at = code.skippingSpace(from: at + module.utf8.count)
                module = code.word(at: at)
            }
            return module.isEmpty ? nil : Import(module: module, offset: at)
        }
    }
}
