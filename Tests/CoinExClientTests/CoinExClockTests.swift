import CoinExVenue
import Quantities
import ScriptedVenue
import TestSupport
import Testing

@testable import CoinExClient

/// Clocks that are off, of this machine or of nobody.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct CoinExClockTests {
    /// 2024-02-29 12:00:00, by the venue.
    private static let noon: Int64 = 1_709_208_000
    private static let date = "Thu, 29 Feb 2024 12:00:00 GMT"
    private static let refusal =
        "tonce check error, correct tonce should be within one minute of the current time"

    /// A venue that takes only what is signed within a minute of its noon.
    private func stage(tellsDate: Bool) async throws -> ClientStage {
        let venue = try await ScriptedVenue { request in
            let date = tellsDate ? Self.date : nil
            if request.path == "/v1/market/ticker/all" {
                return .data(
                    #"{"date":\#(Self.noon * 1_000),"ticker":{}}"#)
            }
            let tonce =
                request.query.split(separator: "&").first { $0.hasPrefix("tonce=") }
                .flatMap { Int64($0.dropFirst(6)) } ?? 0
            guard abs(tonce - Self.noon * 1_000) <= 60_000 else {
                return .code(227, Self.refusal, date: date)
            }
            return .data(#"{"BTC":{"available":"1","frozen":"0"}}"#, date: date)
        }
        return ClientStage(venue: venue)
    }

    @Test(arguments: [true, false], [-120, 120] as [Int64])
    func `a request that was refused for its time is repeated once with the venue's`(
        tellsDate: Bool, ahead: Int64
    ) async throws {
        let stage = try await stage(tellsDate: tellsDate)
        let here = Instant(milliseconds: (Self.noon + ahead) * 1_000)
        let client = try stage.client { $0.wallClock = { here } }
        #expect(try await client.send(CoinExV1.balances()).rows.count == 1)
        #expect(stage.venue.requests.count == (tellsDate ? 2 : 3))
        let clock = await client.clock
        // A date has whole seconds, and so lies half a second off at most.
        #expect(abs((clock.offset + .seconds(ahead)).nanoseconds) <= 500_000_000)
        #expect(clock.uncertainty != nil)
        // From here on the time is known.
        _ = try await client.send(CoinExV1.balances())
        #expect(stage.venue.requests.count == (tellsDate ? 3 : 4))
    }

    @Test func `a venue that refuses every time is told of with the measured distance`() async throws {
        let venue = try await ScriptedVenue { _ in .code(227, Self.refusal, date: Self.date) }
        let stage = ClientStage(venue: venue)
        let client = try stage.client { $0.wallClock = { Instant(milliseconds: (Self.noon - 120) * 1_000) } }
        let error = await failure(client, CoinExV1.balances())
        #expect(
            "\(error!)" == "refused: code 227 (our clock is more than a minute off): \(Self.refusal); "
                + "this machine's clock is 120.5 s behind the venue's")
        #expect(venue.requests.count == 2)
    }
}
