import WireCodecs

/// A member of the socket's messages: what an error points at. At most 64, so that a set of them is a word.
public enum CoinExV2Field: UInt8, BitwiseCopyable, CaseIterable, Equatable, Sendable {
    // The envelope
    case message = 0
    case method
    case data
    case id
    case code
    case text
    // Books and trades
    case market
    case isFull
    case depth
    case asks
    case bids
    case last
    case updatedAt
    case checksum
    case dealList
    case dealID
    case createdAt
    case side
    case price
    case amount
    // Best prices, statistics and indexes
    case bestBidPrice
    case bestBidSize
    case bestAskPrice
    case bestAskSize
    case stateList
    case open
    case high
    case low
    case volume
    case value
    case period
    case indexPrice
    // Orders and stop orders
    case event
    case order
    case stop
    case orderID
    case stopID
    case marginMarket
    case type
    case unfilled
    case filled
    case filledValue
    case baseFee
    case quoteFee
    case discountFee
    case lastFilledAmount
    case lastFilledPrice
    case clientID
    case triggerPrice
    case direction
    case status
    // Own deals and balances
    case role
    case fee
    case feeAsset
    case balanceList
    case coin
    case available
    case frozen
}

extension CoinExV2Field: CoinExStreamField {}

/// Why bytes are no message of the socket: at which of them, in which member of which push.
public struct CoinExV2StreamError: Error, Equatable, BitwiseCopyable, Sendable {
    public let kind: CoinExStreamErrorKind
    /// Nil where the method was not read yet, and in replies.
    public let push: CoinExV2Push?
    public let field: CoinExV2Field
    /// Bytes before the offending one, from the start of the message.
    public let offset: Int
}

extension CoinExV2StreamError: CustomStringConvertible {
    public var description: String {
        let place = push.map { "\($0.method), " } ?? ""
        return switch kind {
        case .json(let kind): "\(place)\(field): \(kind) at byte \(offset)"
        case .missingField: "\(place)\(field) is missing at byte \(offset)"
        case .unknownValue: "\(place)\(field) has an unknown value at byte \(offset)"
        case .tooManyRows: "\(place)\(field) has too many rows at byte \(offset)"
        }
    }
}

extension CoinExTrail<CoinExV2Field> {
    @inline(never)
    func error(_ error: JSONError, _ push: CoinExV2Push?) -> CoinExV2StreamError {
        let (kind, field) = fault(error)
        return CoinExV2StreamError(kind: kind, push: push, field: field, offset: error.offset)
    }
}
