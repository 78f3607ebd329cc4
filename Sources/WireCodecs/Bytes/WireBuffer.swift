/// Bytes between a producer and a consumer: written at the end, taken from the front, in one piece of memory.
///
/// A buffer cannot be copied, so writing to it asks nobody for permission. It grows by doubling when what
/// is unread does not fit, and moves what is unread to the front when that makes room. After a warm-up it does
/// not allocate. Whoever fills a buffer from outside bounds what it holds; the buffer itself has no limit.
///
/// Views of the bytes are valid until the buffer is next written to.
public struct WireBuffer: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline package private(set) var capacity: Int
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    package init(capacity: Int = 4_096) {
        self.capacity = max(16, capacity)
        base = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// Unread bytes.
    @inlinable package var count: Int { end - start }
    @inlinable package var isEmpty: Bool { end == start }

    /// What is unread.
    @inlinable package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + start, count: end - start)
    }

    /// What is unread, to be changed in place.
    @inlinable package var mutableBytes: UnsafeMutableRawBufferPointer {
        mutating get { UnsafeMutableRawBufferPointer(start: base + start, count: end - start) }
    }

    /// An unread byte; the index is from the first unread one.
    @inlinable
    package subscript(index: Int) -> UInt8 {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: end - start), "index within what is unread")
        return base.load(fromByteOffset: start + index, as: UInt8.self)
    }
}

// MARK: - Writing

extension WireBuffer {
    /// Memory behind the last byte, at least `count` bytes of it, for a producer that then calls `commit`.
    @inlinable
    package mutating func room(_ count: Int) -> UnsafeMutableRawBufferPointer {
        if capacity - end < count { makeRoom(count) }
        return UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
    }

    /// Makes bytes that were written into `room` part of the buffer.
    @inlinable
    package mutating func commit(_ count: Int) {
        precondition(count >= 0 && count <= capacity - end, "committed bytes were written into room")
        end += count
    }

    @inlinable
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        if capacity - end < bytes.count { makeRoom(bytes.count) }
        (base + end).copyMemory(from: source, byteCount: bytes.count)
        end += bytes.count
    }

    @inlinable
    package mutating func append(_ byte: UInt8) {
        if end == capacity { makeRoom(1) }
        base.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
        end += 1
    }

    package mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Writes a number in decimal digits, with zeros in front up to `digits` of them.
    package mutating func append(decimal number: UInt64, digits: Int = 1) {
        let memory = room(max(digits, Self.decimalDigitsMax))
        guard let start = memory.baseAddress else { preconditionFailure("there is room for the digits") }
        commit(Self.write(decimal: number, digits: digits, to: start))
    }

    /// Of 64 bits.
    private static let decimalDigitsMax = 20

    /// Writes a number in decimal digits, with zeros in front up to `digits` of them, and returns how many there are.
    package static func write(
        decimal number: UInt64, digits: Int, to start: UnsafeMutableRawPointer
    ) -> Int {
        var count = 1
        var rest = number / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        count = max(count, digits)
        rest = number
        for index in stride(from: count - 1, through: 0, by: -1) {
            let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            start.storeBytes(of: digit, toByteOffset: index, as: UInt8.self)
            rest /= 10
        }
        return count
    }

    @usableFromInline
    mutating func makeRoom(_ count: Int) {
        let unread = end - start
        if capacity - unread < count || start < capacity / 2 {
            // Doubled even where moving would do for once: otherwise a nearly full buffer moves at each append.
            grow(to: max(capacity * 2, unread + count))
        } else {
            base.copyMemory(from: base + start, byteCount: unread)
            start = 0
            end = unread
        }
    }

    private mutating func grow(to newCapacity: Int) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        memory.copyMemory(from: base + start, byteCount: end - start)
        base.deallocate()
        base = memory
        capacity = newCapacity
        end -= start
        start = 0
    }
}

// MARK: - Taking

extension WireBuffer {
    /// Takes bytes from the front. Views of them stay valid until the buffer is next written to.
    @inlinable
    package mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= end - start, "only unread bytes are consumed")
        start += count
        if start == end {
            start = 0
            end = 0
        }
    }

    @inlinable
    package mutating func removeAll() {
        start = 0
        end = 0
    }

    /// Takes out everything, and gives memory back when there is more than `kept` bytes of it.
    package mutating func removeAll(keeping kept: Int) {
        removeAll()
        guard capacity > kept else { return }
        base.deallocate()
        capacity = max(16, kept)
        base = .allocate(byteCount: capacity, alignment: 16)
    }
}
