import BinanceVenue
import CBenchProbe
import JayxVenue
import WireValues

/// From the bytes of each stream of Binance Spot, Binance Options and Jayx to its typed event, beside orjson.
enum VenueDecodeSuite {
    static func run(_ report: inout Report) throws {
        // Both sides take turns on one core, which does not fall asleep while it is the other's turn.
        try OneCore.keep()
        defer { OneCore.leave() }
        guard bench_probe_keep_awake() == 0 else { throw BenchError("no thread keeps the core awake") }
        defer { bench_probe_let_sleep() }
        let room = Room()
        try run("decode.spot.", VenueFrames.spot, &report) { try spot($0, room) }
        try run("decode.options.", VenueFrames.options, &report) { try options($0, room) }
        let codec = JayxJSONCodec(payloadName: "data")
        try run("decode.jayx.", VenueFrames.jayx, &report) { try jayx($0, codec, room) }
    }

    /// What has lists is read into the room of the one before, as feeds do.
    private final class Room {
        var partialDepth = BinancePartialDepth()
        var depthChange = BinanceDepthChange()
        var optionDepth = BinanceOptionDepth()
        var book = JayxOrderBook()
        var positions = JayxPositions()
        var orders = JayxOpenOrders()
    }

    /// As the feed of the venue reads them.
    private static func spot(_ bytes: UnsafeBufferPointer<UInt8>, _ room: Room) throws -> Bool {
        guard let message = BinanceOpenedMessage(bytes) else { return false }
        switch (message.kind, message.isList) {
        case (.aggregateTrade, false): return keep(try message.event(BinanceAggregateTrade.self))
        case (.trade, false): return keep(try message.event(BinanceTrade.self))
        case (.kline, false): return keep(try message.event(BinanceKline.self))
        case (.miniTicker, false): return keep(try message.event(BinanceMiniTicker.self))
        case (.miniTicker, true): return keep(try message.miniTickers())
        case (.ticker, false): return keep(try message.event(BinanceTicker.self))
        case (.rollingTicker, false): return keep(try message.event(BinanceRollingTicker.self))
        case (.rollingTicker, true): return keep(try message.rollingTickers())
        case (.spotBookTicker, false): return keep(try message.event(BinanceBookTicker.self))
        case (.partialDepth, false): try message.event(into: &room.partialDepth)
        case (.depth, false): try message.event(into: &room.depthChange)
        default: return false
        }
        return true
    }

    private static func options(_ bytes: UnsafeBufferPointer<UInt8>, _ room: Room) throws -> Bool {
        guard let message = BinanceOpenedMessage(bytes) else { return false }
        switch (message.kind, message.isList) {
        case (.index, false): return keep(try message.event(BinanceIndexPrice.self))
        case (.kline, false): return keep(try message.event(BinanceKline.self))
        case (.markPrice, true): return keep(try message.marks())
        case (.valuation, true): return keep(try message.valuations())
        case (.newOption, false): return keep(try message.event(BinanceNewOption.self))
        case (.openInterest, true): return keep(try message.openInterests())
        case (.wholeDepth, false): try message.event(into: &room.optionDepth)
        case (.optionTicker, false): return keep(try message.event(BinanceOptionTicker.self))
        case (.ticker, false): return keep(try message.event(BinanceOptionStatistics.self))
        case (.trade, false): return keep(try message.event(BinanceOptionTrade.self))
        default: return false
        }
        return true
    }

    private static func jayx(
        _ bytes: UnsafeBufferPointer<UInt8>, _ codec: JayxJSONCodec, _ room: Room
    ) throws -> Bool {
        guard let message = codec.opened(bytes) else { return false }
        switch message.stream {
        case .kline: return keep(try message.event(JayxKline.self))
        case .orderBook: try message.event(into: &room.book)
        case .positions: try message.event(into: &room.positions)
        case .openOrders: try message.event(into: &room.orders)
        }
        return true
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

    /// Measures in turns with orjson, where that is there.
    ///
    /// Both read the same frames, one after the other in the same order, in as many rounds, which alternate. The frames
    /// are in parts of less than a millisecond; of each part the shortest time of all rounds counts, of both alike,
    /// as what disturbs a round makes it longer. So the first rounds, which warm up, do not count. It is the time
    /// that the thread had a processor for.
    private static func measure(
        _ name: String, _ frames: VenueFrames, _ report: inout Report,
        _ decode: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        let size = (frames.ranges.count + partsMax - 1) / partsMax
        let peer = try report.options.peer.map { try DecodePeer($0, frames, part: size) }
        let parts = stride(from: 0, to: frames.ranges.count, by: size).map { start in
            frames.ranges[start..<min(start + size, frames.ranges.count)]
        }
        var ours = Array(
            repeating: Measurement(nanoseconds: .infinity, allocations: .max), count: parts.count)
        var theirs = Array(repeating: Double.infinity, count: parts.count)
        for _ in 0..<(report.options.runs * 10) {
            for (index, part) in parts.enumerated() {
                let next = try Measurement.ofProcessor { try read(part, of: frames, name, decode) }
                ours[index].nanoseconds = min(ours[index].nanoseconds, next.nanoseconds)
                ours[index].allocations = min(ours[index].allocations, next.allocations)
            }
            guard let next = try peer?.run() else { continue }
            guard next.count == parts.count else { throw BenchError("the peer has other parts") }
            for index in parts.indices { theirs[index] = min(theirs[index], next[index]) }
        }
        let count = Double(frames.ranges.count)
        let time = ours.reduce(0) { $0 + $1.nanoseconds }
        let theirTime = theirs.reduce(0, +)
        report.add(name + ".time", time / count, "ns/frame")
        report.add(name + ".speed", Double(frames.bytes.count) / time, "GB/s")
        report.add(
            name + ".allocations", Double(ours.reduce(0) { $0 + $1.allocations }) / count, "per frame")
        if peer != nil {
            report.add(name + ".orjson", theirTime / count, "ns/frame")
            report.add(name + ".ratio", theirTime / time, "times orjson", .aimAtLeast(5))
        }
    }

    /// Parts whose time is taken.
    private static let partsMax = 8

    private static func read(
        _ part: ArraySlice<Range<Int>>, of frames: VenueFrames, _ name: String,
        _ decode: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        try frames.bytes.withUnsafeBufferPointer { bytes in
            for range in part {
                guard try decode(UnsafeBufferPointer(rebasing: bytes[range])) else {
                    throw BenchError("\(name): a frame was not understood")
                }
            }
        }
    }
}
