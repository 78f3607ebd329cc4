import TestSupport
import Testing

/// Strategies that read or trade several markets, with their configurations as they are.
@Suite(.ownThread, .timeLimit(.minutes(4)))
struct SeveralMarketsTests {
    private let scratch = ScratchFolder()

    @Test(arguments: ["cross-venue-maker", "volatility-gate", "triangular-arbitrage"])
    func `a backtest decides the same twice, and its replay too`(name: String) {
        let words = ["backtest", Checkout.file("configs/\(name).yaml"), "--duration", "5m", "--no-report"]
        let first = Saying(words, in: scratch)
        #expect(first.ending == .exit(0), "\(first)")
        #expect((first.decisionCount ?? 0) > 10, "\(first.output)")
        let replay = Saying(["replay", "latest"], in: scratch)
        #expect(replay.ending == .exit(0) && replay.decisions == first.decisions, "\(replay)")
        let second = Saying(words, in: scratch)
        #expect(second.decisions == first.decisions)
        let other = Saying(words + ["--seed", "2"], in: scratch)
        #expect(other.ending == .exit(0) && other.decisions != first.decisions)
    }

    @Test(arguments: ["cross-venue-maker.live", "volatility-gate.live"])
    func `live configurations are good`(name: String) {
        let check = Saying(["check", Checkout.file("configs/\(name).yaml")], in: scratch)
        #expect(check.ending == .exit(0), "\(check)")
        #expect(check.output.hasSuffix("\(name).yaml: good\n"), "\(check)")
    }
}
