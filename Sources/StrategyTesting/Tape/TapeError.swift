/// A mistake in the text of a tape, with its place.
public struct TapeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// From 1, blank lines and the header counted.
    public let line: Int
    /// From 1.
    public let column: Int
    /// What is wrong, with the nearest valid word where one is near.
    public let message: String
    /// The whole line.
    let text: String

    public var description: String {
        let caret = String(repeating: " ", count: column - 1) + "^"
        return
            "the tape has a mistake in line \(line), column \(column): \(message)\n    \(text)\n    \(caret)"
    }
}
