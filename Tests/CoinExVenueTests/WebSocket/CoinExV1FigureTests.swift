import CoinExVenue
import MarketModel
import Quantities
import Testing

/// The short ways through figures against the long ones, which the same values take in other clothes.
struct CoinExV1FigureTests {
    /// What a message brought, as text; the error's text when it is none.
    private func picture(_ text: String) -> String {
        withWire(text) { bytes in
            var decoder = CoinExV1StreamDecoder()
            do throws(CoinExV1StreamError) {
                _ = try decoder.decode(bytes)
            } catch {
                return error.description
            }
            let levels = decoder.levels.map { "\($0)" }
            let deals = decoder.deals.map { "\($0.id) \($0.time) \($0.price) \($0.amount) \($0.side)" }
            let assets = decoder.assets.map { "\($0.available) \($0.frozen) \($0.timestamp)" }
            let orders = decoder.orders.map { order in
                "\(order.id) \(order.created) \(order.changed) \(order.price) \(order.amount) \(order.left) "
                    + "\(order.dealMoney) \(order.moneyFee)"
            }
            return (levels + deals + assets + orders).joined(separator: "; ")
        }
    }

    private func decimal(_ random: inout SeededRandom) -> String {
        var text = String(random.next() >> UInt64(8 + random.below(56)))
        if random.chance(0.9) {
            text += "."
            for _ in 0...(random.chance(0.5) ? 7 : random.below(12)) { text += String(random.below(10)) }
        }
        return text
    }

    private func message(_ random: inout SeededRandom) -> String {
        let time = "16400\(10_000 + random.below(80_000)).\(1 + random.below(1_000_000))"
        switch random.below(4) {
        case 0:
            let rows = (0..<random.below(6)).map { _ in "[\"\(decimal(&random))\", \"\(decimal(&random))\"]" }
            return
                "{\"method\": \"depth.update\", \"params\": [true, {\"asks\": [\(rows.joined(separator: ", "))], "
                + "\"last\": \"\(decimal(&random))\", \"time\": 1640000000123}, \"BTCUSDT\"], \"id\": null}"
        case 1:
            return
                "{\"method\": \"deals.update\", \"params\": [\"BTCUSDT\", [{\"id\": 7, \"time\": \(time), \"price\": "
                + "\"\(decimal(&random))\", \"amount\": \"\(decimal(&random))\", \"type\": \"sell\"}]], \"id\": null}"
        case 2:
            return
                "{\"method\": \"asset.update\", \"params\": [{\"BTC\": {\"available\": \"\(decimal(&random))\", "
                + "\"frozen\": \"\(decimal(&random))\", \"timestamp\": \(time)}}, 0], \"id\": null}"
        default:
            return
                "{\"method\": \"order.update\", \"params\": [1, {\"id\": 9, \"type\": 1, \"side\": 2, \"user\": 3, "
                + "\"new\": [{\"a\": 1}], \"ctime\": \(time), \"mtime\": \(time), \"market\": \"BTCUSDT\", \"price\": "
                + "\"\(decimal(&random))\", \"amount\": \"\(decimal(&random))\", \"left\": \"\(decimal(&random))\", "
                + "\"deal_money\": \"\(decimal(&random))\", \"money_fee\": \"\(decimal(&random))\"}], \"id\": null}"
        }
    }

    /// Decimals without their quotes, which are read as numbers.
    private func unquoted(_ text: String) -> String {
        text.replacing(/"([0-9]+(?:\.[0-9]+)?)"/) { $0.output.1 }
    }

    /// Blanks behind every number, which the short way through times does not know.
    private func spaced(_ text: String) -> String {
        text.replacing(/([0-9])([,}\]])/) { "\($0.output.1) \($0.output.2)" }
    }

    @Test func `figures and times are the same in every clothing`() {
        let seed = FuzzChoice.seed
        var random = SeededRandom(seed: seed)
        var good = 0
        for number in 0..<FuzzChoice.cases(3_000) {
            let text = message(&random)
            let expected = picture(text)
            if !expected.contains("byte") { good += 1 }
            for other in [
                unquoted(text), spaced(text), spaced(unquoted(text)), text.replacing(" ", with: ""),
            ] {
                let found = picture(other)
                // Offsets differ with the clothing, so of errors only their place among the members is compared.
                let isSame =
                    expected.contains(" at byte")
                    ? found.prefix { $0 != ":" } == expected.prefix { $0 != ":" } : found == expected
                if !isSame {
                    Issue.record("seed \(seed), case \(number): \(text) \(expected); \(other): \(found)")
                    return
                }
            }
        }
        #expect(good > 2_000)
    }

    @Test(arguments: [
        ("0", Instant.distantPast), ("0.0", .distantPast), ("1", Instant(nanoseconds: 1_000_000_000)),
        ("1640000000.123456", Instant(nanoseconds: 1_640_000_000_123_456_000)),
        ("1640000000.123456789", Instant(nanoseconds: 1_640_000_000_123_456_789)),
        ("1640000000.1234567899", Instant(nanoseconds: 1_640_000_000_123_456_789)),
        ("9223372036.854775807", Instant(nanoseconds: .max)),
    ])
    func `seconds are read to the nanosecond`(text: String, time: Instant) {
        let deal = #"{"id":1,"time":\#(text),"price":"1","amount":"2","type":"buy"}"#
        let message = #"{"method":"deals.update","params":["A",[\#(deal)]],"id":null}"#
        #expect(picture(message) == "1 \(time) 1 2 buy")
    }

    @Test(arguments: ["-1", "1e9", "9223372036.854775808", "99999999999", "10000000000.5", "01", "1."])
    func `what is no time is refused`(text: String) {
        let deal = #"{"id":1,"time":\#(text),"price":"1","amount":"2","type":"buy"}"#
        let message = #"{"method":"deals.update","params":["A",[\#(deal)]],"id":null}"#
        #expect(picture(message).hasPrefix("deals.update, time: "))
    }
}
