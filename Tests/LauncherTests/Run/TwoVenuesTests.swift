import Quantities
import ScriptedVenue
import TestSupport
import Testing

/// A session that trades at one venue and reads another, over sockets.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(4)))
struct TwoVenuesTests {
    /// Quotes so near that the crowd of the exchange takes them.
    private static func eager(_ text: String) -> String {
        text.replacing(
            "      edge: 3 ",
            with:
                "      cover_fees: false\n      basis_window: 5s\n      sample_interval: 100ms\n"
                + "      max_deviation: 500\n      edge: 0 ")
    }

    private static let configuration = "configs/cross-venue-maker.live.yaml"

    private static func start(
        _ venue: ScriptedBinance, _ program: String = BuiltPrograms.crossVenueMakerBot,
        _ words: [String]? = nil
    ) async throws -> TwoVenues {
        let (socket, rest) = (venue.socketURL, venue.restURL)
        return try await SpareThread.run {
            try TwoVenues(
                "cross-venue-maker.live.yaml", bot: program, source: (socket, rest), words: words,
                change: eager)
        }
    }

    private static var steady: ScriptedBinance.Settings {
        var settings = ScriptedBinance.Settings()
        settings.stepEvery = .milliseconds(20)
        return settings
    }

    @Test func `live, quotes follow the source, and go when it is silent or lost`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"], Self.steady)
        let venues = try await Self.start(venue)
        try await SpareThread.run { try venues.awaits(openOrders: true) }
        await venue.enter { $0.isMute = true }
        try await SpareThread.run {
            try venues.awaits("quotes withdrawn: binance:BTCUSDT is silent")
            try venues.awaits(openOrders: false)
        }
        await venue.enter { $0.isMute = false }
        try await SpareThread.run {
            try venues.awaits("quotes again")
            try venues.awaits(openOrders: true)
        }
        await venue.enter { $0.drop() }
        try await SpareThread.run {
            try venues.awaits("quotes withdrawn: binance:BTCUSDT cannot be read")
            try venues.awaits("quotes again", times: 2)
            let decisions = try venues.endBot()
            let told = venues.audit()
            // The bot leaves nothing behind.
            #expect(!told.contains("  open ") && told.contains(" client cvm"), "\(told)")
            let replay = venues.replay()
            #expect(replay.ending == .exit(0) && replay.decisions == decisions, "\(replay)")
            let last = venues.endExchange()
            #expect(last.hasPrefix("audit: sound; "), "\(last)")
        }
    }

    @Test func `on paper, the same decisions need no key, and leave the venue alone`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"], Self.steady)
        let venues = try await Self.start(
            venue, BuiltPrograms.crossVenueMakerBot, [Self.configuration, "--paper"])
        try await SpareThread.run { try venues.awaits("binance: market data come") }
        await venue.enter { $0.drop() }
        try await SpareThread.run {
            try venues.awaits("binance: the connection was lost")
            try venues.awaits("quotes again")
            let decisions = try venues.endBot()
            #expect(!venues.output.contains("fills       0 "), "\(venues.output)")
            #expect(!venues.audit().contains(" client cvm"))
            let replay = venues.replay()
            #expect(replay.ending == .exit(0) && replay.decisions == decisions, "\(replay)")
            #expect(venues.endExchange().hasPrefix("audit: sound; "))
        }
    }

    @Test func `both venues are recorded on one clock, and played back to the strategy`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"], Self.steady)
        let venues = try await Self.start(
            venue, BuiltPrograms.martlet, ["record", Self.configuration, "captures", "--duration", "8s"])
        try await SpareThread.run {
            let recorded = venues.end()
            #expect(recorded.ending == .exit(0), "\(recorded)")
            #expect(
                recorded.output.contains("coinex: ") && recorded.output.contains("binance: "), "\(recorded)")
            let valid = venues.tool(["data", "validate", "captures"])
            #expect(valid.ending == .exit(0), "\(valid)")
            venues.place("cross-venue-maker.yaml") {
                $0.replacing(
                    "      edge: 1 ",
                    with: "      sample_interval: 100ms\n      max_deviation: 500\n      edge: 1 ")
            }
            let words = ["backtest", "configs/cross-venue-maker.yaml", "--no-report", "--data", "captures"]
            let first = venues.tool(words)
            #expect(first.ending == .exit(0) && (first.decisionCount ?? 0) > 1, "\(first)")
            #expect(venues.tool(words).decisions == first.decisions)
            // As record files the same.
            let converted = venues.tool(["data", "convert", "captures", "both.records"])
            #expect(converted.ending == .exit(0), "\(converted)")
            let again = venues.tool(words.dropLast() + ["both.records"])
            #expect(again.decisions == first.decisions, "\(again)")
            #expect(venues.endExchange().hasPrefix("audit: sound; "))
        }
    }
}
