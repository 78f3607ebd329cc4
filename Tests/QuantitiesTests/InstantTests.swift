import Quantities
import Testing

struct InstantTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000000000Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
        (951_782_400_000_000_001, "2000-02-29T00:00:00.000000001Z"),
        (1_709_251_199_000_000_000, "2024-02-29T23:59:59.000000000Z"),
        (1_723_161_253_937_085_768, "2024-08-08T23:54:13.937085768Z"),
        (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
        (.max - 1, "2262-04-11T23:47:16.854775806Z"),
        (.min + 1, "1677-09-21T00:12:43.145224193Z"),
        (.max, "never"), (.min, "never"),
    ])
    func `an instant is written as ISO 8601 in UTC`(nanoseconds: Int64, text: String) {
        #expect(Instant(nanoseconds: nanoseconds).description == text)
    }

    @Test(arguments: [
        (Int64(0), "0s"), (1, "1ns"), (1_500, "1500ns"), (2_000, "2us"), (250_000_000, "250ms"),
        (90_000_000_000, "90s"), (-250_000_000, "-250ms"), (1_000_000_001, "1000000001ns"),
        (3_600_000_000_000, "3600s"),
    ])
    func `an interval is written in the largest unit that is exact`(nanoseconds: Int64, text: String) {
        #expect(Interval(nanoseconds: nanoseconds).description == text)
    }

    @Test func `never plus a second is never, in both directions`() {
        #expect(Instant.distantFuture + .seconds(1) == .distantFuture)
        #expect(Instant.distantPast - .seconds(1) == .distantPast)
        #expect(Instant.distantFuture - .seconds(-1) == .distantFuture)
        #expect(Instant.distantPast + .seconds(-1) == .distantPast)
        #expect(Instant(nanoseconds: 1) - Instant.distantPast == Interval(nanoseconds: .max))
        #expect(Instant.distantPast - Instant(nanoseconds: 1) == Interval(nanoseconds: .min))
        #expect(Instant.distantFuture - Instant.distantPast == Interval(nanoseconds: .max))
    }

    @Test(arguments: [
        (Int64(0), Int64(0)), (1_723_161_253_937, 1_723_161_253_937_000_000), (-1, -1_000_000),
        (9_223_372_036_854, 9_223_372_036_854_000_000), (-9_223_372_036_854, -9_223_372_036_854_000_000),
    ])
    func `milliseconds within the range are taken exactly`(milliseconds: Int64, nanoseconds: Int64) {
        #expect(Instant(milliseconds: milliseconds).nanoseconds == nanoseconds)
        #expect(Instant(checkedMilliseconds: milliseconds)?.nanoseconds == nanoseconds)
    }

    @Test(arguments: [9_223_372_036_855, -9_223_372_036_855, 100_000_000_000_000_000, Int64.max, .min])
    func `milliseconds beyond the range are no time`(milliseconds: Int64) async {
        #expect(Instant(checkedMilliseconds: milliseconds) == nil)
        await #expect(processExitsWith: .failure) { [milliseconds] in
            _ = Instant(milliseconds: milliseconds)
        }
    }

    @Test func `instants and intervals add up`() {
        let start = Instant(milliseconds: 1_704_067_200_000)
        #expect(start + .minutes(2) - start == .seconds(120))
        #expect(start + .milliseconds(1_500) == start + .seconds(1) + .microseconds(500_000))
        #expect(Interval.seconds(3) * 2 - .seconds(1) == .seconds(5))
        #expect(Interval.milliseconds(1_500).seconds == 1.5)
        #expect(start < start + .nanoseconds(1))
    }
}
