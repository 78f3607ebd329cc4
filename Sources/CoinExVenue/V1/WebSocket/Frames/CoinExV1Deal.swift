import MarketModel
import Quantities

/// A trade: of anyone (`deals.update`, `deals.query`), or of our own (`deals_own.update`,
/// `deals.query_user`).
///
/// `{"type":"sell","time":1496458040.059284,"price":"46444.74","id":29433,"amount":"0.00120000"}`; own ones
/// also have `order_id` and `client_id`. They have neither fee nor role.
package struct CoinExV1Deal {
    package internal(set) var id: UInt64 = 0
    package internal(set) var time = Instant.distantPast
    package internal(set) var price = Price.zero
    package internal(set) var amount = Quantity.zero
    /// The side that took; whether that holds for own deals too is not sure: take theirs from the order.
    package internal(set) var side = Side.buy
    /// 0 for deals of others.
    package internal(set) var orderID: UInt64 = 0
    package internal(set) var clientID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    static let required = CoinExV1Field.set(.id, .time, .price, .amount, .type)
    static let requiredOwn = required | CoinExV1Field.set(.orderID)
}
