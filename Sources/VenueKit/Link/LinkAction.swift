import Quantities

/// What a link asks of its driver, which owns the sockets.
@frozen public enum LinkAction: BitwiseCopyable, Equatable, Sendable {
    /// Open the venue's socket, and report `opened` or `closed`.
    case connect
    /// Close the socket; `closed` is still reported.
    case close
    /// Send a text message on the socket; its bytes come with the action. Without a socket it is dropped.
    case sendText
    /// Send a request of HTTP; head and body come with the action.
    case sendRequest(LinkRequest)
}

/// A request of HTTP that a link wants sent, whose end is reported exactly once.
///
/// A driver may try it again, until the deadline, as long as not one byte of it has left. Once one has, it is never
/// sent again: what became of it is then found out by asking.
@frozen public struct LinkRequest: BitwiseCopyable, Equatable, Sendable {
    /// What hurry it is in: a driver with too few connections lets the first kinds go first.
    @frozen public enum Kind: UInt8, BitwiseCopyable, CaseIterable, Sendable {
        case cancel = 1
        case order = 2
        case query = 3
    }

    /// Unique among the requests that are under way; the next of the same question has it again.
    public var number: UInt64
    public var kind: Kind
    /// When its end is to be reported at the latest.
    public var deadline: Instant

    @inlinable
    public init(number: UInt64, kind: Kind, deadline: Instant) {
        self.number = number
        self.kind = kind
        self.deadline = deadline
    }
}

/// What became of a request on its way: the difference decides whether an order may exist.
public enum RequestOutcome {
    /// Not one byte of it left.
    case neverSent
    /// Some of it left, and no whole answer came.
    case maybeSent
    /// A whole answer came, whatever it is; the body is valid during the call.
    case answered(status: Int, body: UnsafeBufferPointer<UInt8>)
}
