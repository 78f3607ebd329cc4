import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isThere, "the recordings in ../shared/data/market are not there"))
struct RecordedBacktestTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var files: [String]
        var tick: String
        var lot: String
        var duration: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "spot", files: SharedData.binance("spot_btcusdt_20240808", "spot_btcusdt_20240809"),
            tick: "0.01", lot: "0.00001", duration: []),
        Case(
            name: "futures", files: SharedData.binance("usdm_btcusdt_20240808"), tick: "0.1", lot: "0.001",
            duration: ["--duration", "90s"]),
    ]

    /// Averages and candles that are short enough for minutes.
    private static let settings = [
        "ema-cross": ", parameters: {fast: 5s, slow: 20s}",
        "grid": ", parameters: {spacing: 1}",
        "momentum": ", parameters: {candle: 5s, entry_candles: 12, exit_candles: 6, allow_short: true}",
        "stop-loss": ", parameters: {stop: trailing, stop_distance: 3, trail_step: 1}",
        "dca": ", parameters: {spend: 100, interval: 1m, patience: 10s, take_profit: 3}",
    ]

    private let scratch = ScratchFolder()

    private func configuration(_ strategies: [String], _ data: Case) -> String {
        let lines = strategies.map { "  - {strategy: \($0), markets: [BTCUSDT]\(Self.settings[$0] ?? "")}\n" }
        return scratch.write(
            """
            mode: backtest
            markets:
              - name: BTCUSDT
                base: BTC
                quote: USDT
                tick: \(data.tick)
                lot: \(data.lot)
                minimum: 0.001
                maker_fee: 0
                taker_fee: 0.0005
            balances: {BTC: 1, USDT: 100000}
            strategies:
            \(lines.joined())
            simulation: {latency: {feed: 5ms, order: 10ms, response: 10ms, jitter: 2ms}}
            """, "session.yaml")
    }

    /// Three processes, then the tape, then a record file: one hash.
    @Test(arguments: [
        (cases[0], ["market-maker"]), (cases[0], ["ema-cross"]), (cases[0], ["grid"]),
        (cases[0], ["momentum"]),
        (cases[1], ["market-maker", "ema-cross"]),
        (cases[0], ["stop-loss", "dca"]),
    ])
    func `a real recording leads to the same decisions in every way`(data: Case, strategies: [String]) throws
    {
        let words = ["backtest", configuration(strategies, data), "--quiet"] + data.duration + ["--data"]
        let first = Saying(words + data.files, in: scratch)
        #expect(first.ending == .exit(0))
        #expect(first.errors == "")
        let decisions = try #require(first.decisions)
        #expect(try #require(first.decisionCount) > 0)
        #expect(first.output.contains("written to  runs/run-0001\n"))
        for _ in 0..<2 { #expect(Saying(words + data.files, in: scratch).decisions == decisions) }

        let replay = Saying(["replay", "runs/run-0001"], in: scratch)
        #expect(replay.ending == .exit(0))
        #expect(replay.decisions == decisions)

        let records = scratch.file("day.rec")
        #expect(Saying(["data", "convert"] + data.files + [records], in: scratch).ending == .exit(0))
        #expect(Saying(words + [records], in: scratch).decisions == decisions)
    }

    @Test(arguments: cases)
    func `inspect finds the recorded books sound`(data: Case) {
        let saying = Saying(["data", "inspect"] + data.files, in: scratch)
        #expect(saying.ending == .exit(0))
        #expect(saying.output.contains("quality: 0 sequence gaps, "))
        #expect(saying.output.contains("rebuilt book equals the ticker: "))
    }

    @Test func `a real recording that was cut is worked on up to the cut, and the run fails with the place`()
    {
        let data = Self.cases[0]
        let torn = scratch.write(Array(ScratchFolder.read(data.files[0]).prefix(600_000)), "torn.gz")
        let saying = Saying(
            ["backtest", configuration(["market-maker"], data), "--data", torn], in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(saying.output.contains(", 74933 events\n"))
        #expect(
            saying.output.contains(
                "failed      \(torn): line 19675, byte 600000 of the file: the compressed data end too early\n"
            ))
        let replay = Saying(["replay", "runs/run-0001"], in: scratch)
        #expect(replay.ending == .exit(0))
        #expect(replay.decisions == saying.decisions)
    }
}
