import Glibc
import Journal

/// The lines of one table, in constant memory.
///
/// Lines end with a newline, which is not delivered, nor is a carriage return before it. A byte order mark at the
/// beginning is passed over. The last line needs no newline.
final class TableLines {
    /// The longest line, in bytes without its newline; a longer one is an error.
    static let lineBytesMax = 64 << 10
    private static let bufferBytes = 256 << 10

    /// How the table is called in errors: the file, or `archive.zip:entry.csv`.
    let name: String
    /// The number of the last line, from 1.
    private(set) var number = 0
    private let source: any ByteSource
    private let buffer: UnsafeMutablePointer<UInt8>
    private var start = 0
    private var filled = 0
    private var isAtEnd = false

    init(_ source: any ByteSource, name: String) {
        self.source = source
        self.name = name
        buffer = .allocate(capacity: Self.bufferBytes)
    }

    deinit { buffer.deallocate() }

    /// Bytes used of what is stored.
    var consumed: Int { source.consumed }

    /// The next line, valid until the next call; nil at the end. After an error there is no more to be had.
    func next() throws(ImportError) -> UnsafeBufferPointer<UInt8>? {
        var searched = start
        while true {
            if let found = memchr(buffer + searched, 0x0A, filled - searched) {
                let end = UnsafeRawPointer(found) - UnsafeRawPointer(buffer)
                return try deliver(upTo: end, next: end + 1)
            }
            if isAtEnd { return start == filled ? nil : try deliver(upTo: filled, next: filled) }
            // A carriage return may stand behind the last byte that counts.
            if filled - start > Self.lineBytesMax + 1 { throw tooLong() }
            searched = filled - start
            try refill()
        }
    }

    private func deliver(
        upTo end: Int, next: Int
    ) throws(ImportError) -> UnsafeBufferPointer<UInt8> {
        var (from, to) = (start, end)
        if to > from, buffer[to - 1] == 0x0D { to -= 1 }
        if to - from > Self.lineBytesMax { throw tooLong() }
        if number == 0, to - from >= 3, buffer[from] == 0xEF, buffer[from + 1] == 0xBB,
            buffer[from + 2] == 0xBF
        {
            from += 3
        }
        start = next
        number += 1
        return UnsafeBufferPointer(start: buffer + from, count: to - from)
    }

    private func tooLong() -> ImportError {
        isAtEnd = true
        start = filled
        return .source(name: name, line: number + 1, fault: .stored(.lineTooLong(limit: Self.lineBytesMax)))
    }

    /// Moves what is left to the front and reads on behind it.
    private func refill() throws(ImportError) {
        memmove(buffer, buffer + start, filled - start)
        filled -= start
        start = 0
        let room = UnsafeMutableRawBufferPointer(start: buffer + filled, count: Self.bufferBytes - filled)
        do throws(SourceFault) {
            let count = try source.read(into: room)
            filled += count
            isAtEnd = count == 0
        } catch {
            isAtEnd = true
            start = filled
            throw .source(name: name, line: number + 1, fault: error)
        }
    }
}
