import MarketModel

/// The markets of a session by the symbol as it stands in a frame.
///
/// An open hash table over the bytes, so that finding a market makes no string. The hash is our own and
/// the same in every process.
package struct BinanceSymbols {
    private var names: [[UInt8]]
    /// Market indices by hash; `empty` where there is none. A power of two, at most half full.
    private var slots: [UInt16]
    private static let empty = UInt16.max

    package init(_ table: MarketTable) {
        names = table.markets.map { Array($0.name.utf8) }
        var size = 2
        while size < names.count * 2 { size *= 2 }
        slots = Array(repeating: Self.empty, count: size)
        for (index, name) in names.enumerated() {
            var slot = name.withUnsafeBufferPointer { Self.hash($0) } & (slots.count - 1)
            while slots[slot] != Self.empty { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt16(index)
        }
    }

    /// The market of a symbol; nil when it is not of this session.
    package func market(_ symbol: UnsafeBufferPointer<UInt8>) -> MarketID? {
        var slot = Self.hash(symbol) & (slots.count - 1)
        while slots[slot] != Self.empty {
            let index = Int(slots[slot])
            if names[index].elementsEqual(symbol) { return MarketID(index) }
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
