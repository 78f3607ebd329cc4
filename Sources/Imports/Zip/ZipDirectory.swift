/// Reads the directory of an archive: where every entry stands, and that none of it can do harm.
///
/// Nothing is unpacked to disk, so that the names of entries never become paths; they are judged all the same, as
/// an archive with such names is not what it pretends to be. What is refused: parts of several disks, encryption,
/// methods other than stored and deflate, entries that overlap, more than `entriesMax` entries, an entry that
/// claims to grow by more than `ratioMax`. Zip64 is read.
package enum ZipDirectory {
    /// The most entries of an archive; more are refused.
    package static let entriesMax = 4_096
    /// The most that an entry of a megabyte and more may grow; CSV grows by five to fifteen.
    package static let ratioMax = 250
    /// Below this size an entry may grow as it likes, in bytes.
    static let harmlessBytes = 1 << 20
    /// The longest name of an entry, in bytes.
    static let nameBytesMax = 512

    private static let endBytes = 22
    private static let endSignature: UInt32 = 0x0605_4B50
    private static let end64Signature: UInt32 = 0x0606_4B50
    private static let locatorSignature: UInt32 = 0x0706_4B50
    private static let entrySignature: UInt32 = 0x0201_4B50
    private static let localSignature: UInt32 = 0x0403_4B50

    /// The entries in the order of the directory.
    package static func entries(of bytes: UnsafeRawBufferPointer) throws(ZipFault) -> [ZipEntry] {
        let reader = ZipBytes(bytes)
        let end = try directory(reader)
        var entries: [ZipEntry] = []
        var starts: [Int] = []
        var position = end.start
        for _ in 0..<end.count {
            let (entry, start, next) = try entry(reader, at: position, before: end.start)
            guard next <= end.start + end.size else {
                throw .malformed("an entry of the directory reaches beyond it")
            }
            entries.append(entry)
            starts.append(start)
            position = next
        }
        guard position == end.start + end.size else {
            throw .malformed("the directory has another size than its entries")
        }
        try checkOverlaps(entries, starts, directory: end.start)
        return entries
    }

    // MARK: The end record

    private struct End {
        var count: Int
        var start: Int
        var size: Int
    }

    /// Finds the record that ends the archive, behind which only a comment may stand.
    private static func directory(_ reader: ZipBytes) throws(ZipFault) -> End {
        guard reader.count >= endBytes else { throw .noDirectory }
        let first = max(0, reader.count - endBytes - Int(UInt16.max))
        var place = reader.count - endBytes
        while true {
            if try reader.four(place) == endSignature {
                let comment = Int(try reader.two(place + 20))
                if comment == reader.count - place - endBytes { break }
            }
            guard place > first else { throw .noDirectory }
            place -= 1
        }
        var disks = [UInt64(try reader.two(place + 4)), UInt64(try reader.two(place + 6))]
        var here = UInt64(try reader.two(place + 8))
        var count = UInt64(try reader.two(place + 10))
        var size = UInt64(try reader.four(place + 12))
        var start = UInt64(try reader.four(place + 16))
        var limit = place
        let locator = place - 20
        if locator >= 0, try reader.four(locator) == locatorSignature {
            let place64 = try reader.offset(try reader.eight(locator + 8))
            guard place64 <= locator - 56, try reader.four(place64) == end64Signature else {
                throw .malformed("the end record of Zip64 is not where it should be")
            }
            disks = [UInt64(try reader.four(place64 + 16)), UInt64(try reader.four(place64 + 20))]
            here = try reader.eight(place64 + 24)
            count = try reader.eight(place64 + 32)
            size = try reader.eight(place64 + 40)
            start = try reader.eight(place64 + 48)
            limit = place64
        }
        guard disks.allSatisfy({ $0 == 0 }), here == count else { throw .severalDisks }
        guard count <= UInt64(entriesMax) else { throw .tooManyEntries(limit: entriesMax) }
        let (from, length) = (try reader.offset(start), try reader.offset(size))
        guard from + length <= limit else { throw .truncated }
        return End(count: Int(count), start: from, size: length)
    }

    // MARK: Entries

    private static func entry(
        _ reader: ZipBytes, at place: Int, before directory: Int
    ) throws(ZipFault) -> (entry: ZipEntry, start: Int, next: Int) {
        guard try reader.four(place) == entrySignature else {
            throw .malformed("an entry of the directory does not begin as it should")
        }
        let flags = try reader.two(place + 8)
        let code = try reader.two(place + 10)
        let crc = try reader.four(place + 16)
        let nameBytes = Int(try reader.two(place + 28))
        let extraBytes = Int(try reader.two(place + 30))
        let commentBytes = Int(try reader.two(place + 32))
        let name = try name(try reader.piece(place + 46, nameBytes))
        var sizes = Sizes(
            unpacked: UInt64(try reader.four(place + 24)), packed: UInt64(try reader.four(place + 20)),
            offset: UInt64(try reader.four(place + 42)), disk: try reader.two(place + 34))
        try sizes.widen(reader, at: place + 46 + nameBytes, count: extraBytes)
        guard sizes.disk == 0 else { throw .severalDisks }
        // Bit 0 is encryption, bit 6 the strong one, bit 13 hides the local header.
        guard flags & 0x2041 == 0 else { throw .encrypted(name) }
        let method: ZipEntry.Method
        switch code {
        case 0: method = .stored
        case 8: method = .deflated
        default: throw .unknownMethod(name, method: code)  // open set: numbers
        }
        let start = try reader.offset(sizes.offset)
        let packed = try reader.offset(sizes.packed)
        guard let size = Int(exactly: sizes.unpacked) else { throw .malformed("a size beyond all measure") }
        let from = try dataStart(reader, at: start, named: nameBytes, place + 46, method: code)
        guard from + packed <= directory else { throw .truncated }
        guard method == .deflated || packed == size else { throw .wrongSize(name) }
        guard size < harmlessBytes || size / max(1, packed) <= ratioMax else {
            throw .bomb(name, ratioMax: ratioMax)
        }
        let entry = ZipEntry(
            name: name, method: method, range: from..<(from + packed), size: size, crc: crc)
        return (entry, start, place + 46 + nameBytes + extraBytes + commentBytes)
    }

    /// Where the data begin that a local header stands in front of; it must tell the same name and method.
    private static func dataStart(
        _ reader: ZipBytes, at start: Int, named nameBytes: Int, _ namePlace: Int, method: UInt16
    ) throws(ZipFault) -> Int {
        guard try reader.four(start) == localSignature else {
            throw .malformed("an entry does not begin where the directory says")
        }
        let name = try reader.piece(namePlace, nameBytes)
        guard try reader.two(start + 8) == method, try reader.two(start + 26) == nameBytes,
            try reader.piece(start + 30, nameBytes).elementsEqual(name)
        else { throw .malformed("an entry differs from what the directory says of it") }
        return start + 30 + nameBytes + Int(try reader.two(start + 28))
    }

    private static func name(_ bytes: UnsafeRawBufferPointer) throws(ZipFault) -> String {
        let name = String(decoding: bytes, as: UTF8.self)
        let isSound =
            !bytes.isEmpty && bytes.count <= nameBytesMax
            && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
            && !name.hasPrefix("/") && !name.contains(":")
            && !name.split(separator: "/").contains("..")
        guard isSound else {
            let shown = name.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }
            throw .badName(String(String.UnicodeScalarView(shown)))
        }
        return name
    }

    /// Entries stand one after the other, each with its header in front of its data.
    private static func checkOverlaps(
        _ entries: [ZipEntry], _ starts: [Int], directory: Int
    ) throws(ZipFault) {
        var end = 0
        for index in entries.indices.sorted(by: { starts[$0] < starts[$1] }) {
            guard starts[index] >= end else { throw .overlap(entries[index].name) }
            end = entries[index].range.upperBound
        }
        guard end <= directory else { throw .truncated }
    }
}

