import Glibc

/// Reads a plain or gzip file line by line, in constant memory.
///
/// Lines end with a newline byte, which is not delivered; a carriage return before it is. The last
/// line needs no newline. When the data are truncated or corrupt, all lines that were complete come
/// first, then the error, and the same error from then on.
///
/// A line is a view into a buffer that is used again: no allocation per line.
package struct GzipLineReader: ~Copyable {
    /// The longest line that is accepted unless told otherwise: 16 MiB, without the newline.
    package static let lineBytesMax = 16 << 20

    /// Where the buffer begins; it grows by doubling up to the limit of a line.
    private static let bufferBytes = 256 << 10

    private let path: String
    private let limit: Int
    private var input: GzipInput
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// The first byte that was not delivered yet.
    private var lineStart = 0
    /// The first byte that was not searched for a newline yet.
    private var searched = 0
    private var filled = 0
    private var atEnd = false
    private var failure: LineReaderError?

    /// How many lines were delivered.
    package private(set) var lineCount = 0

    /// Opens a file; `lineBytesMax` is from 1 up and bounds the memory.
    package init(
        path: String, lineBytesMax: Int = GzipLineReader.lineBytesMax
    ) throws(LineReaderError) {
        precondition(lineBytesMax > 0, "a line has room for a byte")
        input = try Self.open(path)
        self.path = path
        limit = lineBytesMax
        capacity = Self.bufferBytes
        buffer = .allocate(capacity: capacity)
    }

    private static func open(_ path: String) throws(LineReaderError) -> GzipInput {
        do throws(LineReaderError.Reason) {
            return try GzipInput(path: path)
        } catch {
            throw LineReaderError(path: path, reason: error, line: 1, fileOffset: 0)
        }
    }

    deinit {
        buffer.deallocate()
    }

    /// The next line, valid until the next call; nil at the end.
    package mutating func next() throws(LineReaderError) -> UnsafeBufferPointer<UInt8>? {
        while true {
            if let found = memchr(buffer + searched, 0x0A, filled - searched) {
                let end = UnsafeRawPointer(found) - UnsafeRawPointer(buffer)
                return try deliver(upTo: end, next: end + 1)
            }
            searched = filled
            if let failure { throw failure }
            if atEnd {
                return lineStart == filled ? nil : try deliver(upTo: filled, next: filled)
            }
            if filled - lineStart > limit { throw fail(.lineTooLong(limit: limit)) }
            try refill()
        }
    }

    /// Calls `body` with every remaining line; the bytes are valid until it returns.
    package mutating func forEachLine(
        _ body: (UnsafeBufferPointer<UInt8>) throws(LineReaderError) -> Void
    ) throws(LineReaderError) {
        while let line = try next() { try body(line) }
    }

    private mutating func deliver(
        upTo end: Int, next: Int
    ) throws(LineReaderError) -> UnsafeBufferPointer<UInt8> {
        if end - lineStart > limit { throw fail(.lineTooLong(limit: limit)) }
        let line = UnsafeBufferPointer(start: buffer + lineStart, count: end - lineStart)
        lineStart = next
        searched = next
        lineCount += 1
        return line
    }

    private mutating func refill() throws(LineReaderError) {
        if lineStart > 0 {
            let kept = filled - lineStart
            memmove(buffer, buffer + lineStart, kept)
            searched -= lineStart
            lineStart = 0
            filled = kept
        }
        if filled == capacity { grow() }
        let free = UnsafeMutableRawBufferPointer(start: buffer + filled, count: capacity - filled)
        do throws(LineReaderError.Reason) {
            let count = try input.read(into: free)
            filled += count
            atEnd = count == 0
        } catch {
            throw fail(error)
        }
    }

    /// Doubles the buffer: at most to twice the limit, since a longer line is refused before.
    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        larger.update(from: buffer, count: filled)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
    }

    /// The error of this moment, kept for all further calls; no byte is searched again.
    private mutating func fail(_ reason: LineReaderError.Reason) -> LineReaderError {
        let error = LineReaderError(
            path: path, reason: reason, line: lineCount + 1, fileOffset: input.fileOffset)
        failure = error
        lineStart = filled
        searched = filled
        return error
    }
}
