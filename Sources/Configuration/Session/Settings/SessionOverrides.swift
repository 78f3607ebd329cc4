import Quantities

/// What the command line says in place of the file; nil and empty leave the file its word.
package struct SessionOverrides: Equatable, Sendable {
    package var mode: SessionMode?
    package var seed: UInt64?
    package var duration: Interval?
    package var pace: Pace?
    /// Recordings to play instead of the data of the file, relative to the working directory.
    package var dataFiles: [String] = []

    package init() {}
}
