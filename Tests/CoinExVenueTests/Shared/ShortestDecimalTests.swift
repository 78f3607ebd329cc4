import Quantities
import Testing

@testable import CoinExVenue

struct ShortestDecimalTests {
    private func written(_ price: Price) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalText.lengthMax) { room in
            let count = price.writeShortest(to: room)
            return String(decoding: UnsafeBufferPointer(rebasing: room[..<count]), as: UTF8.self)
        }
    }

    @Test(arguments: [
        (0, "0"), (1, "0.000000000001"), (10, "0.00000000001"), (1_000_000_000_000, "1"),
        (59_019_010_000_000_000, "59019.01"), (100_000_000_000_000, "100"), (1_500_000_000_000, "1.5"),
        (-1_500_000_000_000, "-1.5"),
    ])
    func `a decimal of a request has no zeros at its end`(raw: Int, text: String) {
        #expect(written(Price(raw: Int128(raw))) == text)
    }

    @Test func `numbers of any size have the text that they print`() {
        var random = SeededRandom(seed: 41)
        for _ in 0..<20_000 {
            var raw = Int128(random.next() >> UInt64(random.below(64)))
            // With zeros at the end, beyond 64 bits, below zero.
            if random.chance(0.5) { raw *= [10, 1_000, 1_000_000, 1_000_000_000_000][random.below(4)] }
            if random.chance(0.2) { raw = -raw }
            let price = Price(raw: raw)
            #expect(written(price) == price.description)
        }
    }
}
