import Quantities

/// A row of a tape: one moment, or several with the same event.
struct TapeRow: Sendable {
    var source: TapeSource
    /// Lines of comment right above it.
    var comments: [String] = []
    var times: TapeTimes
    /// The times as they are written.
    var timeText: String
    /// What happens in the market: of several alternatives each moment takes the next one, in a circle.
    var market: [TapeCell]
    var marketActions: [[MarketAction]]
    var venue: TapeCell?
    var venueActions: [VenueAction]
    /// Belongs to the last moment of the row.
    var expected: [TapeItem]
}

/// The moments of a row, from the beginning of the tape.
struct TapeTimes: Equatable, Sendable {
    var first: Interval
    var step: Interval
    var count: Int

    /// Moments of one row; more are an error.
    static let countMax = 100_000

    subscript(index: Int) -> Interval { first + step * index }
    var last: Interval { self[count - 1] }

    /// `5s`, or `0s..9s by 1s`.
    func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1
            ? "\(self[range.lowerBound])"
            : "\(self[range.lowerBound])..\(self[range.upperBound]) by \(step)"
    }
}

/// One thing that is expected, or that happened: compared by its words, shown as it was written.
struct TapeItem: Equatable, Sendable {
    let text: String
    private let words: [String]

    init(_ words: [TapeWord]) {
        text = words.map(\.text).joined(separator: " ")
        self.words = words.map { Self.canonical($0.text) }
    }

    init(_ text: String) {
        let source = TapeSource(line: 1, text: text)
        self.init(TapeCell(text: text, source: source, column: 1).words)
    }

    /// `0.010` and `0.01` are the same number.
    private static func canonical(_ word: String) -> String {
        return (try? Price(word)).map(\.description) ?? word
    }

    static func == (a: TapeItem, b: TapeItem) -> Bool { a.words == b.words }
}
