import CoinExVenue
import Quantities
import Transport

/// Why there is no reply, told by what is known of the request: the one thing that decides what may be done next.
public enum CoinExClientError: Error, Equatable, Sendable {
    /// Proof that it was not carried out: the venue said so, with a code. A read has no other consequence.
    case refused(CoinExRefusal)
    /// Proof as well: our time is more than a minute off. By how much our clock is ahead, where that is known.
    case clockIsOff(CoinExRefusal, ahead: Interval?)
    /// It was not carried out, or was but a read: it may be repeated after a while.
    case retryLater(CoinExSilence)
    /// It may have been carried out: what became of it has to be asked for, and it must not be repeated blindly.
    case outcomeUnknown(CoinExSilence)
    /// None of it has left this machine: it may be repeated.
    case notSent(CoinExHindrance)
    /// The venue reported success, with data that are not what they should be: in which member, at which byte.
    case malformed(CoinExDecodeError)
    /// The settings cannot be used.
    case misconfigured(String)
}

/// Why nothing is known of a request.
public enum CoinExSilence: Equatable, Sendable {
    /// A code that proves nothing, or a rate limit.
    case refusal(CoinExRefusal)
    /// What came is no reply of the venue: a page of a gateway, a cut-off text, nothing.
    case gateway(CoinExGatewayAnswer)
    /// No whole answer came.
    case noAnswer(HTTPOutcome.Reason)
    /// Whoever asked did not want to wait any longer.
    case cancelled
}

/// Why a request did not leave.
public enum CoinExHindrance: Equatable, Sendable {
    case connection(HTTPOutcome.Reason)
    /// As many wait as may wait.
    case tooManyWait
    /// It asks for a signature, and there is no key.
    case noKey
    case cancelled
    /// The client was closed.
    case closed
}

extension CoinExClientError {
    /// What a failed answer means for a request.
    ///
    /// - Parameter isChange: whether it was to change something at the venue.
    init(_ failure: CoinExFailure, isChange: Bool, ahead: Interval?) {
        self =
            switch failure {
            case .refused(let refusal): Self.of(refusal, isChange: isChange, ahead: ahead)
            case .gateway(let answer):
                isChange ? .outcomeUnknown(.gateway(answer)) : .retryLater(.gateway(answer))
            case .malformed(let error): .malformed(error)
            }
    }

    private static func of(_ refusal: CoinExRefusal, isChange: Bool, ahead: Interval?) -> CoinExClientError {
        if refusal.code.scope == .clock { return .clockIsOff(refusal, ahead: ahead) }
        switch refusal.code.consequence {
        case .refused: return .refused(refusal)
        case .rateLimited: return .retryLater(.refusal(refusal))
        case .retryLater:
            return isChange ? .outcomeUnknown(.refusal(refusal)) : .retryLater(.refusal(refusal))
        case .outcomeUnknown: return isChange ? .outcomeUnknown(.refusal(refusal)) : .refused(refusal)
        }
    }

    /// What is known of a request without an answer.
    init(_ outcome: HTTPOutcome.Reason, wasSent: Bool, isChange: Bool) {
        if !wasSent {
            self = outcome == .tooMany ? .notSent(.tooManyWait) : .notSent(.connection(outcome))
        } else {
            self = isChange ? .outcomeUnknown(.noAnswer(outcome)) : .retryLater(.noAnswer(outcome))
        }
    }
}

extension CoinExClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal.text)"
        case .clockIsOff(let refusal, let ahead):
            if let ahead {
                "refused: \(refusal.text); this machine's clock is \(ClockText.text(ahead: ahead)) the venue's"
            } else {
                "refused: \(refusal.text); the venue did not tell its time"
            }
        case .retryLater(let silence): "not now: \(silence); it may be repeated"
        case .outcomeUnknown(let silence):
            "it is not known whether this was carried out: \(silence); ask before it is repeated"
        case .notSent(let hindrance): "not sent: \(hindrance)"
        case .malformed(let error): "the venue reports success, but its data cannot be read: \(error)"
        case .misconfigured(let text): text
        }
    }
}

extension CoinExSilence: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refusal(let refusal): refusal.text
        case .gateway(let answer): "status \(answer.status) without a reply of the venue (\(answer.error))"
        case .noAnswer(let reason): "\(reason)"
        case .cancelled: "cancelled while it was under way"
        }
    }
}

extension CoinExHindrance: CustomStringConvertible {
    public var description: String {
        switch self {
        case .connection(let reason): "\(reason)"
        case .tooManyWait: "too many requests wait"
        case .noKey: "it needs a key"
        case .cancelled: "cancelled"
        case .closed: "the client is closed"
        }
    }
}

extension CoinExRefusal {
    /// Code, what it means and what the venue said.
    var text: String { message.isEmpty ? "code \(code)" : "code \(code): \(message)" }
}

/// How far two clocks are apart, in words.
package enum ClockText {
    /// `120.0 s ahead of`, `0.4 s behind`.
    package static func text(ahead: Interval) -> String {
        let isAhead = ahead >= .zero
        return "\(seconds(isAhead ? ahead : .zero - ahead)) s \(isAhead ? "ahead of" : "behind")"
    }

    /// With one digit behind the point, rounded to the nearest.
    package static func seconds(_ interval: Interval) -> String {
        let tenths = (interval.nanoseconds + 50_000_000) / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
