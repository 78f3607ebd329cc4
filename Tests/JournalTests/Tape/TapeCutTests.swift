import TestSupport
import Testing

@testable import Journal

struct TapeCutTests {
    let scratch = try! ScratchFolder()

    @Test func `after a cut at any byte the blocks before it are there and nothing else`() throws {
        let ends = try makeTape(scratch.file("whole"))
        let whole = try contents(of: scratch.file("whole"))
        let path = scratch.file("cut")
        for length in 0...whole.count {
            try write(whole[..<length], to: path)
            let reading = Reading(path)
            if length < ends[0] {
                #expect(reading.error == .tornHeader(path: path), "cut at \(length)")
                continue
            }
            let blocks = ends.lastIndex { $0 <= length }!
            #expect(reading.error == nil, "cut at \(length)")
            #expect(reading.entries == sampleBlocks[..<blocks].flatMap { $0 }, "cut at \(length)")
            let good = TapeExtent(
                blocks: UInt64(blocks), entries: UInt64(reading.entries.count), bytes: ends[blocks])
            #expect(reading.good == good, "cut at \(length)")
            if length == ends[blocks] {
                #expect(reading.end == .clean, "cut at \(length)")
            } else {
                let rest = length - ends[blocks]
                let reason: TapeFault.Reason = rest < 24 ? .cutHeader : .cutPayload
                let fault = TapeFault(reason: reason, good: good, refusedBytes: rest)
                #expect(reading.end == .torn(fault), "cut at \(length)")
            }
        }
    }

    @Test func `a tape cut at any byte can be continued`() throws {
        let ends = try makeTape(scratch.file("whole"))
        let whole = try contents(of: scratch.file("whole"))
        for length in ends[0]...whole.count {
            let path = scratch.file("cut at \(length)")
            try write(whole[..<length], to: path)
            var writer = try TapeWriter(resuming: path, policy: .process)
            let blocks = ends.lastIndex { $0 <= length }!
            #expect(writer.extent.bytes == ends[blocks])
            #expect((writer.removedTail?.refusedBytes ?? 0) == length - ends[blocks])
            try writer.appendBlocks([[Entry(9, "continued")], [Entry(9, "and on")]])
            let expected =
                sampleBlocks[..<blocks].flatMap { $0 }
                + [Entry(9, "continued"), Entry(9, "and on")]
            let reading = Reading(path)
            #expect(reading.entries == expected, "cut at \(length)")
            #expect(reading.end == .clean, "cut at \(length)")
        }
    }

    @Test func `zeros at the end, as a power cut leaves them, are a torn tail`() throws {
        let ends = try makeTape(scratch.file("tape"))
        let whole = try contents(of: scratch.file("tape"))
        for zeros in [1, 23, 24, 4_096] {
            try write(whole + [UInt8](repeating: 0, count: zeros), to: scratch.file("zeros"))
            let reading = Reading(scratch.file("zeros"))
            #expect(reading.entries == sampleBlocks.flatMap { $0 })
            #expect(reading.fault?.good.bytes == ends[4])
            #expect(reading.fault?.refusedBytes == zeros)
            #expect(reading.error == nil)
        }
    }

    @Test func `a torn header cannot be continued`() throws {
        try makeTape(scratch.file("whole"))
        let path = scratch.file("cut")
        try write(contents(of: scratch.file("whole"))[..<12], to: path)
        #expect(throws: TapeError.tornHeader(path: path)) {
            _ = try TapeWriter(resuming: path, policy: .process)
        }
    }

    @Test func `a tape has one writer at a time`() throws {
        let path = scratch.file("tape")
        try makeTape(path)
        do {
            let first = try TapeWriter(resuming: path, policy: .process)
            #expect(throws: TapeError.inUse(path: path)) {
                _ = try TapeWriter(resuming: path, policy: .process)
            }
            #expect(first.extent.blocks == 4)
        }
        let second = try TapeWriter(resuming: path, policy: .process)
        #expect(second.extent.blocks == 4)
        #expect(second.removedTail == nil)
    }
}
