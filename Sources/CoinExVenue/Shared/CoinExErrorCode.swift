import MarketModel

/// A code of the venue's REST replies, and what follows from it. Zero is success and not among them.
public struct CoinExErrorCode: RawRepresentable, Equatable, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// What is known after this answer to a request that was to change something.
    public enum Consequence: Equatable, Sendable {
        /// Proof: the request was not carried out, for this reason.
        case refused(Refusal)
        /// Proof as well: the rate limit kept the request from being carried out.
        case rateLimited
        /// No proof of anything: a read may be repeated, an order has to be asked for.
        case retryLater
        /// No proof of anything, and nothing to hope for from repeating it.
        case outcomeUnknown
    }

    /// What a failure concerns, and so who has to react.
    public enum Scope: Equatable, Sendable {
        case request
        /// The key, its permissions or its signature.
        case key
        /// Our clock.
        case clock
        case venue
    }
}

extension CoinExErrorCode {
    /// The allow-list: only codes whose meaning is known are proof; all others leave the outcome open.
    public var consequence: Consequence {
        switch rawValue {
        case 2, 651: .refused(.venueBadParameter)
        case 23, 24, 25, 34, 40, 115, 158, 601: .refused(.venueNotPermitted)
        case 49, 227: .refused(.venueOther)
        case 107: .refused(.venueInsufficientBalance)
        case 600: .refused(.venueOrderNotFound)
        case 602: .refused(.venueBelowMinimum)
        case 606: .refused(.venuePriceOutOfBand)
        case 621: .refused(.venueNotFillable)
        case 622: .refused(.venueWouldTake)
        case 213: .rateLimited
        case 3, 35, 117, 123, 3007, 3008: .retryLater
        // 36 is a time-out inside the venue; 1, 26 and 27 have no public meaning.
        default: .outcomeUnknown
        }
    }

    public var scope: Scope {
        switch rawValue {
        case 23, 24, 25, 26, 27, 34, 158: .key
        case 227: .clock
        case 3, 35, 36, 213, 123, 3007, 3008: .venue
        default: .request
        }
    }

    /// What the code means, in words; nil for codes that we know nothing of.
    public var meaning: String? {
        switch rawValue {
        case 1: "unspecified error"
        case 2: "bad parameter"
        case 3: "internal error"
        case 23: "this address is not allowed for the key"
        case 24: "the access id does not exist, or is younger than ten minutes"
        case 25: "wrong signature"
        case 26, 27: "not authenticated"
        case 34: "the access id has expired"
        case 35, 3007: "service unavailable"
        case 36: "service timed out"
        case 40: "main and sub account do not belong together"
        case 49: "transfer rejected"
        case 107: "insufficient balance"
        case 115: "the account may not trade"
        case 117: "no trading in this market"
        case 123, 213: "too many requests"
        case 158: "the key may not do that"
        case 227: "our clock is more than a minute off"
        case 600: "no such order"
        case 601: "the order belongs to somebody else"
        case 602: "amount below the minimum"
        case 606: "price too far from the last one"
        case 621: "fill-or-kill order cannot be filled"
        case 622: "maker-only order would take"
        case 651: "bad merge of the depth"
        case 3008: "service overloaded"
        default: nil
        }
    }
}

extension CoinExErrorCode: CustomStringConvertible {
    public var description: String { meaning.map { "\(rawValue) (\($0))" } ?? "\(rawValue)" }
}
