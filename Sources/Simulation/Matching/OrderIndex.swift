/// Finds the slot of an order by its id: a hash table with open addressing.
///
/// Not a `Dictionary`, because that hashes differently in every process and several times slower. The
/// table is at most half full, doubles when it would be more, and never shrinks.
struct OrderIndex: Sendable {
    private struct Entry: BitwiseCopyable, Sendable {
        var id: UInt64
        /// Negative when the entry is free.
        var slot: Int32
    }

    private var entries: [Entry]
    private var count = 0
    /// 64 minus the number of bits of a position.
    private var shift: UInt64

    init() {
        entries = Array(repeating: Entry(id: 0, slot: -1), count: 64)
        shift = 64 - 6
    }

    func slot(of id: UInt64) -> Int32? {
        var position = home(of: id)
        while entries[position].slot >= 0 {
            if entries[position].id == id { return entries[position].slot }
            position = (position + 1) & (entries.count - 1)
        }
        return nil
    }

    /// Adds an id that is not in the table.
    mutating func insert(_ id: UInt64, slot: Int32) {
        precondition(slot >= 0, "a slot is an index")
        if (count + 1) * 2 > entries.count { grow() }
        place(Entry(id: id, slot: slot))
        count += 1
    }

    /// Removes an id that is in the table.
    mutating func remove(_ id: UInt64) {
        let mask = entries.count - 1
        var hole = home(of: id)
        while entries[hole].id != id || entries[hole].slot < 0 {
            precondition(entries[hole].slot >= 0, "an id is removed once")
            hole = (hole + 1) & mask
        }
        // Later entries of the same run move up, so that no search stops short of them.
        var probe = (hole + 1) & mask
        while entries[probe].slot >= 0 {
            let distance = (probe - home(of: entries[probe].id)) & mask
            if distance >= (probe - hole) & mask {
                entries[hole] = entries[probe]
                hole = probe
            }
            probe = (probe + 1) & mask
        }
        entries[hole].slot = -1
        count -= 1
    }

    private func home(of id: UInt64) -> Int {
        Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }

    private mutating func place(_ entry: Entry) {
        var position = home(of: entry.id)
        while entries[position].slot >= 0 { position = (position + 1) & (entries.count - 1) }
        entries[position] = entry
    }

    private mutating func grow() {
        let old = entries
        entries = Array(repeating: Entry(id: 0, slot: -1), count: old.count * 2)
        shift -= 1
        for entry in old where entry.slot >= 0 { place(entry) }
    }
}
