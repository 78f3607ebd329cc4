import CoinExVenue
import Configuration
import Exchange
import Foundation
import Quantities
import Testing
import VenueKit

@testable import ExchangeServer

struct ExchangeConfigurationTests {
    private func problems(_ text: String) -> String {
        do {
            _ = try ExchangeConfiguration.read(text: text, name: "exchange.yaml")
            return ""
        } catch {
            return "\(error)"
        }
    }

    private static let market = """
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, price_decimals: 2, amount_decimals: 8, minimum: 0.001}

        """
    private static let account = """
        accounts:
          - {name: first, access_id: A1, secret_key: S1, balances: {BTC: 1}}

        """

    @Test func `the configuration without a file is that of the repository`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = try String(contentsOf: root.appending(path: "configs/exchange.yaml"), encoding: .utf8)
        #expect(ExchangeConfiguration.embeddedText == file)
        let exchange = try ExchangeConfiguration.read(text: file, name: "exchange.yaml")
        #expect(exchange.markets.map(\.name) == ["BTCUSDT", "ETHUSDT", "CETUSDT"])
        #expect(exchange.accounts.map(\.name) == ["first", "second"])
        #expect(exchange.keys.count == 2)
        #expect(exchange.limits == .venue)
        // What it describes can be opened.
        _ = try CoinExFront(
            exchange.definition(startsAt: Instant(milliseconds: 1_700_000_000_000)), exchange.frontSettings())
    }

    @Test func `windows, delays and refusals are read`() throws {
        let exchange = try ExchangeConfiguration.read(
            text: Self.market + Self.account + """
                port: 0
                rates: none
                windows: {place: 5/1s, address: 9/1s, calls: 3/10s, long_24h: 900, long_1h: 100}
                refusal_status: 429
                delays: {reply: 2ms, push: 1ms, jitter: 3ms}
                acknowledgement: mixed
                """, name: "exchange.yaml")
        #expect(exchange.limits.groups.count == 1)
        #expect(exchange.limits.groups[.place]?.requests == 5)
        #expect(exchange.limits.address?.requests == 9)
        #expect(exchange.limits.calls?.window == .seconds(10))
        #expect(exchange.limits.refusalStatus == 429)
        #expect(exchange.limits.longPeriods.map { "\($0.hours)h \($0.requests)" } == ["1h 100", "24h 900"])
        #expect(exchange.replyDelay == .milliseconds(2) ... .milliseconds(5))
        #expect(exchange.acknowledgement == .mixed)
    }

    @Test(arguments: [
        ("prot: 1\n", "unknown key 'prot'", "did you mean 'port'?"),
        ("port: 70000\n", "exchange.yaml:1:7", "65535"),
        ("rates: vneue\n", "'rates'", "did you mean 'venue'?"),
        ("windows: {plaec: 1/1s}\n", "unknown key 'plaec'", "did you mean 'place'?"),
        ("refusal_status: 500\n", "'refusal_status'", "'200' or '429'"),
    ])
    func `mistakes are told with their place and the nearest name`(
        line: String, what: String, hint: String
    ) {
        let text = problems(line + Self.market + Self.account)
        #expect(text.contains(what), "\(text)")
        #expect(text.contains(hint), "\(text)")
    }

    @Test func `accounts and markets have to fit together`() {
        let twice =
            Self.market + """
                accounts:
                  - {name: first, access_id: A1, secret_key: S1}
                  - {name: first, access_id: A1, secret_key: S2}
                """
        #expect(problems(twice).contains("'first'"))
        #expect(problems(twice).contains("'A1'"))
        let asset = Self.market + "accounts: [{name: first, balances: {BTX: 1}}]"
        #expect(problems(asset).contains("did you mean 'BTC'?"))
        let main = Self.market + "accounts: [{name: first}, {name: sub, main: frist}]"
        #expect(problems(main).contains("did you mean 'first'?"))
        let half = Self.market + "accounts: [{name: first, access_id: A}]"
        #expect(problems(half).contains("secret_key"))
        let coin =
            Self.account + """
                markets: [{name: btcusdt, base: BTC, quote: BTC, price_decimals: 2, amount_decimals: 2, minimum: 0.001}]
                """
        #expect(problems(coin).contains("A to Z"))
        #expect(problems(coin).contains("a market trades one asset for another"))
        #expect(problems("markets: []\naccounts: []").contains("1"))
        #expect(problems("").contains("exchange.yaml"))
    }
}
