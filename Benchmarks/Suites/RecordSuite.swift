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

    private static func remove(_ folder: String) throws {
        for path in try SegmentFolder.segments(in: folder) { unlink(path) }
        rmdir(folder)
    }

    /// Frames into blocks, compressed and written.
    private static func append(_ report: inout Report) throws {
        let frames = SyntheticFrames.bookTickers(30_000)
        let folder = try ScratchFolder.make()
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

    /// Frames from a socket, for as many seconds as there are runs. What was recorded is read again, and compared with
    /// what was sent, frame by frame and byte by byte.
    ///
    /// The recorder, with all of its threads, has one core; the sender is on another one.
    private static func wire(_ report: inout Report) throws {
        let folder = try ScratchFolder.make()
        defer { try? remove(folder) }
        try OneCore.keep()
        defer { OneCore.leave() }
        let frames = SyntheticFrames.bookTickers(30_000)
        let limit = rate * report.options.runs
        let spout = try FrameSpout(frames, rate: rate, limit: limit)
        defer { spout.close() }
        var settings = SourceSettings(.binance)
        settings.socket = "ws://127.0.0.1:\(spout.port)"
        settings.rest = "http://127.0.0.1:\(spout.port)"
        // It looks up twenty times a second, and ends in the second behind the last frame.
        var looks = 0
        let recorder = try Recorder(
            [try RecorderInput.input(settings, streams: ["oakusdt@bookTicker"], environment: [:])],
            folder: folder, duration: .seconds(Int64(report.options.runs) + 30), console: SilentConsole()
        ) {
            let (sent, dropped) = spout.counts
            looks += sent + dropped >= limit ? 1 : 0
            return looks == 20
        }
        let before = threadNanoseconds()
        let outcome = recorder.perform()
        let busy = Double(threadNanoseconds() - before)
        guard outcome.failure == nil else { throw BenchError("\(String(describing: outcome.failure))") }
        let (sent, dropped) = spout.counts
        let capture = try CaptureCheck(folder, frames)
        report.add(
            "record.wire.rate", Double(capture.frames - 1) / Double(capture.nanoseconds) * 1e9, "frames/s",
            .aimAtLeast(Double(rate) * 0.999))
        report.add("record.wire.frames", Double(capture.frames), "frames")
        report.add("record.wire.lost", Double(sent + dropped - capture.frames), "frames", .atMost(0))
        report.add("record.wire.changed", Double(capture.changed), "frames", .atMost(0))
        report.add("record.wire.refused", Double(dropped), "frames", .atMost(0))
        report.add("record.wire.bytes", Double(capture.bytes), "bytes")
        report.add("record.wire.stored", Double(capture.stored), "bytes")
        report.add("record.wire.segments", Double(capture.segments), "files")
        report.add("record.wire.processor", busy / 1e9, "seconds")
        report.add("record.wire.core", busy / Double(capture.nanoseconds), "of a core", .aimAtMost(1))
    }

    private static func threadNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// What a capture holds, all of it read and compared with the frames that were sent over and over.
private struct CaptureCheck {
    var frames = 0
    /// Frames that differ from what was sent at their place: what is lost in the middle shows here.
    var changed = 0
    var bytes = 0
    var stored = 0
    var segments = 0
    private var firstTime: Int64 = 0
    private var lastTime: Int64 = 0

    /// From the first frame to the last.
    var nanoseconds: Int64 { lastTime - firstTime }

    init(_ folder: String, _ sent: SyntheticFrames) throws {
        var isAnswered = false
        for path in try SegmentFolder.segments(in: folder) {
            let reader = try SegmentReader(path)
            while let record = reader.next() {
                guard record.kind == CaptureKind.frame else { continue }
                // The answer to the subscription comes first.
                if isAnswered { note(record, sent) } else { isAnswered = true }
            }
            guard reader.holes == 0 else { throw BenchError("\(path) is damaged") }
            segments += 1
            var status = stat()
            if stat(path, &status) == 0 { stored += Int(status.st_size) }
        }
    }

    private mutating func note(_ record: SegmentRecord, _ sent: SyntheticFrames) {
        if frames == 0 { firstTime = record.time }
        lastTime = record.time
        let expected = sent.bytes[sent.ranges[frames % sent.ranges.count]]
        changed += expected.elementsEqual(record.bytes) ? 0 : 1
        frames += 1
        bytes += record.bytes.count
    }
}
