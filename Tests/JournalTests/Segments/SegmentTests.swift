import Glibc
import Journal
import TestSupport
import Testing

/// Logs of segments: what was written is read, whatever happened in between.
struct SegmentTests {
    private let scratch = ScratchFolder()

    private struct Entry: Equatable {
        var kind: UInt8
        var channel: UInt32
        var time: Int64
        var text: String
    }

    private func writer(at now: Int64 = 0, _ change: (inout SegmentSettings) -> Void = { _ in }) throws
        -> SegmentWriter
    {
        var settings = SegmentSettings()
        change(&settings)
        return try SegmentWriter(
            folder: scratch.file("log"), name: "venue", metadata: Array("about".utf8), settings: settings,
            at: now)
    }

    private func append(_ writer: SegmentWriter, _ entry: Entry) throws {
        var text = entry.text
        try text.withUTF8 {
            try writer.append(
                kind: entry.kind, channel: entry.channel, time: entry.time, UnsafeRawBufferPointer($0))
        }
    }

    private func entries(_ count: Int, from first: Int = 0) -> [Entry] {
        var entries: [Entry] = []
        for number in first..<first + count {
            let kind = UInt8(number % 4 + 1)
            let channel = UInt32(number % 7)
            entries.append(
                Entry(kind: kind, channel: channel, time: Int64(number), text: "frame number \(number)"))
        }
        return entries
    }

    private func read(_ path: String) throws -> (entries: [Entry], reader: SegmentReader) {
        let reader = try SegmentReader(path)
        var entries: [Entry] = []
        while let record = reader.next() {
            entries.append(
                Entry(
                    kind: record.kind, channel: record.channel, time: record.time,
                    text: String(decoding: record.bytes, as: UTF8.self)))
        }
        return (entries, reader)
    }

    private var paths: [String] {
        ScratchFolder.names(in: scratch.file("log")).map { scratch.file("log/\($0)") }
    }

    @Test func `what was written is read, and the log says that it was closed`() throws {
        let written = entries(1_000)
        let writer = try writer { $0.blockBytes = 4_096 }
        for entry in written { try append(writer, entry) }
        try writer.close(at: 1_000)
        #expect(paths.map { $0.split(separator: "/").last } == ["venue-000001.capture"])
        let (read, reader) = try read(paths[0])
        #expect(read == written)
        #expect(reader.end == .closed && reader.holes == 0 && reader.blocks > 3)
        #expect(reader.metadata == Array("about".utf8))
        #expect(writer.storedBytes == ScratchFolder.size(paths[0]))
        #expect(writer.storedBytes < writer.recordBytes)
    }

    @Test func `segments have a size, and follow each other`() throws {
        let written = entries(5_000)
        let writer = try writer {
            $0.blockBytes = 1_024
            $0.segmentBytes = 8_192
        }
        for entry in written { try append(writer, entry) }
        try writer.close(at: 5_000)
        #expect(paths.count > 2)
        var all: [Entry] = []
        for (index, path) in paths.enumerated() {
            let (read, reader) = try read(path)
            all += read
            #expect(reader.end == (index == paths.count - 1 ? .closed : .continued))
            #expect(reader.segment == UInt64(index + 1))
            #expect(ScratchFolder.size(path) < 10_000)
        }
        #expect(all == written)
    }

    @Test func `a record that is larger than a block has one of its own`() throws {
        let large = Entry(kind: 1, channel: 0, time: 2, text: String(repeating: "0123456789", count: 5_000))
        let written = [entries(1)[0], large, entries(1, from: 3)[0]]
        let writer = try writer { $0.blockBytes = 256 }
        for entry in written { try append(writer, entry) }
        try writer.close(at: 9)
        #expect(try read(paths[0]).entries == written)
    }

    @Test func `a file that was cut anywhere is read up to the cut, and says so`() throws {
        let written = entries(300)
        let writer = try writer { $0.blockBytes = 1_024 }
        for entry in written { try append(writer, entry) }
        try writer.close(at: 300)
        let bytes = ScratchFolder.read(paths[0])
        for length in stride(from: 60, to: bytes.count, by: 97) {
            let cut = scratch.write(Array(bytes[..<length]), "cut.capture")
            let (read, reader) = try read(cut)
            #expect(read == Array(written[..<read.count]))
            guard case .torn = reader.end else {
                Issue.record("cut to \(length): \(String(describing: reader.end))")
                continue
            }
        }
    }

    @Test func `a damaged block is left out, and what is behind it is behind a hole`() throws {
        let written = entries(300)
        let writer = try writer { $0.blockBytes = 1_024 }
        for entry in written { try append(writer, entry) }
        try writer.close(at: 300)
        var bytes = ScratchFolder.read(paths[0])
        bytes[bytes.count / 2] ^= 0x10
        let (read, reader) = try read(scratch.write(bytes, "damaged.capture"))
        #expect(reader.holes == 1 && reader.end == .closed)
        #expect(read.count < written.count && read.count > 200)
        #expect(read.allSatisfy { written.contains($0) })
    }

    @Test func `a log that was cut short is gone on with in a new segment`() throws {
        var first: SegmentWriter? = try writer { $0.blockBytes = 1_024 }
        for entry in entries(200) { try append(first!, entry) }
        // What is in memory is lost, as with a kill.
        first = nil
        let second = try writer(at: 1_000)
        let resumed = try #require(second.resumed)
        guard case .torn(bytes: 0) = resumed.end else {
            Issue.record("\(resumed.end)")
            return
        }
        let last = try #require(resumed.lastTime)
        #expect(last > 150 && last < 200)
        try append(second, entries(1)[0])
        try second.close(at: 2_000)
        #expect(paths.count == 2)
        #expect(try read(paths[1]).reader.end == .closed)
    }

    @Test func `two writers of one log are one too many`() throws {
        let first = try writer()
        #expect(throws: SegmentError.self) { try writer() }
        try first.close(at: 1)
    }

    @Test func `records wait in memory no longer than they may`() throws {
        let writer = try writer { $0.blockAge = 10 }
        try append(writer, entries(1)[0])
        #expect(writer.nextDue == 10)
        try writer.advance(to: 9)
        #expect(try read(paths[0]).entries.isEmpty)
        try writer.advance(to: 10)
        #expect(try read(paths[0]).entries.count == 1)
    }

    @Test func `bytes that are no log are refused`() throws {
        let text = scratch.write("these are the words of something else", "a.capture")
        #expect(throws: SegmentError.notASegment(path: text)) { try SegmentReader(text) }
        let empty = scratch.write("", "b.capture")
        #expect(throws: SegmentError.notASegment(path: empty)) { try SegmentReader(empty) }
    }
}
