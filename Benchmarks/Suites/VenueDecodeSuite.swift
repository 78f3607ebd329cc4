import BinanceVenue
import JayxVenue
import WireValues

/// From the bytes of each stream of Binance Spot, Binance Options and Jayx to its typed event, beside orjson.
enum VenueDecodeSuite {
    static func run(_ report: inout Report) throws {
        try run("decode.spot.", VenueFrames.spot, &report, spot)
        try run("decode.options.", VenueFrames.options, &report, options)
        let codec = JayxJSONCodec(payloadName: "data")
        try run("decode.jayx.", VenueFrames.jayx, &report) { bytes in
            switch try codec.decode(bytes) {
            case .event: true
            case .opened, .joined, .ping, .pong, .closed, .ignored: false
            }
        }
    }

    /// As the feed of the venue reads them.
    private static func spot(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        guard let message = BinanceOpenedMessage(bytes) else { return false }
        switch (message.kind, message.isList) {
        case (.aggregateTrade, false): return keep(try message.event(BinanceAggregateTrade.self))
        case (.trade, false): return keep(try message.event(BinanceTrade.self))
        case (.kline, false): return keep(try message.event(BinanceKline.self))
        case (.miniTicker, false): return keep(try message.event(BinanceMiniTicker.self))
        case (.miniTicker, true): return keep(try message.events(BinanceMiniTicker.self))
        case (.ticker, false): return keep(try message.event(BinanceTicker.self))
        case (.rollingTicker, false): return keep(try message.event(BinanceRollingTicker.self))
        case (.rollingTicker, true): return keep(try message.events(BinanceRollingTicker.self))
        case (.spotBookTicker, false): return keep(try message.event(BinanceBookTicker.self))
        case (.partialDepth, false): return keep(try message.event(BinancePartialDepth.self))
        case (.depth, false): return keep(try message.event(BinanceDepthChange.self))
        default: return false
        }
    }

    private static func options(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        guard let message = BinanceOpenedMessage(bytes) else { return false }
        switch (message.kind, message.isList) {
        case (.index, false): return keep(try message.event(BinanceIndexPrice.self))
        case (.kline, false): return keep(try message.event(BinanceKline.self))
        case (.markPrice, true): return keep(try message.events(BinancePlainMark.self))
        case (.valuation, true): return keep(try message.events(BinanceMarkPrice.self))
        case (.newOption, false): return keep(try message.event(BinanceNewOption.self))
        case (.openInterest, true): return keep(try message.events(BinanceOpenInterest.self))
        case (.wholeDepth, false): return keep(try message.event(BinanceOptionDepth.self))
        case (.optionTicker, false): return keep(try message.event(BinanceOptionTicker.self))
        case (.ticker, false): return keep(try message.event(BinanceOptionStatistics.self))
        case (.trade, false): return keep(try message.event(BinanceOptionTrade.self))
        default: return false
        }
    }

    /// Takes a value, so that all of it must have been made.
    @inline(never)
    private static func keep<Value>(_ value: Value) -> Bool { true }

    /// - Parameter decode: false for a frame that is not of its stream.
    private static func run(
        _ venue: String, _ streams: [VenueFrames.Stream], _ report: inout Report,
        _ decode: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        for stream in streams where report.options.wants(venue + stream.name) {
            try measure(venue + stream.name, VenueFrames(stream), &report, decode)
        }
    }

    /// Measures in turns with orjson, where that is there, so that both have the same machine.
    private static func measure(
        _ name: String, _ frames: VenueFrames, _ report: inout Report,
        _ decode: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        let peer = try report.options.peer.map { try DecodePeer($0, frames) }
        var best: Measurement?
        var theirs = Double.infinity
        // Short runs, many of them: some fall into quiet moments. Of both the processor's time counts.
        for _ in 0..<(report.options.runs * 6) {
            let next = try Measurement.ofProcessor {
                try frames.bytes.withUnsafeBufferPointer { bytes in
                    for range in frames.ranges {
                        guard try decode(UnsafeBufferPointer(rebasing: bytes[range])) else {
                            throw BenchError("\(name): a frame was not understood")
                        }
                    }
                }
            }
            best = Measurement(
                nanoseconds: min(next.nanoseconds, best?.nanoseconds ?? .infinity),
                allocations: min(next.allocations, best?.allocations ?? .max))
            if let peer { theirs = min(theirs, try peer.run()) }
        }
        guard let best else { return }
        let count = Double(frames.ranges.count)
        report.add(name + ".time", best.nanoseconds / count, "ns/frame")
        report.add(name + ".speed", Double(frames.bytes.count) / best.nanoseconds, "GB/s")
        report.add(name + ".allocations", Double(best.allocations) / count, "per frame")
        if peer != nil {
            report.add(name + ".orjson", theirs / count, "ns/frame")
            report.add(name + ".ratio", theirs / best.nanoseconds, "times orjson", .aimAtLeast(5))
        }
    }
}
