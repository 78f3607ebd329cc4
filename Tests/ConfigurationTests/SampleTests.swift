import Configuration
import Quantities
import Testing

struct SampleTests {
    @Test func `a sound file gives every value`() throws {
        let sample = try Sample.load(
            """
            # Everything at once.
            name: "Über grid"
            mode: backtest
            enabled: false
            levels: 50
            ratio: 2.5e-1
            price: 61837.63
            size: "-0.000000000001"
            budget: 10
            reserve: '0'
            fee: -0.0005
            every: 1.5s
            since: 2024-08-08T23:54:13.937085768Z
            pairs: [BTCUSDT, no, 12]
            legs:
              - side: buy
              - {side: sell, weight: 10}
            risk:
              low: 1
              high: 1.000000000001
            """)
        #expect(sample.name == "Über grid")
        #expect(sample.mode == .backtest)
        #expect(sample.isEnabled == false)
        #expect(sample.levels == 50)
        #expect(sample.ratio == 0.25)
        #expect(sample.price == (try Price("61837.63")))
        #expect(sample.size == Quantity(raw: -1))
        #expect(sample.budget == Notional(10))
        #expect(sample.reserve == .zero)
        #expect(sample.fee == FeeRate(raw: -500_000_000))
        #expect(sample.every == .milliseconds(1_500))
        #expect(sample.since == Instant(nanoseconds: 1_723_161_253_937_085_768))
        #expect(sample.pairs == ["BTCUSDT", "no", "12"])
        #expect(sample.legs?.map(\.side) == [.buy, .sell])
        #expect(sample.legs?.map(\.weight) == [1, 10])
        #expect(sample.risk?.high == Price(raw: 1_000_000_000_001))
    }

    @Test func `what is left out has its default or is nil`() throws {
        let sample = try Sample.load("name: x")
        #expect(sample.mode == .paper)
        #expect(sample.isEnabled)
        #expect(sample.levels == 3)
        #expect(sample.every == .seconds(1))
        #expect(sample.price == nil)
        #expect(sample.legs == nil)
    }

    @Test(arguments: [
        "name: x\nlevels: 7\n", "name: x\r\nlevels: 7\r\n", "\u{FEFF}name: x\nlevels: 7",
        "---\nname: x\nlevels: 7\n...\n",
        "{name: x, levels: 7}", "{\"name\": \"x\", \"levels\": 7}", "? name\n: x\n? levels\n: 7\n",
        "# c\n\nname:   x   # c\n\nlevels: 7 # c\n", "name: !!str x\nlevels: !!int '7'\n",
        "!!map\nname: x\nlevels: 7\n",
        "name: >-\n  x\nlevels: 7\n", "  name: x\n  levels: 7\n", "\"n\\u0061me\": x\nlevels:\n  7\n",
    ])
    func `the same configuration in other words is the same`(text: String) throws {
        let sample = try Sample.load(text)
        #expect(sample.name == "x")
        #expect(sample.levels == 7)
    }

    @Test(arguments: [
        ("1ms", 1_000_000), ("1000us", 1_000_000), ("1000000ns", 1_000_000), ("0.001s", 1_000_000),
        ("1.5s", 1_500_000_000), ("'90s'", 90_000_000_000), ("5m", 300_000_000_000),
        ("1h", 3_600_000_000_000),
        ("0.041666666666d", 3_599_999_999_942), ("1.000000001s", 1_000_000_001),
    ])
    func `an interval is exact in every unit`(text: String, nanoseconds: Int64) throws {
        guard text.hasSuffix("d") == false else {
            // 0.041666666666 days are 3599999999942.4 ns.
            #expect(Sample.faults("every: \(text)").first?.contains("finer than a nanosecond") == true)
            return
        }
        #expect(try Sample.load("every: \(text)").every == Interval(nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999999999Z", -1),
        ("2000-02-29", 951_782_400_000_000_000), ("2024-12-31T23:59:59Z", 1_735_689_599_000_000_000),
        ("2024-02-29T12:00:00.5Z", 1_709_208_000_500_000_000),
        ("2024-02-29T12:00:00.1230000000000Z", 1_709_208_000_123_000_000),
        ("1678-01-01", -9_214_560_000_000_000_000), ("2261-12-31T23:59:59Z", 9_214_646_399_000_000_000),
    ])
    func `a time is its nanoseconds since 1970`(text: String, nanoseconds: Int64) throws {
        #expect(try Sample.load("since: \(text)").since == Instant(nanoseconds: nanoseconds))
    }

    @Test func `every day reads back as it is described`() throws {
        let day: Int64 = 86_400_000_000_000
        for number in stride(from: Int64(-106_000), through: 106_000, by: 7) {
            let instant = Instant(nanoseconds: number * day + 1)
            let read = try Sample.load("since: \(instant)").since
            #expect(read == instant)
        }
    }

    @Test func `the range of a number includes its ends`() throws {
        #expect(try Sample.load("levels: 1").levels == 1)
        #expect(try Sample.load("ratio: 1").ratio == 1)
        #expect(try Sample.load("ratio: -0.0").ratio == 0)
        #expect(try Sample.load("fee: 0.01").fee == FeeRate(raw: 10_000_000_000))
        #expect(try Sample.load("price: 0.000000000001").price == Price(raw: 1))
        #expect(try Sample.load("price: 999999999999999999").price == Price(999_999_999_999_999_999))
    }
}
