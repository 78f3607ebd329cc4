import Configuration
import Quantities
import Runtime
import TestSupport
import Testing

@testable import Sweeps

@Suite struct SweepTests {
    private let scratch = ScratchFolder()

    private func recording(_ count: Int = 1_200) -> String {
        scratch.compress(Frames.swings(count), "day.gz")
    }

    private func results(_ outcome: SweepOutcome) -> [String] {
        ["results.csv", "results.json", "sweep.html"].map { ScratchFolder.text("\(outcome.folder)/\($0)") }
    }

    @Test func `a trial over all of the data decides what its backtest decides`() throws {
        let request = try Sweeping.request(recording(), in: scratch.file("s"))
        let outcome = try Sweeping.run(request)
        #expect(outcome.candidates.count == 10)
        for candidate in outcome.candidates {
            let measure = try #require(candidate.measure)
            let configuration = request.space.apply(candidate.point, to: request.configuration)
            var alone = configuration
            alone.journal.hasTape = false
            alone.journal.hasLedger = false
            let run = try SessionRun(SessionParts(alone), console: SilentConsole()).perform(Sweeping.bindings)
            #expect(measure.hash == run.hash)
            #expect(measure.decisions == run.decisions)
            #expect(measure.profit == run.profit)
            #expect(measure.drawdown == run.drawdownMax)
            #expect(measure.events == run.events)
            #expect(measure.gains.count == Sweep.blocks)
        }
        #expect(outcome.candidates.contains { $0.measure?.fills ?? 0 > 3 }, "nothing was traded")
    }

    @Test func `a trial of a synthetic market and of several strategies decides what its backtest decides`()
        throws
    {
        for strategies in [[Sweeping.maker], [Sweeping.maker, Sweeping.cross]] {
            let configuration = try Sweeping.configuration(strategies: strategies, duration: "90s")
            let space = try ParameterSpace(["maker.order_size=0.001,0.002"], configuration.strategies)
            var request = SweepRequest(configuration, space, folder: scratch.file("s"))
            request.seeds = [5]
            let outcome = try Sweeping.run(request)
            var alone = space.apply(0, to: configuration)
            alone.journal.hasTape = false
            alone.journal.hasLedger = false
            alone.seed = 5
            let run = try SessionRun(SessionParts(alone), console: SilentConsole()).perform(Sweeping.bindings)
            #expect(outcome.candidates[0].measure?.hash == run.hash)
            #expect(outcome.candidates[0].measure?.profit == run.profit)
            #expect(run.decisions > 0)
        }
    }

