import MarketModel

/// A code of the venue's REST replies, of either generation, and what follows from it. Zero is success and not among
/// them. No code means one thing in the first generation and another in the second.
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
        case 2, 651, 3639, 4004, 4009: .refused(.venueBadParameter)
        case 23, 24, 25, 34, 40, 115, 158, 601: .refused(.venueNotPermitted)
        case 4005...4008, 4011, 4018, 4115, 4158, 4159, 4512: .refused(.venueNotPermitted)
        case 49, 227, 3610, 3638, 4010, 4017, 4117, 4130: .refused(.venueOther)
        case 107, 3109: .refused(.venueInsufficientBalance)
        case 600, 3600: .refused(.venueOrderNotFound)
        case 602, 3127: .refused(.venueBelowMinimum)
        case 606, 3606, 3612...3619, 3632...3635: .refused(.venuePriceOutOfBand)
        case 621, 3620, 3621, 3627...3629: .refused(.venueNotFillable)
        case 622, 3622: .refused(.venueWouldTake)
        case 213, 4213: .rateLimited
        case 3, 35, 117, 123, 3007, 3008, 4001, 4003, 4123: .retryLater
        // 36 and 4002 are time-outs inside the venue; 1, 26 and 27 have no public meaning.
        default: .outcomeUnknown
        }
    }

    public var scope: Scope {
        switch rawValue {
        case 23, 24, 25, 26, 27, 34, 158, 4005...4008, 4011, 4158, 4512: .key
        case 227, 4010, 4017: .clock
        case 3, 35, 36, 213, 123, 3007, 3008, 4001, 4002, 4003, 4123, 4213: .venue
        default: .request
        }
    }

    /// What the code means, in words; nil for codes that we know nothing of.
    public var meaning: String? { meaningV1 ?? meaningV2 }

    private var meaningV1: String? {
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

    private var meaningV2: String? {
        switch rawValue {
        case 3109: "insufficient balance"
        case 3127: "amount below the minimum"
        case 3600: "no such order"
        case 3606: "price too far from the last one"
        case 3610: "no cancels during a call auction"
        case 3612, 3613: "the order would trade too far into the book"
        case 3614, 3634, 3635: "the order would trade too far from the index"
        case 3615, 3618: "price too far from the index"
        case 3616, 3632: "price above the highest bid that is taken"
        case 3617, 3633: "price below the lowest ask that is taken"
        case 3619: "price too far from the trigger price"
        case 3620: "nothing to trade with"
        case 3621: "fill-or-kill order cannot be filled"
        case 3622: "maker-only order would take"
        case 3627, 3628, 3629: "too little in the book for the amount"
        case 3638: "only maker-only orders and cancels are taken"
        case 3639, 4004: "bad parameter"
        case 4001: "service unavailable"
        case 4002: "service timed out"
        case 4003: "internal error"
        case 4005: "the access id does not exist"
        case 4006: "wrong signature"
        case 4007: "this address is not allowed for the key"
        case 4008: "bad head of a signature"
        case 4009: "wrong method of HTTP"
        case 4010, 4017: "our clock is off, or the request came too late"
        case 4011: "the user may not use the interface"
        case 4018, 4115: "the account may not trade"
        case 4117, 4130: "no trading in this market"
        case 4123, 4213: "too many requests"
        case 4158, 4512: "the key may not do that"
        case 4159: "no trading in this market by programs"
        default: nil
        }
    }
}

extension CoinExErrorCode: CustomStringConvertible {
    public var description: String { meaning.map { "\(rawValue) (\($0))" } ?? "\(rawValue)" }
}
