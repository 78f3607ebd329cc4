import Quantities
import TestSupport
import Testing

/// Rounding to ticks and lots: never worse than one step, and never to the wrong side.
struct StepFuzzTests {
    @Test func `rounding to a step moves by less than one step, to the side that was asked for`() {
        var random = SeededRandom(seed: FuzzSettings.seed(32))
        let steps = ["0.01", "0.00000001", "5", "0.25", "0.000000000001", "1000"].map { try! Price($0) }
        for _ in 0..<FuzzSettings.cases(20_000) {
            let wide = Int128(Int64(bitPattern: random.next())) * Int128(1 + random.below(1 << 40))
            let value = Price(raw: random.chance(0.5) ? wide : wide >> 60)
            let step = steps[random.below(steps.count)]
            let down = value.rounded(to: step, .down)
            let up = value.rounded(to: step, .up)
            let inward = value.rounded(to: step, .towardZero)
            let outward = value.rounded(to: step, .awayFromZero)
            let nearest = value.rounded(to: step, .toNearestOrEven)
            for rounded in [down, up, inward, outward, nearest] {
                #expect(rounded.isMultiple(of: step))
                #expect((rounded - value).magnitude < step)
            }
            #expect(down <= value && value <= up)
            #expect(inward.magnitude <= value.magnitude && value.magnitude <= outward.magnitude)
            #expect(up - down == (value.isMultiple(of: step) ? .zero : step))
            #expect((nearest - value).magnitude <= (down - value).magnitude)
            #expect((nearest - value).magnitude <= (up - value).magnitude)
        }
    }

    @Test(arguments: [
        ("0.5", "0"), ("1.5", "2"), ("2.5", "2"), ("-0.5", "0"), ("-1.5", "-2"), ("-2.5", "-2"),
        ("2.500000000001", "3"),
    ])
    func `ties go to the even step`(value: String, expected: String) throws {
        #expect(try Quantity(value).rounded(to: Quantity(1), .toNearestOrEven) == Quantity(expected))
    }
}
