import TestSupport
import Testing

@testable import Journal

struct TapeDamageTests {
    let scratch = try! ScratchFolder()
    var path: String { scratch.file("damaged") }

    /// A sample tape as bytes, with the ends of its header and blocks.
    func sample(_ blocks: [[Entry]] = sampleBlocks) throws -> (bytes: [UInt8], ends: [Int]) {
        let path = scratch.file("sample \(blocks.count)")
        let ends = try makeTape(path, blocks)
        return (try contents(of: path), ends)
    }

    func reading(_ bytes: [UInt8]) throws -> Reading {
        try write(bytes, to: path)
        return Reading(path)
    }

    @Test func `every flipped bit is noticed and nothing wrong is delivered`() throws {
        let (bytes, ends) = try sample()
        let lastBlock = ends.count - 2
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let reading = try reading(flipped)
            guard bit / 8 >= ends[0] else {
                #expect(reading.error != nil && reading.entries == [], "bit \(bit)")
                continue
            }
            let block = ends.lastIndex { $0 <= bit / 8 }!
            #expect(reading.entries == sampleBlocks[..<block].flatMap { $0 }, "bit \(bit)")
            #expect(reading.fault?.good.bytes == ends[block], "bit \(bit)")
            #expect(reading.fault?.good.blocks == UInt64(block), "bit \(bit)")
            #expect(reading.fault?.refusedBytes == bytes.count - ends[block], "bit \(bit)")
            // In the last block a flipped bit cannot be told from a write that did not finish.
            #expect((reading.error == nil) == (block == lastBlock), "bit \(bit)")
        }
    }

    @Test func `damage stays an error and cannot be continued`() throws {
        var (bytes, ends) = try sample()
        bytes[ends[1] + 30] ^= 0x10
        try write(bytes, to: path)
        var reader = try TapeReader(path: path)
        _ = try reader.next()
        _ = try reader.next()
        let fault = TapeFault(
            reason: .wrongChecksum, good: TapeExtent(blocks: 1, entries: 2, bytes: ends[1]),
            refusedBytes: bytes.count - ends[1])
        for _ in 0..<3 {
            #expect(throws: TapeError.damaged(fault, path: path)) { _ = try reader.next() }
        }
        #expect(throws: TapeError.damaged(fault, path: path)) {
            _ = try TapeWriter(resuming: path, policy: .process)
        }
        #expect(try contents(of: path) == bytes, "a damaged tape is left as it is")
    }

    @Test func `exchanged, repeated and missing blocks are damage`() throws {
        let (bytes, ends) = try sample()
        let header = Array(bytes[..<ends[0]])
        let blocks = (0..<4).map { Array(bytes[ends[$0]..<ends[$0 + 1]]) }
        func fault(_ order: [Int]) throws -> TapeFault.Reason? {
            try reading(header + order.flatMap { blocks[$0] }).fault?.reason
        }
        #expect(try fault([0, 1, 2, 3]) == nil)
        #expect(try fault([0, 2, 1, 3]) == .wrongSequence(found: 3))
        #expect(try fault([0, 1, 3]) == .wrongSequence(found: 4))
        #expect(try fault([1, 2, 3]) == .wrongSequence(found: 2))
        #expect(try fault([0, 0, 1, 2, 3]) == .wrongSequence(found: 1))
        #expect(try fault([0, 1, 2, 3, 3]) == .wrongSequence(found: 4))
        #expect(try reading(header + blocks[0] + blocks[0]).error != nil, "not a torn tail")
    }

    @Test func `a block of another tape is no block`() throws {
        let (bytes, ends) = try sample()
        let otherPath = scratch.file("other")
        var other = try TapeWriter(
            creating: otherPath, metadata: Array("run 8".utf8), policy: .process)
        try other.appendBlocks(sampleBlocks)
        let foreign = try contents(of: otherPath)
        #expect(foreign.count == bytes.count)
        let mixed = Array(bytes[..<ends[1]] + foreign[ends[1]...])
        let reading = try reading(mixed)
        #expect(reading.entries == sampleBlocks[0])
        #expect(reading.fault?.reason == .wrongChecksum)
    }

    @Test func `a block of the right number behind another predecessor is damage`() throws {
        let (bytes, ends) = try sample()
        var changed = sampleBlocks
        changed[1] = [Entry(1, "frame 222")]
        let otherPath = scratch.file("changed")
        try makeTape(otherPath, changed)
        let other = try contents(of: otherPath)
        let mixed = Array(other[..<ends[2]] + bytes[ends[2]...])
        #expect(try reading(mixed).fault?.reason == .brokenChain)
        #expect(try reading(mixed).error != nil)
    }

    @Test func `a recorded block inside a torn block does not make it damage`() throws {
        // Someone may send us the bytes of a tape: of another one, since ours is not known outside.
        let path = scratch.file("outer")
        let (inner, ends) = try sample()
        let later = Array(inner[ends[2]...])
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        try writer.appendBlocks([[Entry(1, "before")]])
        let good = writer.extent.bytes
        let place = try writer.reserve(kind: 1, byteCount: later.count)
        place.copyBytes(from: later)
        try writer.commit()
        let whole = try contents(of: path)
        let reading = try reading(Array(whole.dropLast()))
        #expect(reading.error == nil)
        #expect(reading.fault?.good.bytes == good)
        #expect(reading.fault?.reason == .cutPayload)
    }

    @Test func `entries that do not fill their block are damage`() throws {
        let (bytes, ends) = try sample()
        let seed = try TapeReader(path: scratch.file("sample 4")).seed
        // The length of the only entry of the second block is wrong, the checksum right.
        for wrong: UInt8 in [8, 10, 200] {
            var forged = Array(bytes[..<ends[2]])
            forged[ends[1] + 24] = wrong
            let sum = forged.withUnsafeBytes {
                TapeBlock.checksum(
                    head: UnsafeRawBufferPointer(rebasing: $0[ends[1]..<ends[1] + 20]),
                    payload: UnsafeRawBufferPointer(rebasing: $0[(ends[1] + 24)...]), seed: seed)
            }
            withUnsafeBytes(of: sum.littleEndian) {
                forged.replaceSubrange(ends[1] + 20..<ends[1] + 24, with: $0)
            }
            let reading = try reading(forged)
            #expect(reading.entries == sampleBlocks[0])
            #expect(reading.fault?.reason == .malformedEntries)
            #expect(reading.error != nil)
        }
    }

    @Test func `every reason is told in words with its place`() throws {
        let fault = TapeFault(
            reason: .wrongSequence(found: 9),
            good: TapeExtent(blocks: 2, entries: 5, bytes: 120), refusedBytes: 44)
        #expect(
            TapeError.damaged(fault, path: "run/session.tape").description
                == "run/session.tape is damaged at byte 120: the block is number 9, not the next one"
                + " (2 blocks with 5 entries are good, 44 bytes are not)")
    }
}
