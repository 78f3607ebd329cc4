import BinanceVenue
import MarketModel
import Quantities

/// A decoded frame as values that can be compared and outlive its bytes.
struct Decoded: Equatable {
    var kind: BinanceFrameKind
    var symbol = ""
    var numbers: [UInt64] = []
    var decimals: [String] = []
    var time = Instant.distantPast
    var flags: [Bool] = []
    var bids: [String] = []
    var asks: [String] = []

    init(_ kind: BinanceFrameKind) {
        self.kind = kind
    }

    init(_ kind: BinanceFrameKind, of decoder: BinanceFrameDecoder) {
        self.kind = kind
        switch kind {
        case .bookTicker:
            let frame = decoder.bookTicker
            symbol = String(decoding: frame.symbol, as: UTF8.self)
            numbers = [frame.update]
            decimals = [frame.bid.description, frame.bidSize.description]
            decimals += [frame.ask.description, frame.askSize.description]
            time = frame.transactionTime
        case .trade:
            let frame = decoder.trade
            symbol = String(decoding: frame.symbol, as: UTF8.self)
            numbers = [frame.id]
            decimals = [frame.price.description, frame.quantity.description]
            time = frame.transactionTime
            flags = [frame.buyerIsMaker, frame.counts]
        case .depth:
            let frame = decoder.depth
            symbol = String(decoding: frame.symbol, as: UTF8.self)
            numbers = [frame.updates.first, frame.updates.last]
            if let previous = frame.updates.previous { numbers.append(previous) }
            time = frame.venueTime
            bids = frame.bids.map { Self.text(decoder.levels[$0]) }
            asks = frame.asks.map { Self.text(decoder.levels[$0]) }
        case .snapshot:
            let frame = decoder.snapshot
            numbers = [frame.lastUpdate]
            time = frame.venueTime
            bids = frame.bids.map { Self.text(decoder.levels[$0]) }
            asks = frame.asks.map { Self.text(decoder.levels[$0]) }
        case .control, .other: break
        }
    }

    private static func text(_ level: Level) -> String { "\(level.price) x \(level.quantity)" }
}

extension BinanceFrameDecoder {
    /// A decoder that has seen a frame of every kind, so that anything left over would show.
    static func used() throws -> BinanceFrameDecoder {
        var decoder = BinanceFrameDecoder()
        for sample in Sample.all { _ = try decoder.decoded(Array(sample.utf8)) }
        return decoder
    }

    mutating func decoded(_ bytes: [UInt8]) throws(BinanceFrameError) -> Decoded {
        let result: Result<Decoded, BinanceFrameError> = bytes.withUnsafeBufferPointer {
            do throws(BinanceFrameError) {
                let kind = try decode($0)
                return .success(Decoded(kind, of: self))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

/// Decodes one frame.
func decode(_ text: String) throws -> Decoded {
    var decoder = try BinanceFrameDecoder.used()
    return try decoder.decoded(Array(text.utf8))
}
