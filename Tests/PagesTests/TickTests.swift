import Quantities
import Testing

@testable import Pages

@Suite struct TickTests {
    @Test(arguments: [
        (0.0, 10.0, 5, "0 2 4 6 8 10"), (-1.3, 1.2, 5, "−1.0 −0.5 0.0 0.5 1.0"),
        (59_990.2, 60_009.9, 4, "59,995 60,000 60,005"), (0.00012, 0.00034, 3, "0.0002 0.0003"),
        (3.1, 3.1001, 2, "3.10000 3.10005 3.10010"),
    ]) func `ticks are round`(low: Double, high: Double, wanted: Int, labels: String) {
        let ticks = NumberTicks(low...high, about: wanted)
        #expect(ticks.values.map(ticks.label).joined(separator: " ") == labels)
    }

    @Test func `ticks lie in their range and are not many, whatever the range`() {
        for exponent in -9...12 {
            for mantissa in [1.0, 1.7, 2.3, 4.9, 7.7, 9.99] {
                let span = mantissa * power(exponent)
                for low in [0, -span / 3, span * 100, -span * 7] {
                    let ticks = NumberTicks(low...(low + span), about: 5)
                    #expect((2...11).contains(ticks.values.count), "\(low) + \(span)")
                    let slack = span * 1e-6
                    #expect(ticks.values.allSatisfy { $0 >= low - slack && $0 <= low + span + slack })
                }
            }
        }
    }

    @Test func `a range has room, and zero at its edge has none`() {
        #expect(NumberTicks.range(0, 0, includesZero: true) == -1...1)
        #expect(NumberTicks.range(2, 100, includesZero: true).lowerBound == 0)
        #expect(NumberTicks.range(-5, -1, includesZero: true).upperBound == 0)
        let one = NumberTicks.range(60_000, 60_000, includesZero: false)
        #expect(one.lowerBound < 60_000 && one.upperBound > 60_000)
        #expect(NumberTicks.range(.infinity, -.infinity, includesZero: false) == 0...1)
    }

    @Test func `times of a half hour are round minutes`() {
        let start = Instant(milliseconds: 1_767_225_600_000)
        let axis = TimeTicks(start...(start + .minutes(30)), atMost: 8)
        #expect(axis.ticks.map(\.label) == ["00:00", "00:05", "00:10", "00:15", "00:20", "00:25", "00:30"])
        #expect(axis.ticks.map(\.date) == ["2026-01-01", nil, nil, nil, nil, nil, nil])
    }

    @Test func `times over midnight tell the new date once`() {
        let start = Instant(milliseconds: 1_767_225_600_000 - 3_600_000)
        let axis = TimeTicks(start...(start + .minutes(120)), atMost: 5)
        #expect(axis.ticks.map(\.label) == ["23:00", "23:30", "00:00", "00:30", "01:00"])
        #expect(axis.ticks.map(\.date) == ["2025-12-31", nil, "2026-01-01", nil, nil])
    }

    @Test func `years are told by months`() {
        let start = Instant(milliseconds: 1_704_067_200_000)
        let axis = TimeTicks(start...(start + .minutes(1_440 * 400)), atMost: 6)
        #expect(axis.ticks.map(\.label) == ["2024-01", "2024-04", "2024-07", "2024-10", "2025-01"])
    }

    @Test func `an axis of any length has few ticks, all of them in it`() {
        var span: Int64 = 1_000_000
        while span < 9_000_000_000_000_000_000 / 2 {
            for start: Int64 in [0, 1_723_161_253_123_456_789, -5_000_000_123] {
                let range =
                    Instant(nanoseconds: start)...(Instant(nanoseconds: start) + Interval(nanoseconds: span))
                let ticks = TimeTicks(range, atMost: 8).ticks
                #expect(ticks.count <= 9, "\(range)")
                #expect(ticks.allSatisfy { range.contains($0.time) })
            }
            span *= 7
        }
    }

    private func power(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<abs(exponent) { result *= 10 }
        return exponent < 0 ? 1 / result : result
    }
}
