import Glibc
import Testing

@testable import Journal

/// An entry as a value.
struct Entry: Equatable {
    var kind: UInt8
    var bytes: [UInt8]

    init(_ kind: UInt8, _ text: String) {
        self.kind = kind
        bytes = Array(text.utf8)
    }

    init(_ entry: TapeEntry) {
        kind = entry.kind
        bytes = Array(entry.bytes)
    }
}

/// Four blocks, with empty entries, equal entries and bytes that look like nothing else.
let sampleBlocks: [[Entry]] = [
    [Entry(1, "frame one"), Entry(2, "")],
    [Entry(1, "frame two")],
    [Entry(0, "x"), Entry(255, "\u{FFFD}\u{0}"), Entry(1, "frame two")],
    [Entry(3, "the end")],
]

extension TapeWriter {
    mutating func append(_ entry: Entry) throws(TapeError) {
        let place = try reserve(kind: entry.kind, byteCount: entry.bytes.count)
        place.copyBytes(from: entry.bytes)
    }

    mutating func appendBlocks(_ blocks: [[Entry]]) throws(TapeError) {
        for block in blocks {
            for entry in block { try append(entry) }
            try commit()
        }
    }
}

/// Writes a tape; returns the offsets in the file at which its blocks end, the header's end first.
@discardableResult
func makeTape(_ path: String, _ blocks: [[Entry]] = sampleBlocks) throws -> [Int] {
    var writer = try TapeWriter(creating: path, metadata: Array("run 7".utf8), policy: .process)
    var ends = [writer.extent.bytes]
    for block in blocks {
        try writer.appendBlocks([block])
        ends.append(writer.extent.bytes)
    }
    return ends
}

/// What a reader makes of a file: all entries up to the end or the error.
struct Reading: Equatable {
    var entries: [Entry] = []
    var end: TapeEnd?
    var error: TapeError?
    var good = TapeExtent()

    init(_ path: String) {
        do {
            var reader = try TapeReader(path: path)
            do {
                while let entry = try reader.next() { entries.append(Entry(entry)) }
                end = reader.end
            } catch {
                self.error = error
            }
            good = reader.extent
        } catch {
            self.error = error
        }
    }

    /// The fault at which reading stopped, torn or damaged.
    var fault: TapeFault? {
        if case .torn(let fault) = end { return fault }
        if case .damaged(let fault, path: _) = error { return fault }
        return nil
    }
}
