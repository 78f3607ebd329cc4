import Configuration
import Exchange
import Foundation
import Quantities
import Testing

@testable import ExchangeServer

/// The section `faults:` of a configuration.
struct FaultConfigurationTests {
    private static let head = """
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, price_decimals: 2, amount_decimals: 8, minimum: 0.001}
        accounts:
          - {name: first, access_id: A1, secret_key: S1, balances: {BTC: 1}}
        faults:

        """

    private func read(_ faults: String) throws -> [ExchangeFault] {
        try ExchangeConfiguration.read(text: Self.head + faults, name: "exchange.yaml").faults
    }

    private func problems(_ faults: String) -> String {
        do {
            _ = try read(faults)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: ExchangeFaultKind.allCases)
    func `every kind is read with all that it can be told, and tells itself so`(
        kind: ExchangeFaultKind
    ) throws {
        let values: [ExchangeFaultField: String] = [
            .every: "2s", .probability: "0.25", .account: "first", .market: "BTCUSDT", .push: "order",
            .delay: "30ms", .status: "503", .carriedOut: "true",
        ]
        let fields = try kind.fields.map { "\($0.rawValue): \(try #require(values[$0]))" }
        let text = (["kind: \(kind.rawValue)", "from: 1s", "until: 60s"] + fields).joined(separator: ", ")
        let fault = try #require(try read("  - {\(text)}").first)
        #expect(fault.kind == kind)
        #expect(fault.from == .seconds(1) && fault.until == .seconds(60))
        let has = Set(kind.fields.map(\.rawValue))
        #expect(fault.every == (has.contains("every") ? .seconds(2) : nil))
        #expect(fault.probability == (has.contains("probability") ? 0.25 : 1))
        #expect(fault.account == (has.contains("account") ? "first" : nil))
        #expect(fault.market == (has.contains("market") ? "BTCUSDT" : nil))
        #expect(fault.push == (has.contains("push") ? .order : nil))
        #expect(fault.delay == (has.contains("delay") ? .milliseconds(30) : nil))
        #expect(fault.status == (has.contains("status") ? 503 : nil))
        #expect(fault.isCarriedOut == has.contains("carried_out"))
        // What it is shown as can be set again.
        #expect(try read("  - \(fault.text)") == [fault])
        // The kind alone is enough.
        #expect(try read("  - {kind: \(kind.rawValue)}") == [ExchangeFault(kind)])
    }

    @Test(arguments: ExchangeFaultKind.allCases)
    func `what a kind cannot be told is refused at its place`(kind: ExchangeFaultKind) {
        let values: [ExchangeFaultField: String] = [
            .every: "2s", .probability: "0.25", .account: "first", .market: "BTCUSDT", .push: "order",
            .delay: "30ms", .status: "503", .carriedOut: "true",
        ]
        for field in ExchangeFaultField.allCases where !kind.fields.contains(field) {
            let text = problems("  - kind: \(kind.rawValue)\n    \(field.rawValue): \(values[field] ?? "")")
            #expect(text.contains("exchange.yaml:7:"), "\(text)")
            #expect(text.contains("is nothing that '\(kind.rawValue)' can be told"), "\(text)")
        }
    }

    @Test(arguments: [
        ("  - {kind: reply-losst}", "exchange.yaml:6:12", "did you mean 'reply-lost'?"),
        ("  - {kind: push-lost, pusch: order}", "exchange.yaml:6:23", "did you mean 'push'?"),
        ("  - {kind: push-lost, push: ordr}", "exchange.yaml:6:29", "did you mean 'order'?"),
        ("  - {kind: push-lost, account: frist}", "exchange.yaml:6:32", "did you mean 'first'?"),
        ("  - {kind: push-lost, market: BTCUSD}", "exchange.yaml:6:31", "did you mean 'BTCUSDT'?"),
        ("  - {kind: push-lost, probability: 1.5}", "exchange.yaml:6:36", "it is too large"),
        ("  - {kind: slow-replies, delay: fast}", "exchange.yaml:6:33", "it is not an interval"),
        ("  - {kind: slow-replies, delay: 2h}", "exchange.yaml:6:33", "it is too large"),
        ("  - {kind: server-error, status: 418}", "exchange.yaml:6:34", "'418'"),
        ("  - {kind: half-open, from: 9s, until: 3s}", "exchange.yaml:6:40", "not after 'from'"),
        ("  - {from: 9s}", "exchange.yaml:6:", "kind"),
        ("  - push-lost", "exchange.yaml:6:5", "expected a section of keys"),
        ("  kind: push-lost", "exchange.yaml:6:3", "before each item"),
    ])
    func `a mistake is told with its place and the nearest name`(text: String, place: String, hint: String) {
        let problems = problems(text)
        #expect(problems.contains(place), "\(problems)")
        #expect(problems.contains(hint), "\(problems)")
    }

    @Test func `all mistakes are told, and there is a limit`() {
        let both = problems("  - {kind: push-losst}\n  - {kind: half-oben}")
        #expect(both.contains("exchange.yaml:6:12") && both.contains("exchange.yaml:7:12"), "\(both)")
        let many = String(repeating: "  - {kind: push-lost}\n", count: FaultScript.faultsMax + 1)
        #expect(problems(many).contains("\(FaultScript.faultsMax)"))
    }
}
