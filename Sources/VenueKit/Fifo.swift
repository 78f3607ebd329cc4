import MarketModel

/// A first-in-first-out queue: a ring that doubles when it is full, and never shrinks.
///
/// Elements are read where they stand, so that a large one is not copied to look at a part of it.
public struct Fifo<Element: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    /// As many places as a power of two; those without an element were never written, or are not any more.
    @usableFromInline var ring = Slab<Element>(unwritten: 16)
    /// Where the first element is, before it is wrapped.
    @usableFromInline var head = 0
    @usableFromInline var used = 0

    @inlinable package init() {}

    @inlinable package var count: Int { used }
    @inlinable package var isEmpty: Bool { count == 0 }
    @inlinable package var first: Element? { count > 0 ? self[0] : nil }

    /// The element at a distance from the first.
    @inlinable
    package subscript(offset: Int) -> Element {
        @inline(__always)
        unsafeAddress {
            precondition(UInt(bitPattern: offset) < UInt(bitPattern: count), "within the queue")
            return UnsafePointer(ring.address(of: (head &+ offset) & (ring.count &- 1)))
        }
    }

    @inlinable @inline(__always)
    package mutating func append(_ element: Element) {
        if count == ring.count { grow() }
        ring[(head &+ count) & (ring.count &- 1)] = element
        used += 1
    }

    /// Drops the first element; there must be one.
    @inlinable
    package mutating func removeFirst() {
        precondition(count > 0, "a queue has a first element")
        head &+= 1
        used -= 1
    }

    @inlinable
    package mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = self[0]
        removeFirst()
        return element
    }

    /// Doubles the ring.
    @inlinable @inline(never)
    mutating func grow() {
        var larger = Slab<Element>(unwritten: ring.count * 2)
        for offset in 0..<used { larger[offset] = self[offset] }
        ring = larger
        head = 0
    }
}
