import MarketModel
import Quantities
import WireCodecs

/// Changed levels of a book: `<symbol>@depth`, `@depth@100ms`, on futures also `@depth@0ms`.
///
/// Spot: `{"e":"depthUpdate","E":1672515782136,"s":"ABCUSDT","U":157,"u":160,"b":[["0.0024","10"]],
/// "a":[["0.0026","100"]]}`. USD-M futures add `T` and `pu`. The levels are absolute; zero removes.
/// As of 2024-08: developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
package struct BinanceDepthFrame {
    package private(set) var symbol = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package private(set) var updates = BinanceUpdateRange(first: 0, last: 0, previous: nil)
    /// When it happened in the matching engine (futures), else when the venue sent it.
    package private(set) var venueTime = Instant.distantPast
    /// Where the bids stand among the levels that were decoded with this frame.
    package private(set) var bids = 0..<0
    /// Where the asks stand there.
    package private(set) var asks = 0..<0

    private static let required = BinanceField.set(
        .event, .eventTime, .symbol, .firstUpdate, .lastUpdate, .bid, .ask)

    mutating func decode(
        _ json: inout JSONCursor, levels: inout [Level]
    ) throws(BinanceFrameError) {
        updates.previous = nil
        var eventTime = Instant.distantPast
        var transactionTime: Instant?
        var trail = BinanceFieldTrail()
        levels.removeAll(keepingCapacity: true)
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "e":
                    trail.enter(.event)
                    try json.expect("depthUpdate")
                case "E":
                    trail.enter(.eventTime)
                    eventTime = try json.instant()
                case "T":
                    trail.enter(.transactionTime)
                    transactionTime = try json.instant()
                case "s":
                    trail.enter(.symbol)
                    symbol = try json.plainText()
                case "U":
                    trail.enter(.firstUpdate)
                    updates.first = try json.uint()
                case "u":
                    trail.enter(.lastUpdate)
                    updates.last = try json.uint()
                case "pu":
                    trail.enter(.previousUpdate)
                    updates.previous = try json.uint()
                case "b":
                    trail.enter(.bid)
                    bids = try json.levels(into: &levels)
                case "a":
                    trail.enter(.ask)
                    asks = try json.levels(into: &levels)
                default:
                    trail.enter(.frame)
                }
            }
        } catch {
            throw BinanceFrameError(error, field: trail.current)
        }
        try trail.require(Self.required, endingAt: json.offset)
        venueTime = transactionTime ?? eventTime
        if updates.first > updates.last || updates.previous ?? 0 > updates.last {
            throw BinanceFrameError(.updatesBackwards, offset: json.offset, field: .lastUpdate)
        }
    }
}
