import Quantities
import Testing

/// What does not fit is an error with a name, never a crash.
struct ArithmeticErrorTests {
    private let large = Quantity(raw: Int128.max)

    @Test func `sums beyond the range are refused`() throws {
        #expect(throws: ArithmeticError.overflow) { try large.adding(Quantity(raw: 1)) }
        #expect(throws: ArithmeticError.overflow) { try (-large).adding(Quantity(raw: -2)) }
        #expect(try large.adding(-large).isZero)
    }

    @Test func `products beyond the range are refused`() throws {
        let price = try Price("1.000000000001")
        #expect(throws: ArithmeticError.overflow) { try large.times(price, .down) }
        #expect(throws: ArithmeticError.overflow) { try (-large).times(price, .down) }
        #expect(throws: ArithmeticError.overflow) {
            try Price(999_999_999_999_999_999).times(Quantity(999_999_999_999_999_999), .down)
        }
        let most = try Quantity(99_999_999_999_999).times(Price(999_999_999_999), .down)
        #expect(most.raw == Int128(99_999_999_999_999) * 999_999_999_999 * 1_000_000_000_000)
    }

    @Test func `division by zero is refused`() {
        #expect(throws: ArithmeticError.divisionByZero) { try Notional(1).divided(by: Price.zero, .down) }
        #expect(throws: ArithmeticError.divisionByZero) { try Notional.zero.divided(by: Quantity.zero, .up) }
    }

    @Test func `quotients beyond the range are refused`() throws {
        let tiny = Price(raw: 1)
        #expect(throws: ArithmeticError.overflow) {
            try Notional(999_999_999_999_999_999).divided(by: tiny, .down)
        }
        #expect(
            try Notional(100_000_000_000_000).divided(by: tiny, .down).raw == 100_000_000_000_000
                * Int128(1_000_000_000_000) * 1_000_000_000_000)
    }

    @Test func `signals that are no numbers, or too large, make no money`() {
        for signal in [Double.nan, .infinity, -.infinity, 1e18, -1e18, 1e300] {
            #expect(Price(signal: signal, step: Price(1), .down) == nil)
        }
        #expect(Price(signal: 61_837.629_999, step: try! Price("0.01"), .down) == (try! Price("61837.62")))
        #expect(Price(signal: -0.005, step: try! Price("0.01"), .up) == Price.zero)
    }
}
