import Glibc
import TestSupport
import Testing

/// The local exchange on a terminal and in a pipe.
@Suite struct ExchangeTerminalTests {
    private let scratch = ScratchFolder()

    private func start(_ words: [String] = [], columns: UInt16 = 100, rows: UInt16 = 30) -> PseudoTerminal {
        let text = """
            port: 0
            markets:
              - name: BTCUSDT
                base: BTC
                quote: USDT
                price_decimals: 2
                amount_decimals: 8
                minimum: 0.0001
                flow: {start_price: 60000, events_per_second: 50}
            accounts:
              - {name: first, access_id: A1, secret_key: S1, balances: {BTC: 10, USDT: 1000000}}
              - {name: second, access_id: A2, secret_key: S2, balances: {USDT: 5}}
            faults:
              - {kind: push-lost, probability: 0.5, until: 1h}
            """
        return PseudoTerminal(
            [Programs.martlet, "exchange", scratch.write(text, "exchange.yaml"), "--plain"] + words,
            in: scratch, columns: columns, rows: rows)
    }

    @Test func `it shows markets, accounts and faults until somebody quits, then its audit`() throws {
        let terminal = start()
        let isShown = terminal.wait { $0.screen.text.contains("q quit") || $0.hasEnded }
        try #require(isShown && !terminal.hasEnded, "\(terminal.state) \(terminal.screen.log)")
        #expect(terminal.screen.isOtherScreen && !terminal.screen.isCursorShown)
        #expect(terminal.wait { $0.screen.text.contains("BTCUSDT") && $0.screen.text.contains("60") })
        let text = terminal.screen.text
        #expect(text.hasPrefix(" exchange http://127.0.0.1:"), "\(text)")
        for part in ["first", "second", "1000000.00000000", "{kind: push-lost, ", "orders/s", "clients 0"] {
            #expect(text.contains(part), "\(part): \(text)")
        }
        terminal.resize(columns: 70, rows: 20)
        #expect(terminal.wait { $0.screen.text.split(separator: "\n").last?.hasPrefix(" q quit") == true })
        terminal.type("q")
        #expect(terminal.end() == .exit(0))
        #expect(terminal.isRestored)
        #expect(terminal.screen.log.contains("listening on http://127.0.0.1:"))
        #expect(terminal.screen.log.contains("audit: sound; "))
    }

    @Test(arguments: [["--no-view"], ["--quiet"]])
    func `lines take its place where nobody wants a view`(words: [String]) throws {
        let terminal = start(words)
        #expect(terminal.wait { $0.screen.log.contains("listening on ") })
        terminal.send(SIGINT)
        #expect(terminal.end() == .exit(0))
        #expect(!terminal.screen.log.contains("q quit"))
        #expect(terminal.screen.log.contains("audit: sound; "))
    }
}
