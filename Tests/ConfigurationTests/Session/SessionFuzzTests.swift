import Glibc
import MarketModel
import Quantities
import Simulation
import StrategyKit
import Testing

@testable import Configuration

/// Sound sessions, changed at random: always a configuration that can be used, or errors with reasons.
struct SessionFuzzTests {
    /// Per test run; `MARTLET_FUZZ_CASES` sets another number.
    private static let casesDefault = 4_000
    private static let seed: UInt64 = 0x5E55_1011

    private static let tokens: [[UInt8]] = [
        "0", "-1", "1e9", "999999999999999999", "0.000000000001", "60/2s", "1/0s", "0/1s", "400/1ms",
        "10000/24h",
        "366d", "0s", "max", "null", "true", "[]", "{}", "[a, b]", "{a: 1}", "synthetic", "recording",
        "backtest",
        "BTCUSDT", "ETHUSDT", "USDT", "BTC", "quoting", "watching", "name: ", "markets: ", "quote: ",
        "files: [a]",
        "  - ", "\n", ": ", ", ", "#", "'", "\"",
    ].map { Array($0.utf8) }

    @Test func `any file is a session that can be used or errors at their places`() {
        let requested = getenv("MARTLET_FUZZ_CASES").flatMap { Int(String(cString: $0)) }
        var random = SeededRandom(seed: Self.seed)
        let corpus = [SessionSample.complete, SessionSample.minimal].map { Array($0.utf8) }
        var (sound, broken) = (0, 0)
        for number in 0..<(requested ?? Self.casesDefault) {
            var bytes = corpus[random.below(corpus.count)]
            for _ in 0...random.below(3) { Self.mutate(&bytes, &random) }
            let problem: String?
            do throws(InvalidConfiguration) {
                let reading = try SessionConfiguration.read(
                    bytes: bytes, name: "x.yaml", strategies: SessionSample.strategies)
                problem = Self.problem(of: reading)
                sound += 1
            } catch {
                problem = Self.problem(of: error)
                broken += 1
            }
            guard problem == nil else {
                let text = String(decoding: bytes, as: UTF8.self)
                Issue.record("seed \(Self.seed), case \(number): \(problem!)\n\(text)")
                return
            }
        }
        #expect(sound > 0 && broken > 0, "both ways are walked: \(sound) sound, \(broken) broken")
    }

    /// Replaces a word, or changes a byte: words are where the meaning of a file is.
    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count)
        switch random.below(5) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: tokens[random.below(tokens.count)], at: place)
        default:
            var (start, end) = (place, place)
            while start > 0, isOfWord(bytes[start - 1]) { start -= 1 }
            while end < bytes.count, isOfWord(bytes[end]) { end += 1 }
            bytes.replaceSubrange(start..<end, with: tokens[random.below(tokens.count)])
        }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        !" \n,:[]{}".utf8.contains(byte)
    }

    /// A session that was accepted must be usable as it is and mean the same when it is read again.
    private static func problem(of reading: SessionReading) -> String? {
        let session = reading.configuration
        if session.markets.isEmpty || session.strategies.isEmpty { return "nothing to trade" }
        let table = session.marketTable()
        guard table.markets.count == session.markets.count else { return "a market is there twice" }
        if Set(session.strategies.map(\.label)).count != session.strategies.count { return "a label twice" }
        for strategy in session.strategies {
            if strategy.markets.isEmpty { return "a strategy without a market" }
            if strategy.markets.contains(where: { table.market(named: $0) == nil }) {
                return "no such market"
            }
            guard strategy.strategy == Quoting.name else { continue }
            do {
                _ = try Quoting.Parameters(applying: strategy.parameters)
            } catch {
                return "\(error)"
            }
        }
        if case .synthetic(let shape) = session.data {
            for market in table.markets {
                let configuration = shape.configuration(for: market.id, market.rules, startsAt: .distantPast)
                if let defect = configuration.defect { return "a market cannot be made: \(defect)" }
            }
        }
        if session.balances.contains(where: { !table.assets.contains($0.asset) }) { return "no such asset" }
        do throws(InvalidConfiguration) {
            let again = try SessionSample.read(session.effectiveText).configuration
            return again.effectiveText == session.effectiveText ? nil : "reads back as another session"
        } catch {
            return "does not read back: \(error)"
        }
    }

    private static func problem(of error: InvalidConfiguration) -> String? {
        let errors = error.diagnostics.filter { $0.severity == .error }
        if errors.isEmpty { return "refused without an error" }
        if errors.contains(where: { $0.mark == nil }) { return "an error without a place: \(error)" }
        return nil
    }
}
