import Quantities

/// What is to happen in a simulated world, in the order of its times; at the same time, in the order of its coming.
struct EventQueue<Event: Sendable>: Sendable {
    private struct Entry: Sendable {
        var due: Instant
        var number: UInt64
        var event: Event

        func comes(before other: Entry) -> Bool {
            due == other.due ? number < other.number : due < other.due
        }
    }

    /// A heap: an entry comes before those at twice its place.
    private var entries: [Entry] = []
    private var lastNumber: UInt64 = 0

    var nextDue: Instant { entries.first?.due ?? .distantFuture }
    var count: Int { entries.count }

    mutating func add(_ event: Event, at due: Instant) {
        lastNumber += 1
        entries.append(Entry(due: due, number: lastNumber, event: event))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].comes(before: entries[parent]) else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Event? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        if entries.isEmpty { return first.event }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].comes(before: entries[least]) { least = child }
            if least == parent { break }
            entries.swapAt(parent, least)
            parent = least
        }
        return first.event
    }
}
