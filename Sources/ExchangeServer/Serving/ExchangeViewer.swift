import Exchange
import Quantities

/// Somebody who looks at a running exchange: a live view on a terminal, or a test.
///
/// Looking changes nothing: the exchange answers and tells as it would without.
package protocol ExchangeViewer: AnyObject {
    /// Which accounts it wants to see now, or nil. Asked many times a second.
    func request() -> Range<Int>?
    func show(_ snapshot: ExchangeSnapshot)
    /// Whether somebody has asked that the exchange ends.
    var wantsEnd: Bool { get }
    /// Gives the terminal back.
    func close()
}

/// A running exchange at one moment.
package struct ExchangeSnapshot: Equatable, Sendable {
    /// Where REST is served.
    package var address: String
    package var seed: UInt64
    package var startedAt: Instant
    package var now: Instant
    package var overview: FrontOverview
    /// HTTP connections and WebSockets that live.
    package var connections: Int
    /// The newest, oldest first.
    package var news: [ExchangeNote]

    package init(
        address: String, seed: UInt64, startedAt: Instant, now: Instant, overview: FrontOverview,
        connections: Int, news: [ExchangeNote]
    ) {
        self.address = address
        self.seed = seed
        self.startedAt = startedAt
        self.now = now
        self.overview = overview
        self.connections = connections
        self.news = news
    }
}

/// Something that a person who watches may want to know.
package struct ExchangeNote: Equatable, Sendable {
    package var at: Instant
    package var text: String

    package init(at: Instant, text: String) {
        self.at = at
        self.text = text
    }
}

/// The newest notes: when there are `countMax`, the oldest goes.
struct ExchangeNotes {
    static let countMax = 100

    private(set) var rows: [ExchangeNote] = []

    mutating func add(_ text: String, at now: Instant) {
        if rows.count == Self.countMax { rows.removeFirst() }
        rows.append(ExchangeNote(at: now, text: text))
    }
}
