import Quantities

/// One client's WebSocket, for as long as it lives; numbers are not given twice.
package struct FrontSessionID: Hashable, Comparable, Sendable {
    package let number: UInt64

    package init(number: UInt64) { self.number = number }

    package static func < (a: FrontSessionID, b: FrontSessionID) -> Bool { a.number < b.number }
}

/// The answer to a request of REST.
package struct FrontReply: Equatable, Sendable {
    /// Of HTTP.
    package var status: Int
    package var type: String
    package var body: [UInt8]
    /// What is left of the window, for `X-RateLimit-Limit` and `X-RateLimit-Remaining`.
    package var quota: FrontQuota?
    /// Whether the connection ends in place of this reply.
    package var isLost = false

    package init(
        status: Int = 200, type: String = "application/json", body: [UInt8], quota: FrontQuota? = nil
    ) {
        self.status = status
        self.type = type
        self.body = body
        self.quota = quota
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The connection ends, and nobody is told what became of the request.
    package static var lost: FrontReply {
        var reply = FrontReply(status: 0, body: [])
        reply.isLost = true
        return reply
    }
}

/// What leaves the exchange, and for whom.
package enum FrontOutput: Equatable, Sendable {
    /// The answer to the request of this number.
    case reply(UInt64, FrontReply)
    /// A text message.
    case message(FrontSessionID, [UInt8])
    /// The connection is to be closed behind what was sent.
    case close(FrontSessionID)
    /// The connection is to be reset at once: no goodbye, and what was sent may be lost.
    case reset(FrontSessionID)
}

/// What kind of thing leaves, for those who decide upon its fate.
package enum FrontKind: Equatable, Sendable {
    /// A reply of REST; nil is a path that nobody knows.
    case reply(endpoint: String?)
    /// The reply to a call on a WebSocket.
    case answer(method: String?)
    case push(FrontFamily)
}

/// The families of pushes.
package enum FrontFamily: String, CaseIterable, Sendable {
    case kline
    case state
    case deals
    case depth
    case order
    case orderStop = "order_stop"
    case asset
    case ownDeals = "deals_own"
    case index
    case notice
}

/// What becomes of one outgoing thing.
package struct FrontFate: Equatable, Sendable {
    /// How much later it leaves.
    package var delay = Interval.zero
    /// How often it leaves: 0 is lost, 2 is repeated.
    package var copies = 1
    /// Whether it waits for what left before it on the same connection; otherwise it may overtake.
    package var keepsOrder = true

    package init() {}
}

/// Who decides what becomes of what leaves: the one place between the exchange and the wire.
package protocol FrontFates: Sendable {
    mutating func fate(of kind: FrontKind, for session: FrontSessionID?, at now: Instant) -> FrontFate
}

/// How long replies and pushes take, drawn from a seed; nothing is lost.
package struct FrontPace: FrontFates {
    package var replies: ClosedRange<Interval>
    package var pushes: ClosedRange<Interval>
    private var random: SeededRandom

    package init(
        replies: ClosedRange<Interval> = .zero ... .zero, pushes: ClosedRange<Interval> = .zero ... .zero,
        seed: UInt64 = 0
    ) {
        self.replies = replies
        self.pushes = pushes
        random = SeededRandom(seed: seed)
    }

    package mutating func fate(
        of kind: FrontKind, for session: FrontSessionID?, at now: Instant
    ) -> FrontFate {
        var fate = FrontFate()
        switch kind {
        case .reply, .answer: fate.delay = draw(replies)
        case .push: fate.delay = draw(pushes)
        }
        return fate
    }

    private mutating func draw(_ range: ClosedRange<Interval>) -> Interval {
        let width = range.upperBound.nanoseconds - range.lowerBound.nanoseconds
        guard width > 0 else { return range.lowerBound }
        return Interval(nanoseconds: range.lowerBound.nanoseconds + Int64(random.below(Int(width) + 1)))
    }
}
