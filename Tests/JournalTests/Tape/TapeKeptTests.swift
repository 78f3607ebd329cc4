import Glibc
import TestSupport
import Testing

@testable import Journal

/// Blocks that are kept beside the file of a tape until what they tell of has left.
struct TapeKeptTests {
    let scratch = ScratchFolder()
    var path: String { scratch.file("session.tape") }
    var keptPath: String { path + ".kept" }

    /// Of the tape, with what was kept beside it.
    private func entries() throws -> [String] { try all(TapeReader(path: path)) }

    /// Of the file alone.
    private func written() throws -> [String] { try all(TapeReader(try MappedFile(path))) }

    private func all(_ reader: consuming TapeReader) throws -> [String] {
        var reader = reader
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
        #expect(try entries() == ["one", "two"], "who reads finds what was kept")
        #expect(try written() == ["one"])
        try TapeWriter.writeKept(path)
        #expect(try written() == ["one", "two"])
        // Once.
        try TapeWriter.writeKept(path)
        #expect(try written() == ["one", "two"])
        #expect(try entries() == ["one", "two"])
        let writer = try TapeWriter(resuming: path, policy: .process, keepsBlocks: true)
        #expect(writer.extent.blocks == 2)
        #expect(writer.removedTail == nil)
    }

    @Test func `Blocks that were kept one after the other are written with one call`() throws {
        do {
            var writer = try makeWriter()
            for text in ["one", "two", "three"] {
                try append(text, &writer)
                try writer.keep()
            }
            #expect(writer.extent.blocks == 0)
            #expect(try written() == [])
            try writer.commit()
            #expect(writer.extent.blocks == 3)
            #expect(try written() == ["one", "two", "three"])
            // Room for the next ones, over those that the tape has.
            try append("four", &writer)
            try writer.keep()
        }
        #expect(try written() == ["one", "two", "three"])
        #expect(try entries() == ["one", "two", "three", "four"])
        try TapeWriter.writeKept(path)
        #expect(try written() == ["one", "two", "three", "four"])
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

    @Test func `A kill in the middle of keeping leaves the blocks that were kept before`() throws {
        do {
            var writer = try makeWriter()
            for text in ["one", "two"] {
                try append(text, &writer)
                try writer.keep()
            }
        }
        let bytes = ScratchFolder.read(keptPath)
        let size = TapeFormat.blockHeaderBytes + TapeFormat.entryHeaderBytes + 3
        for offset in size..<2 * size {
            var torn = bytes
            torn[offset] ^= 0xFF
            ScratchFolder.write(torn, keptPath)
            #expect(try entries() == ["one"])
        }
        try TapeWriter.writeKept(path)
        #expect(try written() == ["one"])
    }

    @Test func `A write that was cut short gives way to the blocks that were kept`() throws {
        var whole = 0
        do {
            var writer = try makeWriter()
            try append("one", &writer)
            try writer.commit()
            for text in ["two", "three"] {
                try append(text, &writer)
                try writer.keep()
            }
            whole = writer.extent.bytes
            try writer.commit()
        }
        let bytes = ScratchFolder.read(path)
        for cut in whole..<bytes.count {
            ScratchFolder.write(Array(bytes[..<cut]), path)
            #expect(try entries() == ["one", "two", "three"])
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
        // The tape has lost both: what was kept does not follow on what is left.
        let header = try TapeReader(path: path).extent.bytes
        ScratchFolder.write(Array(ScratchFolder.read(path)[..<header]), path)
        #expect(try entries() == [])
        try TapeWriter.writeKept(path)
        #expect(try entries() == [])
        #expect(rename(other + ".kept", keptPath) == 0)
        #expect(try entries() == [])
        try TapeWriter.writeKept(path)
        #expect(try entries() == [])
    }

    @Test func `A block for which there is no room is written at once, with those before it`() throws {
        do {
            var writer = try makeWriter()
            try append("small", &writer)
            try writer.keep()
            try append(String(repeating: "x", count: BlockKeeper.bytes), &writer)
            try writer.keep()
            #expect(writer.holdsKept == false)
        }
        #expect(try written().count == 2)
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
        #expect(try written() == ["one"])
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
        #expect(try written() == ["one", "two"])
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
