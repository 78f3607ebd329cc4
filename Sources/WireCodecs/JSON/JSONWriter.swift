/// Writes one JSON document after another into a buffer of its own, which is reused.
///
/// The document is compact and its members stand in the order they are written. What is written is
/// checked as it grows: a value without its key, a container left open or closed by the wrong end,
/// a second document, are errors of the calling code and end the program.
///
/// ```swift
/// writer.reset()
/// writer.object { json in
///     json.key("market")
///     json.string("BTCUSDT")
///     json.key("limit")
///     json.int(50)
/// }
/// writer.withBytes { bytes in … }
/// ```
package struct JSONWriter: ~Copyable {
    /// Containers inside each other, the outermost included; as the cursor reads them.
    package static var nestingMax: Int { JSONCursor.nestingMax }

    /// Bytes of a document. Documents are built from figures that are bounded themselves; reaching
    /// this is a defect of their writer and ends the program.
    package static let bytesMax = 64 << 20

    private var buffer: [UInt8] = []
    private var place = Place.start
    private var depth = 0
    /// Bit 0 tells whether the innermost open container is an object, bit 1 the one around it …
    private var objects: UInt64 = 0

    /// Reserves room for documents of up to this many bytes; longer ones grow the buffer once.
    package init(capacity: Int = 1024) {
        buffer.reserveCapacity(capacity)
    }

    /// Where the next byte will stand.
    private enum Place {
        /// Nothing is written.
        ///
        /// Can transition to: `opened` when a container begins, `complete` when a scalar is
        /// written.
        case start
        /// Behind an opening bracket.
        ///
        /// Can transition to: `keyed` when a key is written, `opened` when an element is a
        /// container, `following` when an element is a scalar or an inner container ends,
        /// `complete` when the outermost ends.
        case opened
        /// Behind a key and its colon.
        ///
        /// Can transition to: `opened` when the value is a container, `following` when it is a
        /// scalar.
        case keyed
        /// Behind a value in a container.
        ///
        /// Can transition to: as `opened`.
        case following
        /// Behind the whole document.
        ///
        /// Can transition to: `start` when the writer is reset.
        case complete
    }
}

// MARK: - The document

extension JSONWriter {
    /// Forgets what was written and keeps the memory.
    package mutating func reset() {
        buffer.removeAll(keepingCapacity: true)
        place = .start
        depth = 0
        objects = 0
    }

    /// Lends the bytes of the whole document; it must be complete.
    package borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(place == .complete, "a document is read when it is complete")
        return try buffer.withUnsafeBufferPointer(body)
    }
}

// MARK: - Containers

extension JSONWriter {
    /// Writes an object, whose keys and values the body writes.
    package mutating func object<Failure: Error>(
        _ body: (_ json: inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        beginObject()
        try body(&self)
        endObject()
    }

    /// Writes an array, whose elements the body writes.
    package mutating func array<Failure: Error>(
        _ body: (_ json: inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        beginArray()
        try body(&self)
        endArray()
    }

    /// Begins an object, for code that cannot write it in one closure.
    package mutating func beginObject() {
        begin(isObject: true, UInt8(ascii: "{"))
    }

    package mutating func endObject() {
        end(isObject: true, UInt8(ascii: "}"))
    }

    /// Begins an array, for code that cannot write it in one closure.
    package mutating func beginArray() {
        begin(isObject: false, UInt8(ascii: "["))
    }

    package mutating func endArray() {
        end(isObject: false, UInt8(ascii: "]"))
    }

    /// Writes the key of the value that comes next.
    package mutating func key(_ name: StaticString) {
        key(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// Writes the key of the value that comes next, for names that are data; UTF-8, unescaped.
    package mutating func key(_ name: UnsafeBufferPointer<UInt8>) {
        precondition(depth > 0 && objects & 1 == 1, "a key belongs into an object")
        switch place {
        case .opened: break
        case .following: append(UInt8(ascii: ","))
        case .keyed: preconditionFailure("a key is followed by its value")
        case .start, .complete: preconditionFailure("outside all containers, which depth excludes")
        }
        appendQuoted(name)
        append(UInt8(ascii: ":"))
        place = .keyed
    }

    private mutating func begin(isObject: Bool, _ opening: UInt8) {
        precondition(depth < Self.nestingMax, "containers nest to nestingMax")
        beginValue()
        append(opening)
        depth += 1
        objects = objects << 1 | (isObject ? 1 : 0)
        place = .opened
    }

    private mutating func end(isObject: Bool, _ closing: UInt8) {
        precondition(depth > 0, "only what is open can be closed")
        precondition((objects & 1 == 1) == isObject, "a container is closed by its own end")
        precondition(place != .keyed, "a key is followed by its value")
        append(closing)
        depth -= 1
        objects >>= 1
        endValue()
    }
}

// MARK: - Pieces

extension JSONWriter {
    /// Writes what separates a value from the one before.
    mutating func beginValue() {
        switch place {
        case .start, .keyed: break
        case .opened: precondition(objects & 1 == 0, "a value in an object follows its key")
        case .following:
            precondition(objects & 1 == 0, "a value in an object follows its key")
            append(UInt8(ascii: ","))
        case .complete: preconditionFailure("a document is one value")
        }
    }

    mutating func endValue() {
        place = depth == 0 ? .complete : .following
    }

    mutating func append(_ byte: UInt8) {
        precondition(buffer.count < Self.bytesMax, "a document is bounded by bytesMax")
        buffer.append(byte)
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        let room = Self.bytesMax - buffer.count
        precondition(bytes.count <= room, "a document is bounded by bytesMax")
        buffer.append(contentsOf: bytes)
    }
}
