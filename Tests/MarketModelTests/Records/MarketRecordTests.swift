import MarketModel
import Quantities
import Testing

struct MarketRecordTests {
    static let scale = RecordScale(priceDecimals: 2, quantityDecimals: 5)
    static let venueTime = Instant(nanoseconds: 1_700_000_000_123_000_000)
    static let receivedAt = Instant(nanoseconds: 1_700_000_000_125_456_789)

    static let events: [MarketEvent] = {
        let market = MarketID(7)
        var events: [MarketEvent] = [
            .quote(
                Quote(
                    market: market, bid: try! Price("41250.17"), bidSize: try! Quantity("0.00001"),
                    ask: try! Price("41250.18"), askSize: try! Quantity("12"), sequence: .max,
                    venueTime: .distantPast, receivedAt: receivedAt)),
            .ticker(
                Ticker(
                    market: market, last: try! Price("41250.5"), open: try! Price("40000"),
                    high: try! Price("42000.01"), low: try! Price("39999.99"),
                    volume: try! Quantity("123456.789"), venueTime: venueTime,
                    receivedAt: receivedAt)),
        ]
        events.append(
            .optionMark(
                OptionMark(
                    market: market, price: try! Price("5123.45"), volatility: 0.5678, bidVolatility: 0.56,
                    delta: -0.25, gamma: 1e-9, theta: -.greatestFiniteMagnitude, vega: 9.5,
                    venueTime: venueTime, receivedAt: receivedAt)))
        for side in Side.allCases {
            events.append(
                .trade(
                    Trade(
                        market: market, aggressor: side, id: DealID(99), price: try! Price("0.01"),
                        quantity: try! Quantity("-1.5"), venueTime: venueTime,
                        receivedAt: receivedAt)))
            for isLast in [false, true] {
                events.append(
                    .level(
                        LevelChange(
                            market: market, side: side, isLast: isLast, price: try! Price("3"),
                            quantity: .zero, sequence: 5, venueTime: venueTime,
                            receivedAt: receivedAt)))
            }
        }
        for reason in BookReset.Reason.allCases {
            events.append(
                .reset(
                    BookReset(
                        market: market, reason: reason, sequence: 8, venueTime: venueTime,
                        receivedAt: receivedAt)))
        }
        for state in ConnectionChange.State.allCases {
            events.append(
                .connection(
                    ConnectionChange(state: state, venueTime: venueTime, receivedAt: receivedAt)))
        }
        return events
    }()

    @Test(arguments: events)
    func `an event comes back from its record as it went in`(event: MarketEvent) throws {
        let record = try MarketRecord(event, Self.scale)
        #expect(record.event(Self.scale) == event)
        #expect(record.receivedAt == event.receivedAt)
    }

    @Test func `a record has 64 bytes and no padding`() {
        #expect(MemoryLayout<MarketRecord>.size == MarketRecord.byteCount)
        #expect(MemoryLayout<MarketRecord>.stride == MarketRecord.byteCount)
        #expect(MemoryLayout<MarketRecord>.alignment == 8)
    }

    @Test func `the bytes of a record are those of the format`() throws {
        let trade = Trade(
            market: MarketID(0x0201), aggressor: .sell, id: DealID(0x0807_0605_0403_0201),
            price: try Price("2.58"), quantity: try Quantity("-0.00001"),
            venueTime: Instant(nanoseconds: 3), receivedAt: Instant(nanoseconds: 4))
        let record = try MarketRecord(trade, Self.scale)
        let bytes = withUnsafeBytes(of: record) { Array($0) }
        let expected: [UInt8] =
            [2, 1, 0x01, 0x02, 0, 0, 0, 0] + [3, 0, 0, 0, 0, 0, 0, 0] + [4, 0, 0, 0, 0, 0, 0, 0]
            + [1, 2, 3, 4, 5, 6, 7, 8] + [2, 1, 0, 0, 0, 0, 0, 0]
            + Array(repeating: 255, count: 8) + Array(repeating: 0, count: 16)
        #expect(bytes == expected)
    }

    @Test(arguments: [
        ("1.234", "1", RecordScaleError.lostDigits), ("1", "0.000001", .lostDigits),
        ("92233720368547758.08", "1", .overflow), ("-92233720368547758.09", "1", .overflow),
        ("1", "92233720368547.75808", .overflow),
    ])
    func `a number that does not fit is refused`(
        price: String, quantity: String, error: RecordScaleError
    ) throws {
        let trade = Trade(
            market: MarketID(0), aggressor: .buy, id: DealID(1), price: try Price(price),
            quantity: try Quantity(quantity), venueTime: Self.venueTime, receivedAt: Self.receivedAt)
        #expect(throws: error) { try MarketRecord(.trade(trade), Self.scale) }
    }

    @Test(arguments: ["92233720368547758.07", "-92233720368547758.08", "0", "0.01"])
    func `the largest and smallest numbers fit`(price: String) throws {
        let mantissa = try Self.scale.mantissa(try Price(price))
        #expect(Self.scale.price(mantissa) == (try Price(price)))
    }

    @Test func `numbers of every scale come back exactly`() throws {
        var random = SeededRandom(seed: 64)
        for decimals in 0...12 {
            let scale = RecordScale(priceDecimals: decimals, quantityDecimals: 12 - decimals)
            for _ in 0..<500 {
                let mantissa = Int64(bitPattern: random.next()) >> Int64(random.below(64))
                #expect(try scale.mantissa(scale.price(mantissa)) == mantissa)
                #expect(try scale.mantissa(scale.quantity(mantissa)) == mantissa)
            }
        }
    }

    @Test func `codes of later versions are told apart, not misread`() {
        func record(kind: UInt8, detail: UInt32 = 0) -> MarketRecord {
            MarketRecord(
                kindCode: kind, detail: detail, venueTime: Self.venueTime,
                receivedAt: Self.receivedAt)
        }
        let known = Set(MarketRecord.Kind.allCases.map(\.rawValue))
        for code in UInt8.min...UInt8.max {
            #expect(record(kind: code).kind?.rawValue == (known.contains(code) ? code : nil))
        }
        #expect(record(kind: 0).event(Self.scale) == nil)
        for detail: UInt32 in [0, 6, 256, 257] {
            #expect(record(kind: 4, detail: detail).reset() == nil)
            #expect(record(kind: 4, detail: detail).event(Self.scale) == nil)
        }
        for detail: UInt32 in [0, 4, 257] {
            #expect(record(kind: 6, detail: detail).connection() == nil)
        }
    }
}
