import Configuration
import Quantities
import Runtime
import TestSupport
import Testing

@testable import Sweeps

@Suite struct WalkForwardTests {
    private let scratch = ScratchFolder()

    @Test func `folds follow each other without touching`() throws {
        let walk = try WalkForward("4:0.75")
        let (start, end) = (Instant(nanoseconds: 1_000), Instant(nanoseconds: 9_000))
        let picture = walk.parts(from: start, to: end).map { part in
            "\(part.train.0.nanoseconds)-\(part.train.1.nanoseconds) "
                + "\(part.test.0.nanoseconds)-\(part.test.1.nanoseconds)"
        }
        #expect(
            picture == [
                "1000-2500 2501-3000", "3001-4500 4501-5000", "5001-6500 6501-7000", "7001-8500 8501-9000",
            ])
    }

    @Test(arguments: ["1", "51", "x", "5:0.95", "5:", "5:0", ""])
    func `what is no split is refused`(text: String) {
        #expect(throws: SweepError.self) { try WalkForward(text) }
    }

    @Test func `each fold chooses on its train part and is judged on its test part`() throws {
        let file = scratch.compress(Frames.swings(1_500), "day.gz")
        var request = try Sweeping.request(
            file, ["fast=1s,2s,4s", "slow=5s,8s", "threshold=0.1"], in: scratch.file("w"))
        request.walkForward = try WalkForward("2:0.6")
        let outcome = try Sweeping.run(request)
        #expect(outcome.folds.count == 2)
        // Six over all, six per train part, one per test part.
        #expect(outcome.computed == 6 + 2 * (6 + 1))
        for fold in outcome.folds {
            // The same window on its own gives the same: nothing leaks in from outside.
            let parts = SessionParts(request.space.apply(fold.point, to: request.configuration))
            let records = try TrialRecords([file], parts, cachedAt: scratch.file("own.records"))
            let window = records.window(from: fold.test.start, to: fold.test.end, blocks: Sweep.blocks)
            let alone = try TrialRun(parts, records, window).perform(Sweeping.bindings)
            #expect(alone?.hash == fold.outOfSample.hash)
            #expect(alone?.profit == fold.outOfSample.profit)
        }
    }

    @Test func `it needs recorded data and every combination`() throws {
        let configuration = try Sweeping.configuration(duration: "10s")
        let space = try ParameterSpace(["fast=1s,2s"], configuration.strategies)
        var request = SweepRequest(configuration, space, folder: scratch.file("s"))
        request.walkForward = try WalkForward("2")
        #expect(throws: SweepError.self) { try Sweeping.run(request) }
        let file = scratch.compress(Frames.swings(100), "day.gz")
        var other = try Sweeping.request(file, in: scratch.file("t"))
        other.walkForward = try WalkForward("2")
        other.method = .halving
        #expect(throws: SweepError.self) { try Sweeping.run(other) }
    }
}
