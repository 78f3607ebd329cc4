import BinanceVenue
import TestSupport
import Testing

/// Every published message of Binance Options in both generations, with what becomes of it and why.
@Suite(.enabled(if: SharedData.hasFixtures, "no published samples beside the repository"))
struct OptionsFixtureTests {
    @Test(
        arguments: [
            (
                "connector_go_ws_samples.jsonl",
                // The levels of this one's own test have no quantity.
                [
                    "index", "kline", "newSymbol", "openInterest", "markPrice",
                    "refused: missingElement at byte 137, in 'b'", "statistics", "bookTicker", "trade",
                ]
            ),
            (
                "docs_legacy_ws.jsonl",
                [
                    "ticker", "ticker ticker", "newSymbol", "accountOfFirst",
                ]
            ),
            (
                "docs_new_generation_ws.jsonl",
                [
                    "trade", "depth", "statistics", "newSymbol",
                ]
            ),
            (
                "gct_wsOptionsUserData.jsonl",
                [
                    "account", "balancePosition", "order", "greeks", "riskLevel", "listenKeyExpired",
                ]
            ),
            (
                "tardis_recorded_legacy_2023.jsonl",
                [
                    "trade", "wholeDepth", "index", "markPrice", "ticker", "openInterest",
                ]
            ),
            (
                "tardis_recorded_v2_2025.jsonl",
                [
                    "trade", "depth", "bookTicker", "markPrice", "statistics",
                    "openInterest openInterest",
                ]
            ),
        ])
    func `messages`(file: String, verdicts: [String]) {
        let found = FixtureLines.payloads("\(SharedData.fixtures)/binance_options/\(file)").map {
            Verdict.of($0, BinanceOptionsMessage.self)
        }
        #expect(found == verdicts, "\(file)")
    }
}
