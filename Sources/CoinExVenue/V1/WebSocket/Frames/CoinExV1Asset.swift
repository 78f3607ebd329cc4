import Quantities

/// What an account holds of a coin, as totals: `asset.update`, `asset.query`.
package struct CoinExV1Asset {
    package internal(set) var coin = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// 0 for spot; margin accounts are told of by the same subscription.
    package internal(set) var account: Int64 = 0
    package internal(set) var available = Amount.zero
    package internal(set) var frozen = Amount.zero
    /// `distantPast` where the venue does not tell.
    package internal(set) var timestamp = Instant.distantPast

    static let required = CoinExV1Field.set(.available, .frozen)
}
