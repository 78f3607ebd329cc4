import Quantities

/// A book or changes of it: `depth.update`, and the result of `depth.query`.
///
/// `params: [true, {"asks":[["46350.52","1.07871851"]],"bids":[...],"last":"46349.93",
/// "time":1639987469166,"checksum":1533284725},"BTCUSDT"]`. A side without changes may be absent.
package struct CoinExV1DepthFrame {
    /// Empty in the result of a query, which does not repeat it.
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The whole book; otherwise what has changed.
    package internal(set) var isFull = false
    /// Where the asks stand among the decoder's levels.
    package internal(set) var asks = 0..<0
    package internal(set) var bids = 0..<0
    /// The price of the last trade; nil when it was not sent.
    package internal(set) var last: Price?
    package internal(set) var time = Instant.distantPast
    /// The venue's checksum of the whole book after the changes; nil when it was not sent.
    package internal(set) var checksum: UInt32?

    static let required = CoinExV1Field.set(.time)
}
