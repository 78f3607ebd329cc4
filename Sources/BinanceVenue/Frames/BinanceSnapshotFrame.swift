import MarketModel
import Quantities
import WireCodecs

/// A whole book, as the REST request for the depth answers it.
///
/// `{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}`; USD-M futures add `E` and
/// `T`. There is no symbol in it: whoever asked knows.
/// As of 2024-08: developers.binance.com/docs/binance-spot-api-docs/rest-api
package struct BinanceSnapshotFrame {
    package private(set) var lastUpdate: UInt64 = 0
    /// When the venue made it; `.distantPast` on spot, which does not say.
    package private(set) var venueTime = Instant.distantPast
    /// Where the bids stand among the levels that were decoded with this frame.
    package private(set) var bids = 0..<0
    /// Where the asks stand there.
    package private(set) var asks = 0..<0

    private static let required = BinanceField.set(.lastUpdateID, .bids, .asks)

    mutating func decode(
        _ json: inout JSONCursor, levels: inout [Level]
    ) throws(BinanceFrameError) {
        venueTime = .distantPast
        var trail = BinanceFieldTrail()
        levels.removeAll(keepingCapacity: true)
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "lastUpdateId":
                    trail.enter(.lastUpdateID)
                    lastUpdate = try json.uint()
                case "T":
                    trail.enter(.transactionTime)
                    venueTime = try json.instant()
                case "bids":
                    trail.enter(.bids)
                    bids = try json.levels(into: &levels)
                case "asks":
                    trail.enter(.asks)
                    asks = try json.levels(into: &levels)
                default:
                    trail.enter(.frame)
                }
            }
        } catch {
            throw BinanceFrameError(error, field: trail.current)
        }
        try trail.require(Self.required, endingAt: json.offset)
    }
}
