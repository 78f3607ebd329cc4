import Quantities

/// A way in which the local exchange can be made to fail.
package enum ExchangeFaultKind: String, CaseIterable, Sendable {
    // What is pushed.
    /// A push is never told.
    case pushLost = "push-lost"
    case pushRepeated = "push-repeated"
    /// A push comes late, and what follows it with it.
    case pushDelayed = "push-delayed"
    /// A push comes late, and what follows it before it.
    case pushReordered = "push-reordered"
    /// Nothing is told of the books; calls and pings are answered.
    case depthFrozen = "depth-frozen"
    case checksumWrong = "checksum-wrong"

    // Requests.
    /// The request arrives late, long after most clients have given it up.
    case requestLate = "request-late"
    /// The request is carried out, and the connection ends in place of its reply.
    case replyLost = "reply-lost"
    case slowReplies = "slow-replies"
    /// A page with a status of 5xx in place of the reply, carried out or not.
    case serverError = "server-error"
    /// Too many requests, says the exchange, and does nothing.
    case rateLimited = "rate-limited"

    // Sockets.
    /// The connection is reset, without an end of WebSocket, TLS or TCP.
    case socketReset = "socket-reset"
    /// The socket stands, and nothing comes or arrives, pings of WebSocket among it.
    case halfOpen = "half-open"
    /// The bytes of our part of the handshake of TLS come one by one.
    case slowTLS = "tls-slow"

    // All of it.
    /// Every request is answered with 503, or with code 35, and no socket stands.
    case maintenance
    /// A pause is announced to all who want notices.
    case maintenanceNotice = "maintenance-notice"
    /// The exchange's clock is ahead: signatures are judged by it.
    case clockAhead = "clock-ahead"
    case clockBehind = "clock-behind"
}

/// A fault by script: what goes wrong, when, how often and for whom.
package struct ExchangeFault: Equatable, Sendable {
    package static let delays = Interval.milliseconds(1)...Interval.minutes(60)
    package static let statuses = [200, 429, 500, 502, 503, 504]

    package var kind: ExchangeFaultKind
    /// Counted from when it was set, which is the start for those of a configuration.
    package var from = Interval.zero
    /// Counted likewise; nil is for ever.
    package var until: Interval?
    /// At most one stroke in so much time; nil is every one.
    package var every: Interval?
    /// Of each occasion, 0 to 1.
    package var probability = 1.0
    /// Only what belongs to this account; nil is everybody.
    package var account: String?
    /// Only what is about this market; nil is every one.
    package var market: String?
    /// Only pushes of this family; nil is all.
    package var push: FrontFamily?
    /// How late; nil is the kind's own.
    package var delay: Interval?
    /// Of HTTP; nil is the kind's own.
    package var status: Int?
    /// Whether a request is carried out that is answered with an error.
    package var isCarriedOut = false

    package init(_ kind: ExchangeFaultKind) { self.kind = kind }

    package var delayOrDefault: Interval { delay ?? kind.delay }

    /// In the words of a configuration.
    package var text: String {
        var parts = ["kind: \(kind.rawValue)"]
        if from > .zero { parts.append("from: \(from)") }
        if let until { parts.append("until: \(until)") }
        if let every { parts.append("every: \(every)") }
        if probability < 1 { parts.append("probability: \(probability)") }
        if let account { parts.append("account: \(account)") }
        if let market { parts.append("market: \(market)") }
        if let push { parts.append("push: \(push.rawValue)") }
        if let delay { parts.append("delay: \(delay)") }
        if let status { parts.append("status: \(status)") }
        if isCarriedOut { parts.append("carried_out: true") }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}

/// What a fault can be told beside its kind and its time.
package enum ExchangeFaultField: String, CaseIterable, Sendable {
    case every, probability, account, market, push, delay, status
    case carriedOut = "carried_out"
}

extension ExchangeFaultKind {
    /// What this kind can be told.
    package var fields: [ExchangeFaultField] {
        switch self {
        case .pushLost, .pushRepeated: [.every, .probability, .account, .market, .push]
        case .pushDelayed, .pushReordered: [.every, .probability, .account, .market, .push, .delay]
        case .depthFrozen, .checksumWrong: [.every, .probability, .account, .market]
        case .requestLate, .slowReplies: [.every, .probability, .account, .market, .delay]
        case .replyLost: [.every, .probability, .account, .market]
        case .serverError: [.every, .probability, .account, .market, .status, .carriedOut]
        case .rateLimited: [.every, .probability, .account, .market, .status]
        case .socketReset: [.every, .probability, .account]
        case .halfOpen: [.every, .probability, .account]
        case .slowTLS: [.delay]
        case .maintenance: [.status]
        case .maintenanceNotice, .clockAhead, .clockBehind: [.delay]
        }
    }

    /// What `delay` is where it is not told.
    var delay: Interval {
        switch self {
        case .requestLate: .seconds(40)
        case .pushDelayed, .slowReplies, .clockAhead, .clockBehind: .seconds(5)
        case .pushReordered: .milliseconds(500)
        case .maintenanceNotice: .minutes(1)
        case .slowTLS: .milliseconds(2)
        case .pushLost, .pushRepeated, .depthFrozen, .checksumWrong, .replyLost, .serverError, .rateLimited,
            .socketReset, .halfOpen, .maintenance:
            .zero
        }
    }

    /// Its place among all.
    var number: Int {
        guard let number = Self.allCases.firstIndex(of: self) else {
            preconditionFailure("a kind is one of all")
        }
        return number
    }
}
