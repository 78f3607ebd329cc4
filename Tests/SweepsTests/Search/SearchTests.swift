import Configuration
import Quantities
import Runtime
import TestSupport
import Testing

@testable import Sweeps

@Suite struct SearchTests {
    private let scratch = ScratchFolder()

    @Test func `a lottery draws every point once, the same for the same seed`() {
        var lottery = PointLottery(1_000, seed: 3)
        let all = lottery.next(2_000)
        #expect(all.sorted() == Array(0..<1_000))
        #expect(all != Array(0..<1_000))
        var again = PointLottery(1_000, seed: 3)
        #expect(again.next(10) == Array(all.prefix(10)))
        var other = PointLottery(1_000, seed: 4)
        #expect(other.next(10) != Array(all.prefix(10)))
        var vast = PointLottery(.max - 1, seed: 3)
        #expect(Set(vast.next(1_000)).count == 1_000)
    }

    @Test(arguments: [
        (1, ["1 of 1/1"]), (3, ["3 of 1/1"]), (4, ["4 of 1/3", "2 of 1/1"]),
        (9, ["9 of 1/3", "3 of 1/1"]), (10, ["10 of 1/9", "4 of 1/3", "2 of 1/1"]),
        (1_000, ["1000 of 1/27", "334 of 1/9", "112 of 1/3", "38 of 1/1"]),
    ])
    func `halving keeps a third and gives it three times the time`(count: Int, expected: [String]) {
        #expect(HalvingPlan(count).rungs.map { "\($0.count) of 1/\($0.divisor)" } == expected)
    }

    @Test func `guesses find the top of a hill in fewer trials than a blind search`() throws {
        let space = try Sweeping.space("threshold=1..40:1", "slippage=1..40:1", "order=limit,market")
        func value(_ point: Int) -> Double {
            let at = space.indices(of: point)
            let (x, y) = (Double(at[0] - 29), Double(at[1] - 8))
            return -x * x - y * y - (at[2] == 0 ? 0 : 100)
        }
        var (guessed, blind) = (0.0, 0.0)
        for seed in 1...5 as ClosedRange<UInt64> {
            var search = ParzenSearch(space, seed: seed)
            var results: [(point: Int, value: Double?)] = []
            while results.count < 120 {
                let points = search.next(120 - results.count, after: results)
                #expect(points.count <= 16)
                results += points.map { ($0, value($0)) }
            }
            #expect(Set(results.map(\.point)).count == 120)
            guessed += results.compactMap(\.value).max() ?? 0
            var lottery = PointLottery(space.count, seed: seed)
            blind += lottery.next(120).map(value).max() ?? 0
        }
        #expect(guessed > blind / 3, "on the average \(guessed / 5) against \(blind / 5)")
    }

    @Test func `guesses end when every point is tried`() throws {
        let space = try Sweeping.space("threshold=1..5:1", "order=limit,market")
        var search = ParzenSearch(space, seed: 1)
        var results: [(point: Int, value: Double?)] = []
        for _ in 0..<10 {
            let points = search.next(100, after: results)
            if points.isEmpty { break }
            results += points.map { ($0, nil) }
        }
        #expect(results.map(\.point).sorted() == Array(0..<10))
    }

    @Test func `random, halving and guessing do not depend on cores`() throws {
        let file = scratch.compress(Frames.swings(900), "day.gz")
        for method in [SearchMethod.random, .halving, .tpe] {
            var texts: [String] = []
            for jobs in [1, 3] {
                var request = try Sweeping.request(
                    file, ["fast=1s..6s:1s", "threshold=0.1..0.3:0.1"],
                    in: scratch.file("\(method.rawValue)-\(jobs)"))
                request.method = method
                request.trials = method == .halving ? nil : 12
                request.jobs = jobs
                request.orderSeed = UInt64(jobs)
                let outcome = try Sweeping.run(request)
                #expect(outcome.candidates.count == (method == .halving ? 18 : 12))
                texts.append(ScratchFolder.text("\(outcome.folder)/results.csv"))
            }
            #expect(texts[0] == texts[1], "\(method.rawValue)")
        }
    }

    @Test func `halving runs the last step over all of the time`() throws {
        let file = scratch.compress(Frames.swings(900), "day.gz")
        var request = try Sweeping.request(
            file, ["fast=1s..6s:1s", "threshold=0.1,0.3"], in: scratch.file("h"))
        request.method = .halving
        let outcome = try Sweeping.run(request)
        #expect(outcome.candidates.map(\.divisor).sorted() == [1, 1, 3, 3, 9, 9, 9, 9, 9, 9, 9, 9])
        #expect(outcome.best?.divisor == 1)
        // What the last step has run is what a grid over all of the time finds for these.
        var grid = request
        grid.method = .grid
        let all = try Sweeping.run(grid)
        #expect(all.reused == 2)
        for index in outcome.ranking.prefix(2) {
            #expect(outcome.candidates[index].measure == all.candidates[index].measure)
        }
    }
}
