/// A way in which the venue, the network or the bot itself may fail.
package enum FaultKind: String, CaseIterable, Sendable {
    // What the venue pushes.
    /// A push is never told.
    case pushLost = "push-lost"
    case pushRepeated = "push-repeated"
    /// A push comes up to a minute late, and what follows it with it.
    case pushDelayed = "push-delayed"
    /// A push comes up to five seconds late, and what follows it before it.
    case pushReordered = "push-reordered"
    /// Nothing is told of the books for a while; calls are answered.
    case depthFrozen = "depth-frozen"
    case checksumWrong = "checksum-wrong"
    /// A whole book that was told long ago comes again.
    case snapshotStale = "snapshot-stale"
    /// A message is cut off in its middle.
    case messageGarbled = "message-garbled"

    // Requests.
    /// No connection: not one byte leaves.
    case requestRefused = "request-refused"
    /// The request does not arrive.
    case requestLost = "request-lost"
    /// The request arrives up to fifty seconds late, long after it was given up.
    case requestLate = "request-late"
    /// The request is carried out, and its reply does not arrive.
    case replyLost = "reply-lost"
    /// The connection ends in the middle of the reply.
    case replyCut = "reply-cut"
    /// The reply is no JSON, or half of it.
    case replyGarbled = "reply-garbled"
    /// A status of 5xx or a code without meaning in place of the reply, carried out or not.
    case serverError = "server-error"
    /// Too many requests, says the venue, by 429 or by its own code, and does nothing.
    case rateLimited = "rate-limited"
    /// Some replies take up to a minute.
    case slowReplies = "slow-replies"

    // The socket.
    case socketReset = "socket-reset"
    /// The socket stands, and nothing comes or arrives.
    case halfOpen = "half-open"
    case connectRefused = "connect-refused"
    /// A signature is wrong on its way.
    case signRefused = "sign-refused"

    // All of it.
    /// The clocks differ by seconds or by minutes.
    case clockOff = "clock-off"
    /// For a while every request is answered with 503 and no socket stands.
    case maintenance
    /// Requests and sockets stop one after the other, and come back in another order.
    case clog
    /// The bot is killed, at any entry of its tape, and started again.
    case crash
    /// Somebody trades by hand in the same account.
    case byHand = "by-hand"
    /// Somebody, or the venue, cancels orders of the bot.
    case forcedCancel = "forced-cancel"
}

/// Some kinds of faults.
package struct FaultSet: Equatable, Sendable {
    private var bits: UInt64 = 0

    package init() {}

    package init(_ kinds: [FaultKind]) {
        for kind in kinds { insert(kind) }
    }

    package static var all: FaultSet { FaultSet(FaultKind.allCases) }

    package func contains(_ kind: FaultKind) -> Bool { bits & 1 << UInt64(kind.number) != 0 }
    package mutating func insert(_ kind: FaultKind) { bits |= 1 << UInt64(kind.number) }
    package mutating func remove(_ kind: FaultKind) { bits &= ~(1 << UInt64(kind.number)) }

    /// In the order of their declaration.
    package var kinds: [FaultKind] { FaultKind.allCases.filter { contains($0) } }
}

extension FaultKind {
    /// Its place among all.
    var number: Int {
        guard let number = Self.allCases.firstIndex(of: self) else {
            preconditionFailure("a kind is one of all")
        }
        return number
    }
}
