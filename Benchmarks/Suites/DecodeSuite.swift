import BinanceVenue

/// From the bytes of a frame to its numbers.
enum DecodeSuite {
    static func run(_ report: inout Report) throws {
        try run("decode.bookTicker", { .bookTickers(30_000) }, &report)
        try run("decode.trade", { .trades(30_000) }, &report)
        try run("decode.depth", { .depths(10_000) }, &report)
    }

    private static func run(
        _ name: String, _ make: () -> SyntheticFrames, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        let frames = make()
        var decoder = BinanceFrameDecoder()
        let best = try Measurement.best(of: report.options.runs + 1) {
            try Measurement.of {
                try frames.bytes.withUnsafeBufferPointer { bytes in
                    for range in frames.ranges {
                        let kind = try decoder.decode(UnsafeBufferPointer(rebasing: bytes[range]))
                        guard kind != .other else { throw BenchError("\(name): a frame was not understood") }
                    }
                }
            }
        }
        let bytes = Double(frames.bytes.count)
        let count = Double(frames.ranges.count)
        report.add(name + ".speed", bytes / best.nanoseconds, "GB/s", .aimAtLeast(1))
        report.add(name + ".time", best.nanoseconds / count, "ns/frame")
        report.add(name + ".allocations", Double(best.allocations), "in all frames", .atMost(0))
    }
}
