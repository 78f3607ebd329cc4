import MarketModel
import WireCodecs

/// Decodes market-data frames of Binance, one at a time, in place.
///
/// Frames come wrapped (`{"stream":"abcusdt@trade","data":{…}}`, combined streams) or naked (`/ws`
/// streams, REST answers); spot and USD-M futures share the kinds. The kind that `decode` returns says
/// which member holds the frame; all of them are used again by the next call, so that decoding allocates
/// and copies nothing. Symbols are slices of the input and live as long as it does.
package struct BinanceFrameDecoder {
    package private(set) var bookTicker = BinanceBookTickerFrame()
    package private(set) var trade = BinanceTradeFrame()
    package private(set) var depth = BinanceDepthFrame()
    package private(set) var snapshot = BinanceSnapshotFrame()
    /// The levels of the last depth or snapshot frame.
    package private(set) var levels: [Level] = []

    /// The most levels of one frame: two sides of the largest snapshot, twice over.
    package static let levelsMax = 20_000

    package init() {}

    /// Decodes one frame, which is all of `bytes`. After an error the frames are unspecified.
    package mutating func decode(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(BinanceFrameError) -> BinanceFrameKind {
        guard let guess = BinanceFrameShape(guessing: bytes) else {
            return try decode(bytes, as: try BinanceFrameShape(scanning: bytes))
        }
        do throws(BinanceFrameError) {
            return try decode(bytes, as: guess)
        } catch {
            // Perhaps only the guess was wrong: members may come in any order.
            let shape = try BinanceFrameShape(scanning: bytes)
            if shape == guess { throw error }
            return try decode(bytes, as: shape)
        }
    }

    private mutating func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, as shape: BinanceFrameShape
    ) throws(BinanceFrameError) -> BinanceFrameKind {
        var json = JSONCursor(bytes)
        let kind: BinanceFrameKind
        switch shape {
        case .wrapped: kind = try wrapped(&json)
        case .naked(let naked):
            kind = naked
            try payload(&json, kind)
        }
        do throws(JSONError) {
            try json.finish()
        } catch {
            throw BinanceFrameError(error, field: .frame)
        }
        return kind
    }

    private mutating func payload(
        _ json: inout JSONCursor, _ kind: BinanceFrameKind
    ) throws(BinanceFrameError) {
        switch kind {
        case .bookTicker: try bookTicker.decode(&json)
        case .trade: try trade.decode(&json)
        case .depth: try depth.decode(&json, levels: &levels)
        case .snapshot: try snapshot.decode(&json, levels: &levels)
        case .control, .other:
            do throws(JSONError) {
                try json.skip()
            } catch {
                throw BinanceFrameError(error, field: .frame)
            }
        }
    }

    /// Decodes a wrapped frame in one pass when `stream` comes before `data`, as the venue sends it.
    private mutating func wrapped(
        _ json: inout JSONCursor
    ) throws(BinanceFrameError) -> BinanceFrameKind {
        var kind: BinanceFrameKind?
        var start: JSONCursor.Mark?
        var isDecoded = false
        var failure: BinanceFrameError?
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "stream":
                    kind = BinanceFrameKind(stream: try json.text())
                case "data":
                    start = json.mark
                    guard let kind else { return }
                    do throws(BinanceFrameError) {
                        try payload(&json, kind)
                        isDecoded = true
                    } catch {
                        failure = error
                        throw JSONError(.refused, offset: error.offset)
                    }
                default: return
                }
            }
        } catch {
            throw failure ?? BinanceFrameError(error, field: kind == nil ? .stream : .data)
        }
        guard let kind, let start else {
            throw BinanceFrameError(
                .missingField, offset: json.offset, field: kind == nil ? .stream : .data)
        }
        if !isDecoded {
            let end = json.mark
            json.rewind(to: start)
            try payload(&json, kind)
            json.rewind(to: end)
        }
        return kind
    }
}
