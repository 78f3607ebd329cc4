import Glibc
import TestSupport
import Testing

@testable import Journal

struct TapeRoundTripTests {
    let scratch = try! ScratchFolder()
    var path: String { scratch.file("session.tape") }

    @Test func `what was committed comes back in order`() throws {
        let ends = try makeTape(path)
        let reading = Reading(path)
        #expect(reading.entries == sampleBlocks.flatMap { $0 })
        #expect(reading.end == .clean)
        #expect(reading.good == TapeExtent(blocks: 4, entries: 7, bytes: ends[4]))
        #expect(try contents(of: path).count == ends[4])
    }

    @Test func `the metadata come back`() throws {
        try makeTape(path)
        #expect(try TapeReader(path: path).metadata == Array("run 7".utf8))
    }

    @Test func `a tape without blocks is clean`() throws {
        try makeTape(path, [])
        #expect(Reading(path).end == .clean)
        #expect(Reading(path).entries == [])
    }

    @Test func `a commit without entries writes nothing`() throws {
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        let before = try contents(of: path)
        try writer.commit()
        #expect(try contents(of: path) == before)
    }

    @Test func `what was not committed is not on the tape`() throws {
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        try writer.appendBlocks([[Entry(1, "told")]])
        try writer.append(Entry(1, "untold"))
        #expect(Reading(path).entries == [Entry(1, "told")])
        #expect(writer.pendingBytes == 10)
    }

    @Test func `closing commits`() throws {
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        try writer.append(Entry(1, "last words"))
        try writer.close()
        #expect(Reading(path).entries == [Entry(1, "last words")])
    }

    @Test func `the power policy writes the same bytes`() throws {
        try makeTape(path)
        let other = scratch.file("power.tape")
        var writer = try TapeWriter(
            creating: other, metadata: Array("run 7".utf8), policy: .power)
        try writer.appendBlocks(sampleBlocks)
        #expect(try contents(of: other) == contents(of: path))
    }

    @Test func `only the owner may read and write a tape`() throws {
        try makeTape(path)
        #expect(try permissions(of: path) == 0o600)
    }

    @Test func `the largest entry fits, a larger one is refused and the writer goes on`() throws {
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        let largest = [UInt8](repeating: 0xA5, count: TapeFormat.entryBytesMax)
        try largest.withUnsafeBytes { try writer.append(kind: 1, $0) }
        let tooLarge = TapeFormat.entryBytesMax + 1
        #expect(throws: TapeError.entryTooLarge(byteCount: tooLarge)) {
            _ = try writer.reserve(kind: 1, byteCount: tooLarge)
        }
        #expect(throws: TapeError.entryTooLarge(byteCount: -1)) {
            _ = try writer.reserve(kind: 1, byteCount: -1)
        }
        try writer.append(Entry(2, "after"))
        try writer.commit()
        var reader = try TapeReader(path: path)
        let first = try #require(try reader.next())
        #expect(first.bytes.elementsEqual(largest))
        #expect(try reader.next().map { Entry($0) } == Entry(2, "after"))
        #expect(try reader.next() == nil)
        #expect(reader.extent.blocks == 2, "the second entry did not fit beside the first")
    }

    @Test func `the memory of a block is used again`() throws {
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        let first = try writer.reserve(kind: 1, byteCount: 100).baseAddress
        for _ in 0..<1_000 { _ = try writer.reserve(kind: 1, byteCount: 100) }
        try writer.commit()
        #expect(try writer.reserve(kind: 1, byteCount: 100).baseAddress == first)
    }

    @Test func `a tape can be read while it is written`() throws {
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        try writer.appendBlocks([[Entry(1, "one")]])
        #expect(Reading(path).entries == [Entry(1, "one")])
        try writer.appendBlocks([[Entry(1, "two")]])
        #expect(Reading(path).entries == [Entry(1, "one"), Entry(1, "two")])
    }

    @Test func `an existing file is not overwritten`() throws {
        try makeTape(path)
        let before = try contents(of: path)
        let error = TapeError.file(FileError(.create, path, code: EEXIST))
        #expect(throws: error) {
            _ = try TapeWriter(creating: path, metadata: [], policy: .process)
        }
        #expect(try contents(of: path) == before)
    }

    @Test func `metadata have a limit`() throws {
        let most = [UInt8](repeating: 1, count: TapeFormat.metadataBytesMax)
        _ = try TapeWriter(creating: path, metadata: most, policy: .process)
        #expect(try TapeReader(path: path).metadata == most)
        #expect(throws: TapeError.metadataTooLarge(byteCount: most.count + 1)) {
            _ = try TapeWriter(
                creating: scratch.file("other"), metadata: most + [1], policy: .process)
        }
    }

    @Test func `a missing file, a directory and a foreign file are told apart`() throws {
        let missing = scratch.file("missing")
        #expect(Reading(missing).error == .file(FileError(.open, missing, code: ENOENT)))
        let directory = scratch.path
        #expect(Reading(directory).error == .file(FileError(.open, directory, code: EISDIR)))
        try write("MARTIAN\n and more".utf8, to: path)
        #expect(Reading(path).error == .notATape(path: path))
    }

    @Test func `a later format is refused by its number`() throws {
        try makeTape(path)
        var bytes = try contents(of: path)
        bytes[8] = 2
        try write(bytes, to: path)
        #expect(Reading(path).error == .unsupportedVersion(2, path: path))
    }
}
