/// Names as they stand in messages, and their numbers: a lookup makes no string.
///
/// An open hash table over the bytes, whose hash is our own and the same in every process.
package struct NameIndex: Sendable {
    private let names: [[UInt8]]
    /// Numbers by hash, -1 where there is none: a power of two of them, at most half full.
    private var slots: [Int32]

    /// The number of a name is its place in the list; of equal names the first counts.
    package init(_ names: [String]) {
        self.names = names.map { Array($0.utf8) }
        var size = 2
        while size < names.count * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        for (number, name) in self.names.enumerated() {
            var slot = name.withUnsafeBufferPointer { Self.hash($0) } & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(number)
        }
    }

    /// The number of a name; nil when it is none of them.
    package func number(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if names[number].elementsEqual(name) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// FNV-1a.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
