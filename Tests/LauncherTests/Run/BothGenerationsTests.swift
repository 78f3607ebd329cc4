import Glibc
import TestSupport
import Testing

/// Bots and command lines of both generations at one local exchange.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(4)))
struct BothGenerationsTests {
    private let scratch = ScratchFolder()

    /// A market without a crowd: whoever trades does so with another client.
    private static let exchange = """
        port: 0
        authority: authority
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, price_decimals: 2, amount_decimals: 8, minimum: 0.0001,
             maker_fee: 0.001, taker_fee: 0.002}
        accounts:
          - name: first
            access_id: 10CA1000000000000000000000000001
            secret_key: 10CA1000000000000000000000000000000000000000F001
            balances: {BTC: 10, USDT: 1000000}
          - name: second
            access_id: 10CA1000000000000000000000000002
            secret_key: 10CA1000000000000000000000000000000000000000F002
            balances: {BTC: 10, USDT: 1000000}
        """

    private func begin() throws -> (child: ChildProcess, port: String) {
        _ = scratch.write(Self.exchange, "exchange.yaml")
        let child = ChildProcess(
            BuiltPrograms.martlet, ["exchange", "exchange.yaml", "--api", "both"], in: scratch)
        try #require(
            ChildProcess.wait { child.output.contains("keys: ") || child.hasEnded }, "\(child.errors)")
        let line = try #require(child.output.split(separator: "\n").first { $0.hasPrefix("listening on ") })
        let port = try #require(line.split(separator: ":").dropFirst(2).first?.split(separator: "/").first)
        return (child, String(port))
    }

    private func coinex(_ words: [String], _ api: String, _ port: String, key: String) -> Saying {
        let place = ["--url", "https://127.0.0.1:\(port)/\(api)", "--ca", "authority/authority.pem"]
        let all = ["coinex"] + words + ["--api", api] + place + ["--key", "authority/\(key).key"]
        // A quick machine asks more often than the venue allows, which says so.
        for _ in 0..<1_000 {
            let saying = Saying(all, in: scratch)
            if !saying.errors.contains("(too many requests)") { return saying }
        }
        return Saying(all, in: scratch)
    }

    private func bot(_ name: String, _ api: String, _ port: String, key: String, _ strategy: String) -> String
    {
        scratch.write(
            """
            mode: live
            connection:
              bot: \(name)
              api: \(api)
              rest: https://127.0.0.1:\(port)/\(api)
              socket: wss://127.0.0.1:\(port)\(api == "v1" ? "/" : "/v2/spot")
              authority: authority/authority.pem
              key_file: authority/\(key).key
            journal: {folder: \(name)-runs}
            markets:
              - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00000001, minimum: 0.0001,
                 maker_fee: 0.001, taker_fee: 0.002}
            strategies:
            \(strategy)
            risk: {order_notional_max: 5000, position_max: 1, price_band: 0.1}

            """, "\(name).yaml")
    }

    private static let maker = """
          - strategy: grid
            markets: [BTCUSDT]
            parameters: {order_size: 0.01, levels: 6, spacing: 40, start: holdings}
        """
    private static let taker = """
          - strategy: dca
            markets: [BTCUSDT]
            parameters: {spend: 60, interval: 1s, first: now, patience: 200ms, slippage: 100}
        """

    @Test(arguments: [("v1", "v2"), ("v2", "v1")])
    func `a bot of one generation trades with a bot of the other`(maker: String, taker: String) throws {
        let (exchange, port) = try begin()
        // Two orders far from each other make a middle to quote around.
        for words in [["buy", "0.1", "--price", "50000"], ["sell", "0.1", "--price", "70000"]] {
            let placed = coinex(
                ["place", words[0], words[1], "BTCUSDT", words[2], words[3], "--yes"], taker, port,
                key: "second")
            try #require(placed.ending == .exit(0), "\(placed.errors)")
        }
        _ = bot("mk", maker, port, key: "first", Self.maker)
        _ = bot("tk", taker, port, key: "second", Self.taker)
        let making = ChildProcess(BuiltPrograms.martlet, ["run", "mk.yaml", "--quiet"], in: scratch)
        let rests = ChildProcess.wait(seconds: 1) {
            making.hasEnded || coinex(["orders"], maker, port, key: "first").outputLines.count >= 3
        }
        try #require(rests && !making.hasEnded, "\(making.output) \(making.errors)")
        let taking = ChildProcess(BuiltPrograms.martlet, ["run", "tk.yaml", "--quiet"], in: scratch)
        func deals(_ api: String, _ key: String) -> [String] {
            // Time, then the number of the deal.
            coinex(["deals", "BTCUSDT"], api, port, key: key).outputLines.dropFirst()
                .compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }
        }
        let traded = ChildProcess.wait(seconds: 1) { taking.hasEnded || deals(maker, "first").count >= 3 }
        #expect(traded && !taking.hasEnded && !making.hasEnded, "\(taking.output) \(taking.errors)")
        for child in [taking, making] {
            child.send(SIGINT)
            #expect(child.wait(seconds: 60) == .exit(130), "\(child.output) \(child.errors)")
        }
        // A deal of one is a deal of the other, whoever asks in which words.
        let (own, others) = (deals(maker, "first"), deals(taker, "second"))
        #expect(own.count >= 3 && own == others)
        #expect(deals(taker, "first") == own)
        for run in ["mk-runs/run-0001", "tk-runs/run-0001"] {
            #expect(Saying(["replay", run], in: scratch).ending == .exit(0))
        }
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
        #expect(exchange.output.contains("audit: sound"), "\(exchange.output)")
    }

    // MARK: - By hand

    @Test func `the command line speaks v2 as it speaks v1`() throws {
        let (exchange, port) = try begin()
        func ask(_ words: [String], _ api: String = "v2") -> Saying { coinex(words, api, port, key: "first") }
        #expect(
            ask(["markets"]).outputLines == [
                "market   base  quote  minimum  price digits  amount digits  maker  taker",
                "BTCUSDT  BTC   USDT    0.0001             2              8  0.001  0.002",
            ])
        #expect(
            ask(["balance"]).outputLines == [
                "coin  available  frozen    total", "BTC          10       0       10",
                "USDT    1000000       0  1000000",
            ])
        let placed = ask([
            "place", "buy", "0.5", "BTCUSDT", "--price", "50000", "--client-id", "n1", "--yes",
        ])
        #expect(
            placed.ending == .exit(0) && placed.output.contains(" open "), "\(placed.output) \(placed.errors)"
        )
        // What one generation has placed the other one lists.
        for api in ["v1", "v2"] {
            let listed = ask(["orders", "BTCUSDT"], api)
            #expect(listed.outputLines.count == 2 && listed.output.contains(" n1"), "\(listed.output)")
        }
        let book = ask(["book", "BTCUSDT", "--levels", "5"])
        #expect(book.output.contains("   0.5  50000"), "\(book.output)")
        let taken = coinex(
            ["place", "sell", "0.2", "BTCUSDT", "--market", "--yes"], "v2", port, key: "second")
        #expect(taken.ending == .exit(0), "\(taken.errors)")
        #expect(ask(["deals", "BTCUSDT"]).output.contains(" buy   maker  50000     0.2  10000 "))
        #expect(ask(["deals"]).ending == .exit(64))
        #expect(ask(["trades", "BTCUSDT"]).output.contains(" sell  50000     0.2"))
        #expect(ask(["ticker", "BTCUSDT", "--json"]).output.contains(#""bid":null"#))
        #expect(ask(["fees", "BTCUSDT"]).output.contains("BTCUSDT  0.001  0.002"))
        let cancelled = ask(["cancel", "BTCUSDT", "--client-id", "n1"])
        #expect(
            cancelled.ending == .exit(0) && cancelled.output.contains(" cancelled"), "\(cancelled.errors)")
        let finished = ask(["orders", "BTCUSDT", "--finished"])
        #expect(finished.output.contains(" part_canceled "), "\(finished.output)")
        // Stop orders have numbers at once.
        let stop = [
            "place", "sell", "0.1", "BTCUSDT", "--price", "40000", "--stop", "41000", "--yes", "--client-id",
            "s1",
        ]
        #expect(ask(stop).output.contains("BTCUSDT  s1    accepted"), "\(ask(stop).errors)")
        #expect(ask(["orders", "--stops"]).output.contains("waiting"))
        #expect(ask(["cancel", "BTCUSDT", "--all", "--stops", "--yes"]).ending == .exit(0))
        #expect(ask(["orders", "--stops"]).output == "no stop order waits\n")
        // Both clocks are one: what is seen between them is the way, of which no more is known than how long it took.
        let time = ask(["time"])
        let figures = time.outputLines.dropFirst().first?.split(separator: " ").suffix(2).compactMap {
            Int($0)
        }
        try #require(figures?.count == 2, "\(time.output)")
        #expect(abs(figures![0]) <= figures![1] + 1, "\(time.output)")
        #expect(time.output.contains("this machine's clock is "))
        #expect(ask(["cancel", "BTCUSDT", "77"]).ending == .exit(2))
        #expect(
            Saying(["coinex", "markets", "--api", "v3"], in: scratch).errors.contains(
                "--api is v1 or v2, not 'v3'"))
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
    }
}
