import Glibc
import TestSupport
import Testing

/// Bots that trade with the local exchange over TLS, and what keeps them from harm: their guardian, the terms of their
/// markets, and what they begin with.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct LiveSafetyTests {
    private let scratch = ScratchFolder()

    private func exchange(bitcoins: String = "10") throws -> LocalExchange {
        try LocalExchange(in: scratch) { $0.replacing("{BTC: 10,", with: "{BTC: \(bitcoins),") }
    }

    /// The names of the orders that rest at the venue.
    private func names(_ exchange: LocalExchange) -> [String] {
        let orders = Saying(["coinex", "orders", "BTCUSDT"] + exchange.account, in: scratch)
        return orders.outputLines.dropFirst().compactMap { $0.split(separator: " ").last.map(String.init) }
    }

    @Test(arguments: ["v1", "v2"])
    func `a bot that hangs loses its lease and its own orders, and trades no more when it wakes up`(
        api: String
    ) throws {
        let exchange = try exchange()
        scratch.place("market-maker.live.yaml") { exchange.redirect($0, api) + "\njournal: {lease: 3s}\n" }
        let byHand = ["place", "buy", "0.01", "BTCUSDT", "--price", "20000", "--client-id", "byhand-1"]
        let placed = Saying(["coinex"] + byHand + ["--yes"] + exchange.account, in: scratch)
        try #require(placed.ending == .exit(0), "\(placed.errors)")
        let bot = ChildProcess(BuiltPrograms.martlet, ["run", "configs/market-maker.live.yaml"], in: scratch)
        try #require(ChildProcess.wait { bot.hasEnded || names(exchange).count == 3 })
        let guardian = ChildProcess(
            BuiltPrograms.martlet,
            [
                "guardian", "mm", "--config", "configs/market-maker.live.yaml", "--timeout", "3s", "--alarm",
                "echo alarm $1 >> calls",
            ], in: scratch)
        try #require(ChildProcess.wait { guardian.output.contains("watching over mm in runs\n") })
        try #require(!bot.hasEnded, "\(bot.errors)")
        bot.send(SIGSTOP)
        #expect(guardian.wait(seconds: 60) == .exit(70), "\(guardian.output) \(guardian.errors)")
        #expect(names(exchange) == ["byhand-1"])
        #expect(ScratchFolder.text(scratch.file("calls")) == "alarm mm\n")
        bot.send(SIGCONT)
        #expect(bot.wait(seconds: 60) == .exit(77), "\(bot.output) \(bot.errors)")
        #expect(bot.errors.contains("its lease was taken while it stood still"))
        #expect(names(exchange) == ["byhand-1"])
        exchange.child.send(SIGINT)
        #expect(exchange.child.wait(seconds: 20) == .exit(0))
    }

    @Test func `a bot whose markets are not as the venue has them does not start, and says both values`()
        throws
    {
        let exchange = try exchange()
        let here = { (text: String) in
            exchange.redirect(text).replacing("tick: 0.01", with: "tick: 0.1")
        }
        scratch.place("market-maker.live.yaml", as: "wrong.yaml", here)
        let refused = Saying(["run", "configs/wrong.yaml", "--quiet"], in: scratch)
        #expect(refused.ending == .exit(70))
        #expect(
            refused.errors.contains("tick of BTCUSDT is 0.1 here and 0.01 at the venue"), "\(refused.errors)")
        scratch.place("market-maker.live.yaml", as: "adopting.yaml") {
            here($0).replacing("found_orders:", with: "market_rules: adopt\n  found_orders:")
        }
        let adopting = Saying(["run", "configs/adopting.yaml", "--duration", "2s"], in: scratch)
        #expect(adopting.ending == .exit(0), "\(adopting.output) \(adopting.errors)")
        #expect(
            adopting.output.contains("taken over from the venue: tick of BTCUSDT is 0.1 here and 0.01"))
        exchange.child.send(SIGINT)
        #expect(exchange.child.wait(seconds: 20) == .exit(0))
    }

    @Test func `a new run begins with what the last one held, unless the account holds less`() throws {
        let exchange = try exchange(bitcoins: "0.001")
        let trading = { (text: String) -> String in
            let head = String(text[..<text.firstRange(of: "strategies:")!.lowerBound])
            return exchange.redirect(head)
                + """
                strategies:
                  - strategy: dca
                    markets: [BTCUSDT]
                    parameters: {spend: 600, interval: 60m}
                risk: {order_notional_max: 5000, position_max: 0.1, price_band: 0.05}
                """
        }
        scratch.place("market-maker.live.yaml", as: "dca.yaml", trading)
        let first = Saying(["run", "configs/dca.yaml", "--duration", "8s"], in: scratch)
        try #require(first.ending == .exit(0), "\(first.output) \(first.errors)")
        let second = Saying(["run", "configs/dca.yaml", "--duration", "8s"], in: scratch)
        #expect(second.ending == .exit(0), "\(second.output) \(second.errors)")
        #expect(second.output.contains("dca goes on with 0.0"), "\(second.output)")
        #expect(second.output.contains("in BTCUSDT that run-0001 left"))
        #expect(Saying(["replay", "run-0002"], in: scratch).ending == .exit(0))
        // Most of it is sold by hand.
        let sale = ["coinex", "place", "sell", "0.015", "BTCUSDT", "--market", "--yes"] + exchange.account
        let sold = Saying(sale, in: scratch)
        try #require(sold.ending == .exit(0), "\(sold.errors)")
        let third = Saying(["run", "configs/dca.yaml", "--quiet"], in: scratch)
        #expect(third.ending == .exit(70))
        #expect(third.errors.contains("BTC and the bot goes on with 0.0"), "\(third.errors)")
        scratch.place("market-maker.live.yaml", as: "zero.yaml") {
            trading($0).replacing("found_orders:", with: "position: zero\n  found_orders:")
        }
        let fourth = Saying(["run", "configs/zero.yaml", "--duration", "4s"], in: scratch)
        #expect(fourth.ending == .exit(0), "\(fourth.output) \(fourth.errors)")
        #expect(!fourth.output.contains("goes on with"))
        exchange.child.send(SIGINT)
        #expect(exchange.child.wait(seconds: 20) == .exit(0))
    }
}
