import CoinExVenue
import MarketModel
import Quantities
import VenueKit

/// From the bytes of CoinEx messages to their numbers, and to books whose checksums are right.
enum CoinExStreamSuite {
    static func run(_ report: inout Report) throws {
        try decode("coinexStream.depth", { .depths(10_000) }, &report)
        try decode("coinexStream.deals", { .deals(20_000) }, &report)
        try decode("coinexStream.own-deals", { .deals(20_000, own: true) }, &report)
        try decode("coinexStream.orders", { .orders(10_000) }, &report)
        try decode("coinexStream.assets", { .assets(20_000) }, &report)
        try apply("coinexStream.book", { .books(10_000) }, &report)
    }

    private static func decode(
        _ name: String, _ make: () -> CoinExFrames, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        let frames = make()
        var decoder = CoinExV1StreamDecoder()
        try measure(name, frames, &report) { bytes in
            guard case .push = try decoder.decode(bytes) else {
                throw BenchError("\(name): a message was not understood")
            }
        }
    }

    /// Decodes, applies, checks the checksum and makes the events.
    private static func apply(
        _ name: String, _ make: () -> CoinExFrames, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        let frames = make()
        var table = MarketTable()
        let rules = MarketRules(tick: Price(1), lot: Quantity(1), minimumQuantity: Quantity(1))
        table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        guard let naming = CoinExOrderNaming(bot: "bench", run: 1) else {
            throw BenchError("\(name): no name for orders")
        }
        var feed = CoinExFeed(table, naming)
        var events: [MarketEvent] = []
        var facts: [VenueFact] = []
        let now = Instant(milliseconds: 1_640_000_000_000)
        let prepare = {
            // The next run begins with the whole book, which is older than what the last one left.
            feed.markets.distrustBooks(at: now, into: &events)
        }
        // How much of it is the checksum depends on the size of the book, so there is no aim for the bytes.
        try measure(name, frames, &report, aim: .none, prepare) { bytes in
            events.removeAll(keepingCapacity: true)
            guard case .push(.depth, _) = try feed.receive(bytes, at: now, events: &events, facts: &facts)
            else { throw BenchError("\(name): a book was damaged") }
        }
    }

    private static func measure(
        _ name: String, _ frames: CoinExFrames, _ report: inout Report,
        aim: Figure.Threshold = .aimAtLeast(1), _ prepare: () -> Void = {},
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let best = try Measurement.best(of: report.options.runs + 1) {
            prepare()
            return try Measurement.of {
                try frames.bytes.withUnsafeBufferPointer { bytes in
                    for range in frames.ranges { try body(UnsafeBufferPointer(rebasing: bytes[range])) }
                }
            }
        }
        report.add(name + ".speed", Double(frames.bytes.count) / best.nanoseconds, "GB/s", aim)
        report.add(name + ".time", best.nanoseconds / Double(frames.ranges.count), "ns/frame")
        report.add(name + ".allocations", Double(best.allocations), "in all frames", .atMost(0))
    }
}
