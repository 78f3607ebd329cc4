/// A first-in-first-out queue that reuses its memory.
@frozen public struct Fifo<Element: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline var elements: [Element] = []
    @usableFromInline var head = 0

    @inlinable package init() {}

    @inlinable package var isEmpty: Bool { head == elements.count }
    @inlinable package var count: Int { elements.count - head }
    @inlinable package var first: Element? { head < elements.count ? elements[head] : nil }

    /// The element at a distance from the first.
    @inlinable package subscript(offset: Int) -> Element { elements[head + offset] }

    @inlinable package mutating func append(_ element: Element) {
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 512, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        elements.append(element)
    }

    @inlinable package mutating func removeFirst() { head += 1 }

    @inlinable package mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        head += 1
        return elements[head - 1]
    }
}
