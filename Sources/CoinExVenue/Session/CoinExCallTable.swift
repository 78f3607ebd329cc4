import Quantities

/// Calls that wait for their replies, by id: at most `callsMax`.
///
/// Replies may come in any order, twice, or not at all. A table that is full takes no more: its user waits or gives
/// the connection up, which it does long before, because every call has a deadline.
package struct CoinExCallTable<Call: Equatable & Sendable>: Equatable, Sendable {
    package static var callsMax: Int { 64 }

    private struct Waiting: Equatable, Sendable {
        var id: Int64
        var call: Call
        var deadline: Instant
    }

    private var waiting: [Waiting] = []

    package init() {}

    package var isEmpty: Bool { waiting.isEmpty }
    package var count: Int { waiting.count }
    package var isFull: Bool { waiting.count == Self.callsMax }

    /// When the first call is overdue; `distantFuture` when none waits.
    package var nextDeadline: Instant { waiting.map(\.deadline).min() ?? .distantFuture }

    /// Notes a call that was sent; false when the table is full.
    package mutating func add(_ call: Call, id: Int64, deadline: Instant) -> Bool {
        guard !isFull else { return false }
        waiting.append(Waiting(id: id, call: call, deadline: deadline))
        return true
    }

    /// The call that a reply belongs to, which waits no more; nil when none does.
    package mutating func take(_ id: Int64) -> Call? {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        return waiting.remove(at: index).call
    }

    /// A call that is overdue, the oldest first; it waits no more. Nil when none is.
    package mutating func takeOverdue(at now: Instant) -> Call? {
        guard let index = waiting.firstIndex(where: { $0.deadline <= now }) else { return nil }
        return waiting.remove(at: index).call
    }

    package func contains(_ isWanted: (Call) -> Bool) -> Bool { waiting.contains { isWanted($0.call) } }

    package mutating func removeAll() { waiting.removeAll(keepingCapacity: true) }
}
