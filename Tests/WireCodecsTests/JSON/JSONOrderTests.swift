import Testing
import WireCodecs

struct JSONOrderTests {
    /// Names of every length up to twenty.
    private static let names: [StaticString] = [
        "p", "mp", "eep", "data", "price", "stream", "symbols", "balances", "available", "lastTicks1",
        "lastUpdates", "lastUpdateId", "lastUpdateIds", "transactionId", "transactionTim", "transactionTime1",
        "transactionTimes1", "transactionTimes12", "transactionTimes123", "transactionTimes1234",
    ]

    @Test(arguments: names.indices)
    func `a name is told from all that differ from it in a byte`(index: Int) {
        let name = Self.names[index]
        let text = Array(#"{"\#(name)":1}"#.utf8)
        #expect(Self.take(name, from: text) == name.utf8CodeUnitCount + 4)
        // Each byte of the name, of its quotes and of its colon.
        for place in 1..<(text.count - 2) {
            for damage in [1, 0x20, 0x80] as [UInt8] {
                var other = text
                other[place] ^= damage
                #expect(Self.take(name, from: other) == 1, "\(place)")
            }
        }
        for length in 2..<(text.count - 2) { #expect(Self.take(name, from: Array(text[..<length])) == 1) }
    }

    /// Where the name ends, asked for in both ways; 1 where it is not there.
    private static func take(_ name: StaticString, from text: [UInt8]) -> Int {
        text.withUnsafeBufferPointer { bytes in
            var json = JSONCursor(bytes)
            #expect(json.takeStartOfMembers() == (bytes[1] == UInt8(ascii: "\"")))
            guard json.offset == 1 else { return 1 }
            var other = json
            let isThere = json.takeName(name)
            #expect(other.takeName(given: name) == isThere)
            return json.offset
        }
    }
}
