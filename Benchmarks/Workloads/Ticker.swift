/// The two numbers of a ticker that a decision needs, read by the shortest way: as the floor in C reads them.
struct Ticker {
    let number: UInt64
    /// In hundred-millionths.
    let bid: Int64

    init(_ text: UnsafeRawBufferPointer) {
        guard let base = text.baseAddress else { preconditionFailure("a ticker has bytes") }
        let end = base + text.count
        var digit = Self.behind(UInt8(ascii: "u"), base, end)
        var number: UInt64 = 0
        while true {
            let value = digit.load(as: UInt8.self) &- UInt8(ascii: "0")
            guard value < 10 else { break }
            number = number &* 10 &+ UInt64(value)
            digit += 1
        }
        self.number = number
        digit = Self.behind(UInt8(ascii: "b"), digit, end) + 1
        var bid: Int64 = 0
        while true {
            let byte = digit.load(as: UInt8.self)
            if byte == UInt8(ascii: "\"") { break }
            if byte != UInt8(ascii: ".") { bid = bid &* 10 &+ Int64(byte &- UInt8(ascii: "0")) }
            digit += 1
        }
        self.bid = bid
    }

    /// Behind `"key":`.
    private static func behind(
        _ key: UInt8, _ start: UnsafeRawPointer, _ end: UnsafeRawPointer
    ) -> UnsafeRawPointer {
        let wanted = UInt32(UInt8(ascii: "\"")) | UInt32(key) << 8 | 0x3A22_0000
        var place = start
        while place + 5 < end {
            if place.loadUnaligned(as: UInt32.self) == wanted { return place + 4 }
            place += 1
        }
        preconditionFailure("a ticker has its fields")
    }
}
