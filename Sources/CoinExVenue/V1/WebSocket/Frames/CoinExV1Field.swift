/// A member of the socket's messages: what an error points at. At most 64, so that a set of them is a word.
public enum CoinExV1Field: UInt8, BitwiseCopyable, CaseIterable, Equatable, Sendable {
    // The envelope
    case message = 0
    case method
    case params
    case result
    case error
    case code
    case id
    // Books
    case isFull
    case asks
    case bids
    case last
    case time
    case checksum
    // Trades, deals and candles
    case market
    case price
    case amount
    case type
    case open
    case close
    case high
    case low
    case volume
    case value
    // Statistics
    case period
    case deal
    case sellTotal
    case buyTotal
    // Orders
    case event
    case side
    case account
    case option
    case created
    case changed
    case left
    case dealStock
    case dealMoney
    case stockFee
    case moneyFee
    case assetFee
    case feeAsset
    case clientID
    case stopID
    case stopPrice
    case direction
    case status
    case lastDealAmount
    case lastDealPrice
    case lastDealTime
    case lastDealID
    case lastRole
    case amountAsset
    case orderID
    // Pages
    case total
    case limit
    case offset
    case records
    // Balances
    case coin
    case available
    case frozen
    case timestamp
    // Indexes and notices
    case index
    case startedAt
    case endedAt
}

extension CoinExV1Field: CoinExStreamField {}
