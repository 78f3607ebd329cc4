import Configuration
import MarketModel
import Quantities
import ScriptedVenue
import StrategyKit
import TestSupport
import Testing

@testable import Runtime

/// Sessions on paper whose market data come from a source, over sockets.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct PaperOnSourcesTests {
    /// Buys once where it trades, and tries to where it only watches; ends when both were answered.
    struct Lookout: Strategy {
        static let name = "lookout"
        private let setup: StrategySetup
        private var hasBought = false
        private var hasTried = false
        private var isFilled = false

        init(_ parameters: NoParameters, _ setup: StrategySetup) { self.setup = setup }

        mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
            let isWatched = setup.watched.contains { $0.id == quote.market }
            if isWatched ? hasTried : hasBought { return }
            if isWatched { hasTried = true } else { hasBought = true }
            desk.place(.market(.buy, Quantity(raw: 1_000_000_000), in: quote.market))
        }

        mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
            isFilled = true
            desk.note("bought at \(fill.price)")
        }

        mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
            if case .closed(.rejected(let refusal)) = order.state { desk.note("\(refusal)") }
            if isFilled, hasTried { desk.finish("seen") }
        }
    }

    private let scratch = ScratchFolder()
    private static let bindings = [StrategyBinding(Lookout.self)]

    private func text(_ venue: ScriptedBinance, streams: String) -> String {
        """
        mode: paper
        data: {source: venue}
        duration: 20s
        venues:
          binance: {socket: '\(venue.socketURL)', rest: '\(venue.restURL)', streams: \(streams)}
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.001, venue: binance}
          - {name: 'binance:ETHUSDT', base: ETH, quote: USDT, tick: 0.01, lot: 0.001, venue: binance}
        strategies:
          - {strategy: lookout, markets: [BTCUSDT], watch: ['binance:ETHUSDT']}
        journal: {folder: \(scratch.path)}
        """
    }

    private static func run(_ text: String) throws -> (outcome: RunOutcome, said: String) {
        let console = LineConsole()
        let reading = try SessionConfiguration.read(
            text: text, name: "test", strategies: bindings.map(\.description))
        let run = try LiveRun(
            SessionParts(reading.configuration), credentials: nil, environment: [:], console: console)
        let outcome = try run.perform(bindings)
        return (outcome, console.lines.joined(separator: "\n"))
    }

    @Test(arguments: ["[quotes, trades, book]", "[book]", "[quotes]", "[top]"])
    func `orders are filled on paper at the prices of a source, and the tape replays`(streams: String)
        async throws
    {
        var settings = ScriptedBinance.Settings()
        settings.stepEvery = .milliseconds(20)
        let venue = try await ScriptedBinance(["BTCUSDT", "ETHUSDT"], settings)
        let text = text(venue, streams: streams)
        let (outcome, said) = try await SpareThread.run { try Self.run(text) }
        #expect(outcome.ending == .finished)
        #expect(said.contains("bought at 100.01"), "\(said)")
        #expect(said.contains("the market is there to be watched only"), "\(said)")
        #expect(outcome.finished.map(\.note) == ["seen"], "\(outcome.finished)")
        let tape = try #require(outcome.folder) + "/session.tape"
        let reading = try SessionConfiguration.read(
            text: text, name: "test", strategies: Self.bindings.map(\.description))
        let replay = try SessionReplay(SessionParts(reading.configuration), tape: tape).perform(Self.bindings)
        #expect(replay.difference == nil && replay.isComplete)
        #expect(replay.hash == outcome.hash)
    }
}
