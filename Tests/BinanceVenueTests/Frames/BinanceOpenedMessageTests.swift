import BinanceVenue
import Quantities
import TestSupport
import Testing
import WireValues

/// An event that is read as what it is, is the one that is read as any event.
struct BinanceOpenedMessageTests {
    @Test func `messages as the venue writes them, alone, wrapped and in lists`() {
        var seen = 0
        for sample in Messages.all {
            let isWrapped = sample.hasPrefix(#"{"stream""#)
            let lists = isWrapped ? [] : ["[\(sample)]", "[\(sample),\(sample)]"]
            for text in [sample, #"{"stream":"oakpine@x","data":\#(sample)}"#] + lists {
                if Self.agrees(text) { seen += 1 }
            }
        }
        #expect(seen > 20, "\(seen)")
    }

    @Test func `damaged messages are taken by both or by none`() {
        let seed = FuzzSettings.seed(37)
        var random = SeededRandom(seed: seed)
        var seen = 0
        for _ in 0..<FuzzSettings.cases(20_000) {
            var bytes = Array(Messages.all[random.below(Messages.all.count)].utf8)
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = Array(#"{}[],:"\ 0-1e.nTM"#.utf8)[random.below(17)]
            case 2: bytes.insert(UInt8(0x20 + random.below(0x5F)), at: place)
            default: break
            }
            if Self.agrees(String(decoding: bytes, as: UTF8.self), "seed \(seed)") { seen += 1 }
        }
        #expect(seen > 1_000, "\(seen)")
    }

    /// Whether it was read as an event of its kind; what that gives is compared.
    private static func agrees(_ text: String, _ comment: String = "") -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            guard let message = BinanceOpenedMessage(bytes) else { return false }
            var isRead = false
            if let spot = try? spot(message) {
                isRead = true
                let any = (try? BinanceMessage(decoding: bytes)).map { "\($0)" }
                #expect("\(spot)" == any, "\(comment): \(text)")
            }
            if let option = try? option(message) {
                isRead = true
                let any = (try? BinanceOptionsMessage(decoding: bytes)).map { "\($0)" }
                #expect("\(option)" == any, "\(comment): \(text)")
            }
            return isRead
        }
    }

    private static func spot(_ message: BinanceOpenedMessage) throws -> BinanceMessage? {
        let event: BinanceEvent
        switch (message.kind, message.isList) {
        case (.aggregateTrade, false): event = .aggregateTrade(try message.event())
        case (.trade, false): event = .trade(try message.event())
        case (.kline, false): event = .kline(try message.event())
        case (.miniTicker, false): event = .miniTicker(try message.event())
        case (.miniTicker, true):
            let list = try message.events(BinanceMiniTicker.self)
            return .events(stream: message.stream, list: list.map { .miniTicker($0) })
        case (.ticker, false): event = .ticker(try message.event())
        case (.rollingTicker, false): event = .rollingTicker(try message.event())
        case (.bookTicker, false), (.spotBookTicker, false): event = .bookTicker(try message.event())
        case (.partialDepth, false): event = .partialDepth(try message.event())
        case (.depth, false): event = .depth(try message.event())
        default: return nil
        }
        return .event(stream: message.stream, value: event)
    }

    private static func option(_ message: BinanceOpenedMessage) throws -> BinanceOptionsMessage? {
        let event: BinanceOptionsEvent
        switch (message.kind, message.isList) {
        case (.index, false): event = .index(try message.event())
        case (.markPrice, false), (.valuation, false): event = .markPrice(try message.event())
        case (.valuation, true):
            let list = try message.events(BinanceMarkPrice.self)
            return .events(stream: message.stream, list: list.map { .markPrice($0) })
        case (.trade, false): event = .trade(try message.event())
        case (.bookTicker, false): event = .bookTicker(try message.event())
        case (.newOption, false): event = .newSymbol(try message.event())
        case (.openInterest, false): event = .openInterest(try message.event())
        case (.wholeDepth, false): event = .wholeDepth(try message.event())
        case (.optionTicker, false): event = .ticker(try message.event())
        case (.ticker, false): event = .statistics(try message.event())
        default: return nil
        }
        return .event(stream: message.stream, value: event)
    }
}
