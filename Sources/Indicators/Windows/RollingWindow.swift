/// The newest values of a series, as many as the window is long: a ring whose memory is taken once.
public struct RollingWindow<Element: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline var slots: [Element]
    /// Where the next value goes; 0 when the ring has just been filled to its end.
    @usableFromInline var next = 0
    @usableFromInline var used = 0

    /// - Parameters:
    ///   - length: how many values it holds, 1 to 1,000,000; others trap.
    ///   - blank: what the memory is filled with; it is never seen.
    public init(length: Int, blank: Element) {
        IndicatorLimits.check(window: length)
        slots = Array(repeating: blank, count: length)
    }

    @inlinable public var length: Int { slots.count }
    /// How many values it holds, at most `length`.
    @inlinable public var count: Int { used }
    @inlinable public var isFull: Bool { used == slots.count }

    /// The value that came `age` values before the newest: 0 is the newest. An age beyond `count` traps.
    @inlinable
    public subscript(age age: Int) -> Element {
        precondition(age >= 0 && age < used, "an age within the window")
        let index = next - 1 - age
        return slots[index < 0 ? index + slots.count : index]
    }

    /// Takes a value in; returns the one that leaves, nil while the window is not full.
    @inlinable @discardableResult
    public mutating func push(_ element: Element) -> Element? {
        let leaving: Element? = isFull ? slots[next] : nil
        slots[next] = element
        if leaving == nil { used += 1 }
        next += 1
        if next == slots.count { next = 0 }
        return leaving
    }

    /// Whether the newest value took the last slot: the window is then exactly one turn of the ring.
    @inlinable var hasTurned: Bool { next == 0 && used > 0 }
}
