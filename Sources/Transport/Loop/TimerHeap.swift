/// A timer that was set; a number is used again only with another generation.
package struct TimerID: BitwiseCopyable, Hashable, Sendable {
    var slot: Int32
    var generation: UInt32
}

/// Pending timers in order of (deadline, order of setting): a 4-ary heap with handles.
///
/// Setting, cancelling and taking cost log4 of what is pending. It grows with what is pending; who sets timers
/// bounds them, one or two per connection.
struct TimerHeap<Payload> {
    private struct Entry {
        var deadline: LoopTime
        var sequence: UInt64
        var slot: Int32

        func isBefore(_ other: Entry) -> Bool {
            deadline != other.deadline ? deadline < other.deadline : sequence < other.sequence
        }
    }

    private struct Slot {
        var generation: UInt32 = 0
        /// Where in the heap the timer stands; -1 when the slot is free.
        var position: Int32 = -1
        var payload: Payload?
    }

    private var heap: [Entry] = []
    private var slots: [Slot] = []
    private var free: [Int32] = []
    private var sequence: UInt64 = 0

    var count: Int { heap.count }

    /// The first deadline; `never` when nothing is pending.
    var next: LoopTime { heap.first?.deadline ?? .never }

    mutating func set(_ deadline: LoopTime, _ payload: Payload) -> TimerID {
        let slot: Int32
        if let last = free.popLast() {
            slot = last
        } else {
            slot = Int32(slots.count)
            slots.append(Slot())
        }
        slots[Int(slot)].payload = payload
        sequence += 1
        heap.append(Entry(deadline: deadline, sequence: sequence, slot: slot))
        slots[Int(slot)].position = Int32(heap.count - 1)
        siftUp(heap.count - 1)
        return TimerID(slot: slot, generation: slots[Int(slot)].generation)
    }

    /// False when the timer has gone off or was cancelled before.
    @discardableResult
    mutating func cancel(_ id: TimerID) -> Bool {
        guard Int(id.slot) < slots.count, slots[Int(id.slot)].generation == id.generation,
            slots[Int(id.slot)].position >= 0
        else { return false }
        remove(at: Int(slots[Int(id.slot)].position))
        return true
    }

    /// Tells timers that are pending now from those that are set later.
    struct Round {
        fileprivate var last: UInt64
    }

    var round: Round { Round(last: sequence) }

    /// The first timer that is due, taken out; nil when that was set after the round began.
    mutating func popDue(at now: LoopTime, in round: Round) -> (id: TimerID, payload: Payload)? {
        guard let first = heap.first, first.deadline <= now, first.sequence <= round.last else { return nil }
        let slot = slots[Int(first.slot)]
        guard let payload = slot.payload else { preconditionFailure("a pending timer has its payload") }
        remove(at: 0)
        return (TimerID(slot: first.slot, generation: slot.generation), payload)
    }

    private mutating func remove(at index: Int) {
        let slot = Int(heap[index].slot)
        slots[slot].position = -1
        slots[slot].payload = nil
        slots[slot].generation &+= 1
        free.append(Int32(slot))
        let last = heap.removeLast()
        guard index < heap.count else { return }
        place(last, at: index)
        siftDown(index)
        siftUp(index)
    }

    private mutating func place(_ entry: Entry, at index: Int) {
        heap[index] = entry
        slots[Int(entry.slot)].position = Int32(index)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        let entry = heap[index]
        while index > 0 {
            let parent = (index - 1) >> 2
            guard entry.isBefore(heap[parent]) else { break }
            place(heap[parent], at: index)
            index = parent
        }
        place(entry, at: index)
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        let entry = heap[index]
        while true {
            let firstChild = index << 2 + 1
            guard firstChild < heap.count else { break }
            var least = firstChild
            var child = firstChild + 1
            while child < min(firstChild + 4, heap.count) {
                if heap[child].isBefore(heap[least]) { least = child }
                child += 1
            }
            guard heap[least].isBefore(entry) else { break }
            place(heap[least], at: index)
            index = least
        }
        place(entry, at: index)
    }
}
