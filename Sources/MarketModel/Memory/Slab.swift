/// A growable array with one owner, for state that is written at every event.
///
/// A Swift array shares its storage between copies, so every write asks first whether it is the only
/// owner, and handing an element on may count references. A slab cannot be copied, so it asks nothing.
/// Every index is checked. It is the one place of the hot path that handles memory by hand: whoever
/// needs a fast buffer uses it instead of a pointer.
///
/// A slab grows by doubling and never shrinks: after a warm-up it does not allocate.
public struct Slab<Element: ~Copyable>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Element>
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0

    /// An empty slab with room for `capacity` elements, at least one.
    @inlinable
    package init(capacity: Int = 16) {
        self.capacity = max(1, capacity)
        base = .allocate(capacity: self.capacity)
    }

    @inlinable
    deinit {
        base.deinitialize(count: used)
        base.deallocate()
    }

    @inlinable package var count: Int { used }
    @inlinable package var isEmpty: Bool { used == 0 }
    @inlinable package var indices: Range<Int> { 0..<used }

    @inlinable
    package subscript(index: Int) -> Element {
        @inline(__always)
        unsafeAddress {
            UnsafePointer(address(of: index))
        }
        @inline(__always)
        unsafeMutableAddress {
            address(of: index)
        }
    }

    /// Where an element is, for a type that is built on this one and hands its elements on in place.
    @inlinable @inline(__always)
    package func address(of index: Int) -> UnsafeMutablePointer<Element> {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: used), "index within the slab")
        return base + index
    }

    @inlinable
    package mutating func append(_ element: consuming Element) {
        if used == capacity { grow() }
        (base + used).initialize(to: element)
        used += 1
    }

    /// Takes out the last element; there must be one.
    @inlinable @discardableResult
    package mutating func removeLast() -> Element {
        precondition(used > 0, "a slab has a last element")
        used -= 1
        return (base + used).move()
    }

    /// Takes an element out; those behind it move up.
    @inlinable
    package mutating func remove(at index: Int) {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: used), "index within the slab")
        (base + index).deinitialize(count: 1)
        (base + index).moveInitialize(from: base + index + 1, count: used - index - 1)
        used -= 1
    }

    /// Takes out all elements and keeps the memory.
    @inlinable
    package mutating func removeAll() {
        base.deinitialize(count: used)
        used = 0
    }

    @usableFromInline
    mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: used)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}

extension Slab where Element: Copyable {
    @inlinable
    package init(repeating element: Element, count: Int) {
        self.init(capacity: count)
        base.initialize(repeating: element, count: count)
        used = count
    }

    @inlinable
    package init(_ elements: [Element]) {
        self.init(capacity: elements.count)
        for element in elements { append(element) }
    }

    /// A copy as an array: for reports, not for the hot path.
    @inlinable package var elements: [Element] { Array(UnsafeBufferPointer(start: base, count: used)) }

    @inlinable package var first: Element? { used > 0 ? base.pointee : nil }
}

extension Slab where Element: BitwiseCopyable {
    /// A slab of so many elements that have no values yet: for a type that writes each before it reads it.
    @inlinable
    package init(unwritten count: Int) {
        self.init(capacity: count)
        used = count
    }
}

// One owner at a time: it may move between threads as its elements may.
extension Slab: @unchecked Sendable where Element: Sendable & ~Copyable {}
