import Configuration
import StrategyKit
import Testing

@testable import Sweeps

@Suite struct ParameterSpaceTests {
    private func values(_ text: String) throws -> String {
        try Sweeping.space(text).axes[0].values.map(\.text).joined(separator: " ")
    }

    @Test(arguments: [
        ("threshold=1..5:0.5", "1 1.5 2 2.5 3 3.5 4 4.5 5"),
        ("threshold=0.1..0.7:0.1", "0.1 0.2 0.3 0.4 0.5 0.6 0.7"),
        ("threshold=1..10:4", "1 5 9"),
        ("threshold=2..2:1", "2"),
        ("threshold=1..1000:*10", "1 10 100 1000"),
        ("threshold=0.1..1:*1.5", "0.1 0.15 0.225 0.3375 0.50625 0.759375"),
        ("fast=5s,10s,20s", "5s 10s 20s"),
        ("fast=500ms..2s:500ms", "500ms 1s 1500ms 2s"),
        ("fast=1s..10s:*3", "1s 3s 9s"),
        ("fast=1s..3s:1s,10s,2s", "1s 2s 3s 10s"),
        ("order=limit,market", "limit market"),
        ("allow_short=true,false", "true false"),
        ("quantity=0.001..0.003:0.001", "0.001 0.002 0.003"),
    ])
    func `a range is exact and has both ends`(text: String, expected: String) throws {
        #expect(try values(text) == expected)
    }

    @Test(arguments: [
        ("thresold=1", "--set thresold: 'ema-cross' has no parameter 'thresold'; did you mean 'threshold'?"),
        ("maker.fast=1s", "--set maker.fast: there is no strategy 'maker'; there are ema-cross"),
        ("threshold", "--set threshold: write NAME=VALUES, such as quantity=1..5:0.5 or quantity=1,2,5"),
        (
            "threshold=-1",
            "--set threshold: 'threshold' is '-1': it is too small; expected a number from 0 to 1000"
        ),
        (
            "threshold=1..5",
            "--set threshold=1..5: a range needs a step, such as 1..5:0.5 or 1..5:*2"
        ),
        ("threshold=5..1:1", "--set threshold=5..1:1: it begins above its end; write 1..5"),
        ("threshold=1..5:0", "--set threshold=1..5:0: the step '0' is not a number above 0"),
        ("threshold=1..5:x", "--set threshold=1..5:x: the step 'x' is not a number above 0"),
        ("threshold=1..5:*1", "--set threshold=1..5:*1: the factor '*1' is not a number above 1"),
        ("threshold=0..5:*2", "--set threshold=0..5:*2: a range by factors begins above 0"),
        ("threshold=1..900:0.01", "--set threshold=1..900:0.01: more than 10000 values"),
        ("fast=1s..5s:1", "--set fast=1s..5s:1: the step '1' is not an interval above 0, such as 5s"),
        (
            "order=limt",
            "--set order: 'order' is 'limt': it is none of the choices; expected 'limit' or 'market'; "
                + "did you mean 'limit'?"
        ),
    ])
    func `what is no range is refused with what would be one`(text: String, reason: String) {
        #expect(throws: SweepError.request(reason)) { try Sweeping.space(text) }
    }

    @Test func `with several strategies the name says whose parameter it is`() throws {
        let both = [Sweeping.maker, Sweeping.cross, "{strategy: ema-cross, name: other, markets: [BTCUSDT]}"]
        let space = try Sweeping.space("min_spread=1,2", "other.fast=1s,2s", strategies: both)
        #expect(space.axes.map(\.name) == ["maker.min_spread", "other.fast"])
        #expect(space.axes.map(\.strategy) == [0, 2])
        let reason = "--set fast: of which strategy? Write ema-cross.fast or other.fast"
        #expect(throws: SweepError.request(reason)) { try Sweeping.space("fast=1s", strategies: both) }
    }

    @Test func `points count through all combinations, the last axis first`() throws {
        let space = try Sweeping.space("fast=1s,2s", "order=limit,market", "threshold=1,2,3")
        #expect(space.count == 12)
        #expect(space.description(of: 0) == "fast=1s order=limit threshold=1")
        #expect(space.description(of: 1) == "fast=1s order=limit threshold=2")
        #expect(space.description(of: 11) == "fast=2s order=market threshold=3")
        for point in 0..<12 { #expect(space.point(space.indices(of: point)) == point) }
    }

    @Test func `a point is set in the configuration, in the order of the schema`() throws {
        let base = try Sweeping.configuration()
        let space = try Sweeping.space("threshold=7", "fast=3s")
        let set = space.apply(0, to: base)
        #expect(
            set.strategies[0].parameters.map { "\($0.name)=\($0.value)" }
                == ["fast=3s", "slow=20s", "threshold=7.0"])
        #expect(base.strategies[0].parameters.map { "\($0.value)" } == ["5s", "20s", "0.2"])
    }

    @Test func `a parameter that is set twice is refused`() {
        #expect(throws: SweepError.request("--set fast: it is set twice; write all its values in one list")) {
            try Sweeping.space("fast=1s", "fast=2s")
        }
    }
}
