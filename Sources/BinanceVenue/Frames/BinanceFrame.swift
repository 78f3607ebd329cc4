import MarketModel
import WireCodecs

/// A market-data frame of Binance, decoded.
///
/// Frames come wrapped (`{"stream":"abcusdt@trade","data":{…}}`, combined streams) or naked (`/ws`
/// streams, REST answers); spot and USD-M futures share the kinds. Symbols are slices of the input and
/// live as long as it does; levels go to an array of the caller's, which is used again and again, so
/// that decoding allocates nothing.
package enum BinanceFrame {
    case bookTicker(BinanceBookTickerFrame)
    case trade(BinanceTradeFrame)
    case depth(BinanceDepthFrame)
    case snapshot(BinanceSnapshotFrame)
    /// Sound JSON of any other kind: a stream that is not read here, an answer to a request.
    case other

    /// The most levels of one frame: two sides of the largest snapshot, twice over.
    package static let levelsMax = 20_000

    /// Decodes one frame, which is all of `bytes`.
    ///
    /// `levels` is emptied by frames that carry levels and holds theirs afterwards.
    package static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, levels: inout [Level]
    ) throws(BinanceFrameError) -> BinanceFrame {
        guard let guess = BinanceFrameShape(guessing: bytes) else {
            return try decode(bytes, as: try BinanceFrameShape(scanning: bytes), &levels)
        }
        do throws(BinanceFrameError) {
            return try decode(bytes, as: guess, &levels)
        } catch {
            // Perhaps only the guess was wrong: members may come in any order.
            let shape = try BinanceFrameShape(scanning: bytes)
            if shape == guess { throw error }
            return try decode(bytes, as: shape, &levels)
        }
    }

    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, as shape: BinanceFrameShape, _ levels: inout [Level]
    ) throws(BinanceFrameError) -> BinanceFrame {
        var json = JSONCursor(bytes)
        let frame: BinanceFrame
        switch shape {
        case .wrapped: frame = try wrapped(&json, &levels)
        case .naked(let kind): frame = try payload(&json, kind, &levels)
        }
        do throws(JSONError) {
            try json.finish()
        } catch {
            throw BinanceFrameError(error, field: .frame)
        }
        return frame
    }

    private static func payload(
        _ json: inout JSONCursor, _ kind: BinanceFrameShape.Kind, _ levels: inout [Level]
    ) throws(BinanceFrameError) -> BinanceFrame {
        switch kind {
        case .bookTicker: return .bookTicker(try BinanceBookTickerFrame.decode(&json))
        case .trade: return .trade(try BinanceTradeFrame.decode(&json))
        case .depth: return .depth(try BinanceDepthFrame.decode(&json, levels: &levels))
        case .snapshot: return .snapshot(try BinanceSnapshotFrame.decode(&json, levels: &levels))
        case .other:
            do throws(JSONError) {
                try json.skip()
            } catch {
                throw BinanceFrameError(error, field: .frame)
            }
            return .other
        }
    }

    /// Decodes a wrapped frame in one pass when `stream` comes before `data`, as the venue sends it.
    private static func wrapped(
        _ json: inout JSONCursor, _ levels: inout [Level]
    ) throws(BinanceFrameError) -> BinanceFrame {
        var kind: BinanceFrameShape.Kind?
        var start: JSONCursor.Mark?
        var frame: BinanceFrame?
        var failure: BinanceFrameError?
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "stream":
                    kind = BinanceFrameShape.Kind(stream: try json.text())
                case "data":
                    start = json.mark
                    guard let kind else { return }
                    do throws(BinanceFrameError) {
                        frame = try payload(&json, kind, &levels)
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
        if let frame { return frame }
        guard let kind, let start else {
            throw BinanceFrameError(
                .missingField, offset: json.offset, field: kind == nil ? .stream : .data)
        }
        let end = json.mark
        json.rewind(to: start)
        let late = try payload(&json, kind, &levels)
        json.rewind(to: end)
        return late
    }
}
