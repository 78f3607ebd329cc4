/// The two numbers of a ticker that a decision needs, read by the shortest way: as the floor in C reads them.
struct Ticker {
    let number: UInt64
    /// In hundred-millionths.
    let bid: Int64

    init(_ text: UnsafeRawBufferPointer) {
        var index = Self.behind(UInt8(ascii: "u"), text, from: 0)
        var number: UInt64 = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
            number = number &* 10 &+ UInt64(text[index] &- UInt8(ascii: "0"))
            index += 1
        }
        self.number = number
        index = Self.behind(UInt8(ascii: "b"), text, from: index) + 1
        var bid: Int64 = 0
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            if text[index] != UInt8(ascii: ".") { bid = bid &* 10 &+ Int64(text[index] &- UInt8(ascii: "0")) }
            index += 1
        }
        self.bid = bid
    }

    /// The index behind `"key":`.
    private static func behind(_ key: UInt8, _ text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 5 < text.count {
            if text[index] == UInt8(ascii: "\""), text[index + 1] == key, text[index + 2] == UInt8(ascii: "\""),
                text[index + 3] == UInt8(ascii: ":")
            {
                return index + 4
            }
            index += 1
        }
        preconditionFailure("a ticker has its fields")
    }
}
