import CoinExVenue
import Quantities
import ScriptedVenue
import TestSupport
import Testing
import VenueKit

@testable import CoinExClient

@Suite(.ownThread, .timeLimit(.minutes(2))) struct CoinExPacingTests {
    private func seconds(_ n: Int64) -> Instant { Instant(nanoseconds: n * 1_000_000_000) }

    @Test func `groups have windows of their own, and the order within a group is kept`() {
        var settings = CoinExClientSettings()
        settings.pacingMargin = .zero
        settings.limits[.account] = RateLimit(requests: 2, window: .seconds(2))
        var pacer = CoinExPacer(settings)
        var round = pacer.round(at: seconds(10))
        let groups: [CoinExRateGroup] = [.account, .account, .account, .query]
        let taken = groups.map { round.takes($0) }
        #expect(taken == [true, true, false, true])
        #expect(round.opensAt == seconds(12))
        pacer = round.pacer
        round = pacer.round(at: seconds(12))
        let isTaken = round.takes(.account)
        #expect(isTaken && round.opensAt == nil)
    }

    @Test func `a margin stretches the windows, and a refusal closes one`() {
        var settings = CoinExClientSettings()
        settings.pacingMargin = .milliseconds(500)
        var pacer = CoinExPacer(settings)
        pacer.close(.place, at: seconds(10))
        var round = pacer.round(at: seconds(12))
        let (isPlaced, isCancelled) = (round.takes(.place), round.takes(.cancel))
        #expect(!isPlaced && isCancelled)
        #expect(round.opensAt == seconds(12) + .milliseconds(500))
        // Public requests share the address's window alone.
        pacer.close(.market, at: seconds(10))
        round = pacer.round(at: seconds(11))
        let isLate = round.takes(.cancel)
        #expect(!isLate)
    }

    @Test func `more requests than a window takes wait, and all are answered`() async throws {
        let venue = try await ScriptedVenue { _ in .data("{}") }
        let client = try ClientStage(venue: venue).client {
            $0.limits[.account] = RateLimit(requests: 3, window: .milliseconds(150))
            $0.pacingMargin = .zero
        }
        let answered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<9 {
                group.addTask { await failure(client, CoinExV1.balances()) == nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 9 && venue.requests.count == 9)
    }

    @Test func `more than may wait are refused at once`() async throws {
        let venue = try await ScriptedVenue { _ in .silence }
        let client = try ClientStage(venue: venue).client {
            $0.limits[.account] = RateLimit(requests: 1, window: .minutes(10))
            $0.waitingMax = 2
        }
        let tasks = (0..<4).map { _ in Task { await failure(client, CoinExV1.balances()) } }
        var refused = 0
        // One is under way, two wait; the others are told at once. Which are which is a matter of chance.
        while venue.requests.isEmpty { await Task.yield() }
        client.close()
        for task in tasks where await task.value == .notSent(.tooManyWait) { refused += 1 }
        #expect(refused == 1)
    }

    @Test func `a rate limit of the venue closes the window and is no unknown outcome`() async throws {
        let venue = try await ScriptedVenue { _ in .code(213, "too frequent") }
        let client = try ClientStage(venue: venue).client()
        let order = CoinExPlaceOrder(.sell, "1", .limit("1", .normal), in: "BTCUSDT")
        guard case .retryLater(.refusal(let refusal))? = await failure(client, order) else {
            Issue.record("213 is proof")
            return
        }
        #expect(refusal.code.rawValue == 213)
    }
}
