import StrategyKit

/// A configuration that can be used, and what is doubtful about it.
package struct SessionReading: Equatable, Sendable {
    package let configuration: SessionConfiguration
    /// In the order of the file.
    package let warnings: [Diagnostic]
}

extension SessionConfiguration {
    /// Reads and checks a configuration file; throws everything that is wrong with it, each at its place.
    ///
    /// - Parameters:
    ///   - strategies: the strategies that can be selected; their names differ.
    ///   - overrides: what the command line says in place of the file.
    package static func read(
        path: String, strategies: [StrategyDescription], overrides: SessionOverrides = SessionOverrides()
    ) throws(InvalidConfiguration) -> SessionReading {
        let diagnostics = Diagnostics()
        let reader = SessionReader(file: path, strategies, overrides)
        let configuration = try YAMLDocument.load(path: path, diagnostics: diagnostics, reader.read)
        return SessionReading(configuration: configuration, warnings: diagnostics.inFileOrder)
    }

    /// Reads and checks the text of a configuration; `name` stands for its file.
    package static func read(
        text: String, name: String, strategies: [StrategyDescription],
        overrides: SessionOverrides = SessionOverrides()
    ) throws(InvalidConfiguration) -> SessionReading {
        try read(bytes: Array(text.utf8), name: name, strategies: strategies, overrides: overrides)
    }

    /// Reads and checks the bytes of a configuration file, which may be anything.
    package static func read(
        bytes: [UInt8], name: String, strategies: [StrategyDescription],
        overrides: SessionOverrides = SessionOverrides()
    ) throws(InvalidConfiguration) -> SessionReading {
        let diagnostics = Diagnostics()
        let reader = SessionReader(file: name, strategies, overrides)
        let configuration = try YAMLDocument.load(
            bytes, file: name, diagnostics: diagnostics, reader.read)
        return SessionReading(configuration: configuration, warnings: diagnostics.inFileOrder)
    }
}
