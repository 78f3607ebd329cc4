import MarketModel
import Quantities
import WireCodecs

/// A whole book, as the REST request for the depth answers it.
///
/// `{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}`; USD-M futures add `E` and
/// `T`. There is no symbol in it: whoever asked knows.
/// As of 2024-08: developers.binance.com/docs/binance-spot-api-docs/rest-api
package struct BinanceSnapshotFrame {
    package var lastUpdate: UInt64
    /// When the venue made it; `.distantPast` on spot, which does not say.
    package var venueTime: Instant
    /// Where the bids stand among the levels that were decoded with this frame.
    package var bids: Range<Int>
    /// Where the asks stand there.
    package var asks: Range<Int>

    private static let required = BinanceField.set(.lastUpdateID, .bids, .asks)

    static func decode(
        _ json: inout JSONCursor, levels: inout [Level]
    ) throws(BinanceFrameError) -> Self {
        var frame = Self(lastUpdate: 0, venueTime: .distantPast, bids: 0..<0, asks: 0..<0)
        var trail = BinanceFieldTrail()
        levels.removeAll(keepingCapacity: true)
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "lastUpdateId":
                    trail.enter(.lastUpdateID)
                    frame.lastUpdate = try json.uint()
                case "T":
                    trail.enter(.transactionTime)
                    frame.venueTime = try json.instant()
                case "bids":
                    trail.enter(.bids)
                    frame.bids = try json.levels(into: &levels)
                case "asks":
                    trail.enter(.asks)
                    frame.asks = try json.levels(into: &levels)
                default:
                    trail.enter(.frame)
                }
            }
        } catch {
            throw BinanceFrameError(error, field: trail.current)
        }
        try trail.require(required, endingAt: json.offset)
        return frame
    }
}