    @Test func `cores and order change no byte of the results`() throws {
        let file = recording()
        var texts: [[String]] = []
        for (jobs, orderSeed) in [(1, 1), (2, 1), (2, 99), (5, 3)] as [(Int, UInt64)] {
            var request = try Sweeping.request(file, in: scratch.file("jobs-\(texts.count)"))
            request.jobs = jobs
            request.orderSeed = orderSeed
            request.walkForward = try WalkForward("2:0.6")
            texts.append(results(try Sweeping.run(request)))
        }
        #expect(texts[0][0].split(separator: "\n").count == 11)
        for text in texts.dropFirst() { #expect(text == texts[0]) }
    }

    @Test func `an interrupted sweep goes on where it ended, with the same results`() throws {
        let file = recording()
        let whole = try Sweeping.run(try Sweeping.request(file, in: scratch.file("whole")))
        let request = try Sweeping.request(file, in: scratch.file("cut"))
        let cut = try Sweep(request, Sweeping.bindings).perform { $0.finished < 3 }
        #expect(cut == nil)
        let resumed = try Sweeping.run(request)
        #expect(resumed.reused >= 3)
        #expect(resumed.reused + resumed.computed == 10)
        #expect(results(resumed) == results(whole))
        let again = try Sweeping.run(request)
        #expect(again.reused == 10)
        #expect(again.computed == 0)
        #expect(results(again) == results(whole))
    }

    @Test func `wider ranges use what was computed; another configuration gets a folder of its own`() throws {
        let file = recording()
        let folder = scratch.file("s")
        _ = try Sweeping.run(try Sweeping.request(file, ["fast=1s,2s"], in: folder))
        // The configuration's own threshold: the same trials.
        let wider = try Sweeping.run(
            try Sweeping.request(file, ["threshold=0.2,0.4", "fast=1s,2s,3s"], in: folder))
        #expect(wider.folder == folder)
        #expect(wider.reused == 2)
        #expect(wider.computed == 4)

        var other = try Sweeping.request(file, ["fast=1s,2s"], in: folder)
        other.configuration.risk.staleAfter = .seconds(11)
        let apart = try Sweeping.run(other)
        #expect(apart.folder == folder + "-2")
        #expect(apart.reused == 0)
    }

    @Test func `the same recording elsewhere is the same sweep; other content is not`() throws {
        let folder = scratch.file("s")
        let first = try Sweeping.run(try Sweeping.request(recording(), ["fast=1s,2s"], in: folder))
        let moved = scratch.compress(Frames.swings(1_200), "moved.gz")
        let second = try Sweeping.run(try Sweeping.request(moved, ["fast=1s,2s"], in: folder))
        #expect(second.folder == first.folder)
        #expect(second.computed == 0)
        let longer = scratch.compress(Frames.swings(1_201), "longer.gz")
        let third = try Sweeping.run(try Sweeping.request(longer, ["fast=1s,2s"], in: folder))
        #expect(third.folder == folder + "-2")
        #expect(third.computed == 2)
    }

    @Test func `combinations that a strategy refuses are listed with the reason`() throws {
        let outcome = try Sweeping.run(
            try Sweeping.request(recording(300), ["fast=10s,20s,30s"], in: scratch.file("s")))
        #expect(outcome.ranking == [0])
        #expect(outcome.refusedCount == 2)
        let lines = results(outcome)[0].split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[2].hasPrefix(",20s,"))
        #expect(lines[2].hasSuffix(",refused: fast 20s is not shorter than slow 20s"))
        let none = try Sweeping.request(recording(300), ["fast=20s,30s"], in: scratch.file("n"))
        #expect(throws: SweepError.nothingRuns("fast 20s is not shorter than slow 20s")) {
            try Sweeping.run(none)
        }
    }

    @Test func `too many combinations are refused with their count`() throws {
        let request = try Sweeping.request(
            recording(10), ["fast=1s..1000s:1s", "threshold=1..500:0.5"], in: scratch.file("s"))
        #expect(
            throws: SweepError.request(
                "999000 combinations are too many: at most 200000 trials; use larger steps, "
                    + "or --search random --trials N")
        ) { try Sweeping.run(request) }
    }

    @Test func `seeds are summed per combination`() throws {
        let configuration = try Sweeping.configuration(strategies: [Sweeping.maker], duration: "60s")
        let space = try ParameterSpace(["min_spread=1,3"], configuration.strategies)
        func run(_ seeds: [UInt64]) throws -> SweepOutcome {
            var request = SweepRequest(configuration, space, folder: scratch.file("s"))
            request.seeds = seeds
            return try Sweeping.run(request)
        }
        let (one, two, both) = (try run([1]), try run([2]), try run([1, 2]))
        #expect(both.reused == 4)
        for index in 0..<2 {
            let parts = [one, two].compactMap { $0.candidates[index].measure }
            let sum = try #require(both.candidates[index].measure)
            #expect(sum.profit == parts[0].profit + parts[1].profit)
            #expect(sum.fills == parts[0].fills + parts[1].fills)
            #expect(sum.drawdown == max(parts[0].drawdown, parts[1].drawdown))
            #expect(sum.gains == parts[0].gains + parts[1].gains)
        }
        #expect(one.candidates[0].measure?.hash != two.candidates[0].measure?.hash)
    }
}
