import Journal
import Quantities
import Runtime
import StrategyKit
import TestSupport
import Testing
import TradingCore

@Suite struct EnsembleRunTests {
    @Test(arguments: [Sessions.maker, Sessions.cross])
    func `a strategy alone decides as in an ensemble of one`(strategy: String) throws {
        let text = Sessions.text(duration: "5m", strategies: [strategy])
        let alone = try Sessions.run(text)
        let parts = try Sessions.parts(text)
        let together = try SessionRun(parts, console: SilentConsole())
            .perform(parts.makeEnsemble(Sessions.bindings))
        #expect(alone.decisions > 0)
        #expect(together.hash == alone.hash)
        #expect(together.lines == alone.lines)
    }

    @Test func `two strategies have their own positions and profits`() throws {
        let scratch = ScratchFolder()
        let text = Sessions.text(
            duration: "5m", strategies: [Sessions.maker, Sessions.cross], folder: scratch.path)
        let outcome = try Sessions.run(text)
        #expect(outcome.lines.map(\.strategy) == ["market-maker", "ema-cross"])
        let (maker, cross) = (outcome.lines[0], outcome.lines[1])
        #expect(maker.fills > 0)
        #expect(maker.makerFills == maker.fills, "it quotes maker-only")
        #expect(cross.fills > 0)
        #expect(cross.makerFills == 0, "it trades at market")
        #expect(maker.fees == .zero)
        #expect(cross.fees.isPositive)
        #expect(outcome.profit == maker.profit + cross.profit)

        let book = try LedgerReading(scratch.file("ledger.db"), run: 1)
        for line in outcome.lines {
            #expect(book.position(of: line.strategy) == line.position)
            #expect(book.fills.count { $0.strategy == line.strategy } == line.fills)
        }
        #expect(try Sessions.replay(scratch.file("run-0001/session.tape")).hash == outcome.hash)
    }

    @Test func `a strategy that fails does not disturb the other`() throws {
        let console = LineConsole()
        let outcome = try Sessions.run(
            Sessions.text(
                duration: "5m",
                strategies: ["{strategy: failing, markets: [BTCUSDT]}", Sessions.cross]), console: console)
        #expect(outcome.ending == .finished)
        #expect(outcome.stopped.map(\.strategy) == ["failing"])
        #expect(outcome.stopped.map(\.reason) == ["the hundredth quote is too much"])
        #expect(outcome.lines[1].fills > 0)
        #expect(
            console.lines.contains {
                $0.hasSuffix(" failing has failed: the hundredth quote is too much; its orders are cancelled")
            })
        #expect(outcome.counters.cancels == 1, "the order of the failed strategy")

        let alone = try Sessions.run(Sessions.text(duration: "5m", strategies: [Sessions.cross]))
        #expect(alone.lines[0].fills == outcome.lines[1].fills)
    }

    @Test func `the same strategy can run twice under two names`() throws {
        let outcome = try Sessions.run(
            Sessions.text(
                duration: "5m",
                strategies: [
                    Sessions.cross.replacing("markets", with: "name: one, markets"),
                    Sessions.cross.replacing("markets", with: "name: two, markets"),
                ]))
        #expect(outcome.lines.map(\.strategy) == ["one", "two"])
        #expect(outcome.lines[0].fills > 0)
        // The second meets the liquidity that the first has left, so prices differ and positions do not.
        #expect(outcome.lines[0].position == outcome.lines[1].position)
        #expect(outcome.lines[1].fills > 0)
    }
}