/// Sizes and places of an entry, of which an extra field may have wider ones.
private struct Sizes {
    var unpacked: UInt64
    var packed: UInt64
    var offset: UInt64
    var disk: UInt16

    /// Takes those from the extra field of Zip64 that had no room in the entry itself.
    mutating func widen(_ reader: ZipBytes, at place: Int, count: Int) throws(ZipFault) {
        let narrow = UInt64(UInt32.max)
        let isWide = unpacked == narrow || packed == narrow || offset == narrow || disk == UInt16.max
        guard isWide else { return }
        let end = place + count
        var next = place
        while next + 4 <= end {
            let kind = try reader.two(next)
            let length = Int(try reader.two(next + 2))
            let fieldEnd = next + 4 + length
            guard fieldEnd <= end else { throw .malformed("an extra field is longer than its entry") }
            var inside = next + 4
            next = fieldEnd
            guard kind == 1 else { continue }
            for path in [\Sizes.unpacked, \Sizes.packed, \Sizes.offset] where self[keyPath: path] == narrow {
                guard inside + 8 <= fieldEnd else { throw .malformed("the field of Zip64 is too short") }
                self[keyPath: path] = try reader.eight(inside)
                inside += 8
            }
            if disk == UInt16.max {
                guard inside + 4 <= fieldEnd else { throw .malformed("the field of Zip64 is too short") }
                guard try reader.four(inside) == 0 else { throw .severalDisks }
                disk = 0
            }
            return
        }
        // A size of exactly 4 GiB less a byte needs no extra field.
    }
}
