import Configuration
import Glibc
import Journal
import Quantities
import Recordings
import Runtime

/// From what a venue sends to the segments of a capture.
enum RecordSuite {
    private static let rate = 100_000

    static func run(_ report: inout Report) throws {
        if report.options.wants("record.append") { try append(&report) }
        if report.options.wants("record.wire") { try wire(&report) }
    }

    private static func folder() throws -> String {
        var template = Array("/tmp/martlet-bench-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else { throw BenchError("no scratch folder") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func remove(_ folder: String) throws {
        for path in try SegmentFolder.segments(in: folder) { unlink(path) }
        rmdir(folder)
    }

    /// Frames into blocks, compressed and written.
    private static func append(_ report: inout Report) throws {
        let frames = SyntheticFrames.bookTickers(30_000)
        let folder = try folder()
        defer { try? remove(folder) }
        let writer = try SegmentWriter(folder: folder, name: "bench", metadata: [], at: 0)
        var time: Int64 = 0
        let best = try Measurement.best(of: report.options.runs + 1) {
            try Measurement.of {
                try frames.bytes.withUnsafeBytes { bytes in
                    for range in frames.ranges {
                        time += 10_000
                        try writer.append(
                            kind: CaptureKind.frame, channel: 1, time: time,
                            UnsafeRawBufferPointer(rebasing: bytes[range]))
                    }
                }
            }
        }
        try writer.close(at: time)
        report.add("record.append.time", best.nanoseconds / Double(frames.ranges.count), "ns/frame")
        report.add(
            "record.append.size", Double(writer.storedBytes) / Double(writer.recordBytes), "of the frames")
    }

    /// Frames from a socket, for as many seconds as there are runs; what is lost would show.
    private static func wire(_ report: inout Report) throws {
        let folder = try folder()
        defer { try? remove(folder) }
        let spout = try FrameSpout(.bookTickers(30_000), rate: rate)
        defer { spout.close() }
        var settings = SourceSettings(.binance)
        settings.socket = "ws://127.0.0.1:\(spout.port)"
        settings.rest = "http://127.0.0.1:\(spout.port)"
        let recorder = try Recorder(
            [try RecorderInput.input(settings, streams: ["oakusdt@bookTicker"], environment: [:])],
            folder: folder, duration: .seconds(Int64(report.options.runs)), console: SilentConsole()
        ) { false }
        let before = threadNanoseconds()
        let outcome = recorder.perform()
        let busy = Double(threadNanoseconds() - before)
        guard outcome.failure == nil else { throw BenchError("\(String(describing: outcome.failure))") }
        let (sent, dropped) = spout.counts
        var source = try CaptureCount.frames(in: folder)
        // The answer to the subscription.
        source -= 1
        report.add(
            "record.wire.rate", Double(source) / Double(outcome.wallTime.nanoseconds) * 1e9, "frames/s",
            .aimAtLeast(Double(rate) * 0.95))
        report.add(
            "record.wire.core", busy / Double(outcome.wallTime.nanoseconds), "of a core", .aimAtMost(1))
        report.add("record.wire.refused", Double(dropped), "frames", .aimAtMost(0))
        // What was on its way when the recorder ended, 20 ms at most.
        report.add("record.wire.late", Double(sent - source), "frames", .aimAtMost(Double(rate) / 50))
    }

    private static func threadNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// Counts what a capture holds by reading all of it.
private enum CaptureCount {
    static func frames(in folder: String) throws -> Int {
        var count = 0
        for path in try SegmentFolder.segments(in: folder) {
            let reader = try SegmentReader(path)
            while let record = reader.next() { count += record.kind == CaptureKind.frame ? 1 : 0 }
            guard reader.holes == 0 else { throw BenchError("\(path) is damaged") }
        }
        return count
    }
}
