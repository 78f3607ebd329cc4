import BinanceVenue
import TestSupport
import Testing

/// Every published message of Binance Options in both generations, with what becomes of it and why.
@Suite(.enabled(if: SharedData.hasFixtures, "no published samples beside the repository"))
struct OptionsFixtureTests {
    @Test(
        arguments: [
            ("connector_go_ws_samples.jsonl", ["?"]),
            ("docs_legacy_ws.jsonl", ["?"]),
            ("docs_new_generation_ws.jsonl", ["?"]),
            ("gct_wsOptionsUserData.jsonl", ["?"]),
            ("tardis_recorded_legacy_2023.jsonl", ["?"]),
            ("tardis_recorded_v2_2025.jsonl", ["?"]),
        ])
    func `messages`(file: String, verdicts: [String]) {
        let found = FixtureLines.payloads("\(SharedData.fixtures)/binance_options/\(file)").map {
            Verdict.of($0, BinanceOptionsMessage.self)
        }
        #expect(found == verdicts, "\(file)")
    }
}
