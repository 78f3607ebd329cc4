import CoinExVenue
import MarketModel
import Quantities
import VenueKit

/// The messages of CoinEx v2, from their bytes to their numbers, plain and packed; beside those of v1.
enum CoinExV2StreamSuite {
    static func run(_ report: inout Report) throws {
        try decode("coinexV2Stream.depth", { .depthsV2(10_000) }, &report)
        try decode("coinexV2Stream.deals", { .dealsV2(20_000) }, &report)
        try decode("coinexV2Stream.own-deals", { .ownDealsV2(20_000) }, &report)
        try decode("coinexV2Stream.orders", { .ordersV2(10_000) }, &report)
    }

    private static func decode(
        _ name: String, _ make: () -> CoinExFrames, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        let frames = make()
        var decoder = CoinExV2StreamDecoder()
        let best = try Measurement.best(of: report.options.runs + 1) {
            try Measurement.of {
                try frames.bytes.withUnsafeBufferPointer { bytes in
                    for range in frames.ranges {
                        guard case .push = try decoder.decode(UnsafeBufferPointer(rebasing: bytes[range]))
                        else { throw BenchError("\(name): a message was not understood") }
                    }
                }
            }
        }
        report.add(
            name + ".speed", Double(frames.bytes.count) / best.nanoseconds, "GB/s", .aimAtLeast(1))
        report.add(name + ".time", best.nanoseconds / Double(frames.ranges.count), "ns/frame")
        report.add(name + ".allocations", Double(best.allocations), "in all frames", .atMost(0))
        try unpack(name, frames, &report)
    }

    /// What unpacking costs on top: the venue packs every message by itself.
    private static func unpack(_ name: String, _ frames: CoinExFrames, _ report: inout Report) throws {
        let packed = frames.packed
        var gunzip = CoinExGunzip()
        let best = try Measurement.best(of: report.options.runs + 1) {
            try Measurement.of {
                for message in packed {
                    try message.withUnsafeBufferPointer { bytes in
                        guard gunzip.plain(bytes) != nil else {
                            throw BenchError("\(name): a message cannot be unpacked")
                        }
                    }
                }
            }
        }
        report.add(name + ".unpacking", best.nanoseconds / Double(packed.count), "ns/frame")
        report.add(name + ".unpacking-allocations", Double(best.allocations), "in all frames", .atMost(0))
    }
}
