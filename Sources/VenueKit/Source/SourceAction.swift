import MarketModel
import Quantities

/// What a source of market data asks of its driver, which owns the sockets.
package enum SourceAction: Equatable, Sendable {
    /// Open a socket under this number at a path with its query, and report `opened` or `closed`.
    case connect(UInt64, target: String)
    /// Close the socket; whether `closed` is reported makes no difference.
    case close(UInt64)
    /// Send a text message. One that subscribes to private streams has a key in it: never show it.
    case send(UInt64, [UInt8])
    /// Ask for something over HTTP, and report `answered`.
    case request(SourceRequest)
    /// Whether the data of the source can be relied on.
    case announce(ConnectionChange.State)
    /// Something that the person who runs the session should know.
    case tell(String)
}

/// A question that a source asks by HTTP: a GET without a key.
package struct SourceRequest: Equatable, Sendable {
    /// Unique among those of the source that are under way.
    package var number: UInt64
    /// Behind the base of the venue's requests, with its query: `/api/v3/depth?symbol=BTCUSDT`.
    package var target: String
    /// What the answer is of, as recordings name it: `BTCUSDT`.
    package var subject: String
    /// When its end is to be reported at the latest.
    package var deadline: Instant

    package init(number: UInt64, target: String, subject: String, deadline: Instant) {
        self.number = number
        self.target = target
        self.subject = subject
        self.deadline = deadline
    }
}

/// What became of a question.
package enum SourceAnswer {
    /// No whole answer came.
    case failed
    /// An answer came, whatever its status; the bytes are valid during the call.
    case answered(status: Int, body: UnsafeBufferPointer<UInt8>)
}
