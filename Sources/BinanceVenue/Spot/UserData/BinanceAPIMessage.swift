import Quantities
import WireCodecs
import WireValues

/// A message of a connection to the WebSocket API: an answer, or an event of a subscription.
///
/// As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-api.md
package enum BinanceAPIMessage: Sendable {
    case event(subscription: Int64?, value: BinanceUserEvent)
    case reply(BinanceAPIReply)
}

extension BinanceAPIMessage: WireObject {
    package init(_ members: inout WireMembers) throws(WireError) {
        if members.has("event") {
            let subscription = try members.intOrNil("subscriptionId")
            self = .event(subscription: subscription, value: try members.part("event"))
        } else if members.has("stream"), members.has("data") {
            // Connections by listen key, combined.
            self = .event(subscription: nil, value: try members.part("data"))
        } else if members.has("status"), members.has("id") {
            self = .reply(try BinanceAPIReply(&members))
        } else {
            self = .event(subscription: nil, value: try BinanceUserEvent(&members))
        }
    }
}

/// The answer to a call of the WebSocket API.
package struct BinanceAPIReply: WireObject {
    package enum Outcome: Sendable {
        /// What the call gave, as JSON: its caller knows the shape.
        case result(String)
        case refused(BinanceRefusal)
    }

    package let id: BinanceCallID?
    /// As in HTTP: 200 is success, 4xx our fault, 5xx the venue's, and then nothing is known about the outcome.
    package let status: Int64
    package let outcome: Outcome
    package let rateLimits: [BinanceRateLimit]

    package init(_ members: inout WireMembers) throws(WireError) {
        status = try members.int("status")
        id = try members.partOrNil("id")
        if try members.isGiven("error") {
            outcome = .refused(try members.part("error"))
        } else {
            outcome = .result(try members.raw("result"))
        }
        rateLimits = try members.partOrNil("rateLimits") ?? []
    }

    /// The typed result; throws what the venue refused with, as an unexpected answer.
    package func result<Value: WireValue>(as type: Value.Type) throws(WireError) -> Value {
        switch outcome {
        case .refused(let refusal):
            throw WireError(
                .unexpected("refused with \(refusal.code): \(refusal.message)"), offset: 0, field: "error")
        case .result(let text):
            let bytes = Array(text.utf8)
            let decoded: Result<Value, WireError> = bytes.withUnsafeBufferPointer { bytes in
                do throws(WireError) {
                    return .success(try Value(decoding: bytes))
                } catch {
                    return .failure(error)
                }
            }
            return try decoded.get()
        }
    }
}

/// How much of a limit is used.
package struct BinanceRateLimit: WireObject, Equatable {
    package let kind: String
    package let interval: String
    package let intervals: Int64
    package let limit: Int64
    /// Nil where the limit itself is described.
    package let used: Int64?

    package init(_ members: inout WireMembers) throws(WireError) {
        kind = try members.text("rateLimitType")
        interval = try members.text("interval")
        intervals = try members.int("intervalNum")
        limit = try members.int("limit")
        used = try members.intOrNil("count")
    }
}

/// What `session.logon`, `session.status` and `session.logout` answer.
package struct BinanceSessionStatus: WireObject {
    /// Nil when nobody is logged on.
    package let key: String?
    package let authorizedSince: Instant?
    package let connectedSince: Instant
    package let serverTime: Instant
    package let hasUserData: Bool?

    package init(_ members: inout WireMembers) throws(WireError) {
        key = try members.textOrNil("apiKey")
        authorizedSince = try members.timeOrNil("authorizedSince")
        connectedSince = try members.time("connectedSince")
        serverTime = try members.time("serverTime")
        hasUserData = try members.boolOrNil("userDataStream")
    }
}

/// What a subscription to user data answers.
package struct BinanceSubscription: WireObject, Equatable {
    package let id: Int64

    package init(_ members: inout WireMembers) throws(WireError) {
        id = try members.int("subscriptionId")
    }
}
