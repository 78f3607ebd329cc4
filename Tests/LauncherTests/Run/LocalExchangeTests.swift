import Configuration
import Exchange
import ExchangeServer
import Glibc
import MarketMakerStrategy
import MarketModel
import Quantities
import Runtime
import TestSupport
import Testing

/// The two commands of the README: the local exchange, and a bot that trades there over TLS.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(3)))
struct LocalExchangeTests {
    private let scratch = ScratchFolder()

    /// Puts a configuration of the repository where `configs/` is expected.
    private func place(_ name: String, _ change: (String) -> String = { $0 }) {
        mkdir(scratch.file("configs"), 0o755)
        let text = ScratchFolder.text(Checkout.file("configs/\(name)"))
        ScratchFolder.write(Array(change(text).utf8), scratch.file("configs/\(name)"))
    }

    /// Starts the exchange on any port.
    private func exchange(_ words: [String] = []) throws -> (child: ChildProcess, port: String) {
        place("exchange.yaml")
        let child = ChildProcess(
            BuiltPrograms.martlet, ["exchange", "configs/exchange.yaml", "--port", "0"] + words, in: scratch)
        try #require(
            ChildProcess.wait {
                child.output.contains("keys: ") || child.output.contains("control: ") || child.hasEnded
            }
        )
        let line = try #require(child.output.split(separator: "\n").first { $0.hasPrefix("listening on ") })
        let port = try #require(line.split(separator: ":").dropFirst(2).first?.split(separator: "/").first)
        return (child, String(port))
    }

    @Test func `a market maker trades at the local exchange with the files as they are`() throws {
        let (exchange, port) = try exchange()
        place("market-maker.live.yaml") { $0.replacing("127.0.0.1:8710", with: "127.0.0.1:\(port)") }
        let bot = ChildProcess(
            BuiltPrograms.marketMakerBot, ["configs/market-maker.live.yaml", "--quiet"], in: scratch)
        let audit = ["exchange", "audit", "configs/exchange.yaml", "--port", port]
        let hasTraded = ChildProcess.wait {
            bot.hasEnded || Saying(audit, in: scratch).output.contains(" client mm")
        }
        try #require(hasTraded && !bot.hasEnded, "\(bot.output) \(bot.errors)")
        bot.send(SIGINT)
        #expect(bot.wait(seconds: 60) == .exit(130), "\(bot.output) \(bot.errors)")
        let told = Saying(audit, in: scratch)
        #expect(told.ending == .exit(0))
        #expect(told.output.contains("account first\n  balance "))
        // The bot leaves nothing behind.
        #expect(!told.output.contains("  open "), "\(told.output)")
        let json = Saying(audit + ["--json"], in: scratch)
        #expect(json.ending == .exit(0))
        #expect(
            json.output.hasPrefix(#"{"sound":true,"problems":[],"assets":[{"asset":"BTC","deposited":"20","#))
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
        let last = exchange.output.split(separator: "\n").last
        #expect(last?.hasPrefix("audit: sound; ") == true, "\(exchange.output)")
    }

    @Test func `keys and the control word can be read by their owner only`() throws {
        let (exchange, port) = try exchange()
        for name in ["first.key", "second.key", "control.token", "exchange-key.pem", "authority-key.pem"] {
            var status = stat()
            #expect(stat(scratch.file("runs/exchange/\(name)"), &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
        let faults = ["exchange", "faults", "configs/exchange.yaml", "--port", port]
        #expect(Saying(faults, in: scratch).output == "no faults\n")
        let set = Saying(
            faults + ["--set", #"{"kind": "reply-lost", "probability": 0.5, "account": "second"}"#],
            in: scratch)
        #expect(
            set.output == "{kind: reply-lost, probability: 0.5, account: second} struck 0\n", "\(set.errors)")
        let wrong = Saying(faults + ["--set", #"{"kind": "replly-lost"}"#], in: scratch)
        #expect(wrong.ending == .exit(65))
        #expect(wrong.errors.contains("did you mean 'reply-lost'?"), "\(wrong.errors)")
        #expect(Saying(faults + ["--clear"], in: scratch).output == "no faults\n")
        // Another word opens nothing.
        ScratchFolder.write(Array("0\n".utf8), scratch.file("runs/exchange/control.token"))
        #expect(Saying(faults, in: scratch).ending == .exit(70))
        exchange.send(SIGTERM)
        #expect(exchange.wait(seconds: 20) == .exit(0))
        #expect(Saying(faults, in: scratch).ending == .exit(69))
    }

    @Test func `the market of the bot is the one that the exchange has`() throws {
        let exchange = try ExchangeConfiguration.read(path: Checkout.file("configs/exchange.yaml"))
        let bot = try SessionConfiguration.read(
            path: Checkout.file("configs/market-maker.live.yaml"),
            strategies: [StrategyBinding(MarketMaker.self).description]
        ).configuration
        #expect(!bot.markets.isEmpty)
        for market in bot.markets {
            let traded = try #require(exchange.markets.first { $0.name == market.name })
            #expect(traded.base == market.base && traded.quote == market.quote)
            #expect(traded.tick == market.rules.tick && traded.lot == market.rules.lot)
            #expect(traded.minimumAmount == market.rules.minimumQuantity)
            #expect(traded.makerRate == market.rules.makerFee && traded.takerRate == market.rules.takerFee)
        }
        #expect(bot.connection.rest == "https://127.0.0.1:\(exchange.port)/v1")
        #expect(bot.connection.socket == "wss://127.0.0.1:\(exchange.port)/")
    }
}
