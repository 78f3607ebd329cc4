import MarketModel
import Quantities

/// An alarm that a strategy set has gone off.
@frozen public struct Alarm: BitwiseCopyable, Equatable, Sendable {
    public var id: AlarmID
    /// What the strategy called it.
    public var tag: Int
    public var deadline: Instant

    @inlinable
    public init(id: AlarmID, tag: Int, deadline: Instant) {
        self.id = id
        self.tag = tag
        self.deadline = deadline
    }
}

/// An alarm of a strategy; numbers are never reused.
@frozen public struct AlarmID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var sequence: UInt64
    @inlinable public init(sequence: UInt64) { self.sequence = sequence }
    @inlinable public static func < (a: AlarmID, b: AlarmID) -> Bool { a.sequence < b.sequence }
}

/// The pending alarms of a session, in order of (deadline, sequence).
///
/// A 4-ary heap. A cancelled alarm leaves it at once, so that only pending ones take room. The driver owns
/// the clock and asks `next`; equal deadlines go off in the order in which they were set.
@frozen public struct AlarmHeap {
    @frozen public struct Entry: BitwiseCopyable, Sendable {
        @usableFromInline var deadline: Instant
        @usableFromInline var sequence: UInt64
        @usableFromInline package var tag: Int
        @usableFromInline package var strategy: StrategyID

        @inlinable
        init(deadline: Instant, sequence: UInt64, tag: Int, strategy: StrategyID) {
            self.deadline = deadline
            self.sequence = sequence
            self.tag = tag
            self.strategy = strategy
        }

        @inlinable
        func isBefore(_ other: Entry) -> Bool {
            deadline != other.deadline ? deadline < other.deadline : sequence < other.sequence
        }

        @inlinable package var alarm: Alarm {
            Alarm(id: AlarmID(sequence: sequence), tag: tag, deadline: deadline)
        }
    }

    /// Pending alarms of all strategies; setting one more fails.
    @usableFromInline package static var alarmsMax: Int { 4_096 }

    @usableFromInline var entries: [Entry] = []
    @usableFromInline var sequence: UInt64 = 0
    /// The deadline of the first entry; `distantFuture` when there is none.
    @usableFromInline package var next: Instant = .distantFuture

    @inlinable package init() {}

    @inlinable
    package mutating func set(_ deadline: Instant, tag: Int, strategy: StrategyID) -> AlarmID? {
        guard entries.count < Self.alarmsMax else { return nil }
        sequence += 1
        entries.append(Entry(deadline: deadline, sequence: sequence, tag: tag, strategy: strategy))
        siftUp(entries.count - 1)
        next = entries[0].deadline
        return AlarmID(sequence: sequence)
    }

    /// Removes a pending alarm of a strategy; false when that has no such alarm pending.
    @usableFromInline
    package mutating func cancel(_ id: AlarmID, of strategy: StrategyID) -> Bool {
        guard
            let index = entries.firstIndex(where: {
                $0.sequence == id.sequence && $0.strategy == strategy
            })
        else { return false }
        remove(at: index)
        return true
    }

    /// The first alarm that is due, removed.
    @inlinable
    package mutating func popDue(at now: Instant) -> Entry? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        remove(at: 0)
        return first
    }

    @inlinable
    mutating func remove(at index: Int) {
        let last = entries.removeLast()
        if index < entries.count {
            entries[index] = last
            siftDown(index)
            siftUp(index)
        }
        next = entries.first?.deadline ?? .distantFuture
    }

    @inlinable
    mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) >> 2
            guard entries[index].isBefore(entries[parent]) else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    @inlinable
    mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            let firstChild = index << 2 + 1
            guard firstChild < entries.count else { return }
            var least = firstChild
            for child in (firstChild + 1)..<max(firstChild + 1, min(firstChild + 4, entries.count))
            where entries[child].isBefore(entries[least]) {
                least = child
            }
            guard entries[least].isBefore(entries[index]) else { return }
            entries.swapAt(index, least)
            index = least
        }
    }
}
