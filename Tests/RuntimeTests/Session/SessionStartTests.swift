import MarketModel
import Quantities
import Runtime
import StrategyKit
import Testing

/// Notes what it is called with, until something else than the start of a session comes.
struct Diary: Strategy {
    static let name = "diary"
    private let market: Market
    private var pages = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    func onBalance(_ balance: Balance, _ desk: inout Desk) { desk.note("balance \(balance.total)") }

    func onStart(_ desk: inout Desk) {
        let (base, quote) = (desk.balance(market.base).total, desk.balance(market.quote).total)
        desk.note("start with \(base) and \(quote)")
    }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        pages += 1
        if pages == 1 { desk.note("quote") }
    }

    func onStop(_ desk: inout Desk) { desk.note("stop") }
}

@Suite struct SessionStartTests {
    /// However slow the messages are: an account is known before anybody trades with it.
    @Test(arguments: ["0ms", "10ms", "60s"])
    func `a strategy starts with its balances, and sees the first quote after the start`(way: String) throws {
        let text = Sessions.text(duration: "2s", strategies: ["{strategy: diary, markets: [BTCUSDT]}"])
            .replacing("response: 10ms", with: "response: \(way)")
        let console = LineConsole()
        let outcome = try Sessions.run(text, console: console)
        #expect(outcome.ending == .finished)
        #expect(
            console.lines.map { $0.split(separator: " ", maxSplits: 2).last.map(String.init) } == [
                "balance 1", "balance 100000", "start with 1 and 100000", "quote", "stop",
            ])
    }
}
