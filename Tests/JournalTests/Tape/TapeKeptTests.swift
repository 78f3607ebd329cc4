import Glibc
import TestSupport
import Testing

@testable import Journal

/// Blocks that are kept beside the file of a tape until what they tell of has left.
struct TapeKeptTests {
    let scratch = ScratchFolder()
    var path: String { scratch.file("session.tape") }
    var keptPath: String { path + ".kept" }

    private func entries() throws -> [String] {
        var reader = try TapeReader(path: path)
        var entries: [String] = []
        while let entry = try reader.next() { entries.append(String(decoding: entry.bytes, as: UTF8.self)) }
        return entries
    }

    private func makeWriter() throws -> TapeWriter {
        try TapeWriter(creating: path, metadata: [], policy: .process, keepsBlocks: true)
    }

    private func append(_ text: String, _ writer: inout TapeWriter) throws {
        var text = text
        try text.withUTF8 { try writer.append(kind: 1, UnsafeRawBufferPointer($0)) }
    }

    @Test func `What was kept and not written when the process was killed is on the tape afterwards`() throws
    {
        do {
            var writer = try makeWriter()
            try append("one", &writer)
            try writer.commit()
            try append("two", &writer)
            try writer.keep()
            #expect(writer.holdsKept == true)
            // Here the process is killed: what was not kept is lost.
            try append("three", &writer)
        }
        #expect(try entries() == ["one"])
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one", "two"])
        // Once.
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one", "two"])
        let writer = try TapeWriter(resuming: path, policy: .process, keepsBlocks: true)
        #expect(writer.extent.blocks == 2)
        #expect(writer.removedTail == nil)
    }

    @Test func `A block that was kept twice counts as it was kept last`() throws {
        do {
            var writer = try makeWriter()
            for text in ["one", "two", "three"] {
                try append(text, &writer)
                try writer.keep()
            }
        }
        #expect(try entries() == [])
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one", "two", "three"])
    }

    @Test func `What the tape has already is not written again`() throws {
        do {
            var writer = try makeWriter()
            for text in ["one", "two", "three"] {
                try append(text, &writer)
                try writer.keep()
                try writer.commit()
                #expect(writer.holdsKept == false)
            }
        }
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one", "two", "three"])
    }

    @Test(arguments: [true, false])
    func `A kill in the middle of keeping leaves the block that was kept before`(isSecondDamaged: Bool) throws
    {
        do {
            var writer = try makeWriter()
            for text in ["one", "two"] {
                try append(text, &writer)
                try writer.keep()
            }
        }
        var bytes = ScratchFolder.read(keptPath)
        // The payload of one of the two places.
        bytes[(isSecondDamaged ? BlockKeeper.placeBytes : 0) + TapeFormat.blockHeaderBytes + 5] ^= 0xFF
        ScratchFolder.write(bytes, keptPath)
        try TapeWriter.writeKept(path)
        #expect(try entries() == (isSecondDamaged ? ["one"] : ["one", "two"]))
    }

    @Test func `A write that was cut short gives way to the block that was kept`() throws {
        var whole = 0
        do {
            var writer = try makeWriter()
            try append("one", &writer)
            try writer.commit()
            try append("two", &writer)
            try writer.keep()
            whole = writer.extent.bytes
            try writer.commit()
        }
        let bytes = ScratchFolder.read(path)
        for cut in whole..<bytes.count {
            ScratchFolder.write(Array(bytes[..<cut]), path)
            try TapeWriter.writeKept(path)
            #expect(ScratchFolder.read(path) == bytes)
        }
    }

    @Test func `What was kept of another tape, or of another place, is let be`() throws {
        let other = scratch.file("other.tape")
        do {
            var writer = try TapeWriter(
                creating: other, metadata: [7], policy: .process, keepsBlocks: true)
            try append("strange", &writer)
            try writer.keep()
        }
        do {
            var writer = try makeWriter()
            for text in ["one", "two"] {
                try append(text, &writer)
                try writer.keep()
                try writer.commit()
            }
        }
        // The tape has lost both: of what was kept only the next one belongs there.
        let header = try TapeReader(path: path).extent.bytes
        ScratchFolder.write(Array(ScratchFolder.read(path)[..<header]), path)
        #expect(rename(other + ".kept", scratch.file("aside")) == 0)
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one"])
        #expect(rename(scratch.file("aside"), keptPath) == 0)
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one"])
    }

    @Test func `A block that is too large to be kept is written at once`() throws {
        do {
            var writer = try makeWriter()
            try append(String(repeating: "x", count: BlockKeeper.placeBytes), &writer)
            try writer.keep()
            #expect(writer.holdsKept == false)
        }
        #expect(try entries().count == 1)
    }

    @Test func `Where every block waits for the disk nothing is kept`() throws {
        do {
            var writer = try TapeWriter(
                creating: path, metadata: [], policy: .power, keepsBlocks: true)
            try append("one", &writer)
            try writer.keep()
            #expect(writer.holdsKept == false)
        }
        #expect(access(keptPath, F_OK) != 0)
        #expect(try entries() == ["one"])
    }

    @Test func `A tape that has all leaves nothing beside it`() throws {
        var writer = try makeWriter()
        try append("one", &writer)
        try writer.keep()
        try writer.commit()
        writer.endKeeping()
        #expect(access(keptPath, F_OK) != 0)
        // It goes on all the same.
        try append("two", &writer)
        try writer.keep()
        #expect(try entries() == ["one", "two"])
    }

    @Test func `A file in place of the room, such as an empty one, is let be`() throws {
        do {
            var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
            try append("one", &writer)
            try writer.commit()
        }
        ScratchFolder.write([], keptPath)
        try TapeWriter.writeKept(path)
        #expect(try entries() == ["one"])
    }
}
