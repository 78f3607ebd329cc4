/// What the venue answered to a call.
package struct CoinExV1Reply {
    /// The id of the call. Nil only until the message is read whole: a reply without one is an error.
    package internal(set) var id: Int64?
    /// Why the call failed; nil when it did not.
    package internal(set) var error: CoinExV1CallError?
    /// The JSON text of the result, which `decodeResult` reads; `null` for a failed call.
    package internal(set) var result = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}

/// The venue's error answer to a call.
public struct CoinExV1CallError: Error, Equatable, Sendable {
    public internal(set) var code: Int64
    public internal(set) var message: String

    public init(code: Int64, message: String) {
        self.code = code
        self.message = message
    }

    public var reason: CoinExCallFailure { CoinExCallFailure(code: code) }
}

/// Which part of all rows a query has brought.
public struct CoinExV1Page: BitwiseCopyable, Equatable, Sendable {
    /// All rows that match, also those on other pages; nil where the venue does not tell.
    public internal(set) var total: Int64?
    public internal(set) var limit: Int64?
    public internal(set) var offset: Int64?
}

/// What the result of a call is; rows stand in the decoder's members.
public enum CoinExV1Result: Equatable, Sendable {
    /// The call was carried out: signing, subscribing, unsubscribing, ping.
    case done
    /// `server.time`, in seconds.
    case time(Int64)
    case candles
    case state
    case deals
    case ownDeals
    case depth
    case orders
    case stopOrders
    case assets
    case indexes
}
