import Configuration
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore

@testable import Runtime

/// Looks at every chance, and keeps the last of what it sees.
private final class Watching: SessionViewer {
    var wanted = SnapshotRequest(market: 0, levels: 5)
    var control = SessionControl()
    var looks = 0
    private(set) var shown = 0
    private(set) var last: SessionSnapshot?
    /// Called at every look.
    var atLook: (Watching) -> Void = { _ in }

    func request() -> SnapshotRequest? {
        looks += 1
        atLook(self)
        return wanted
    }

    func show(_ snapshot: SessionSnapshot) {
        shown += 1
        last = snapshot
    }
}

@Suite struct SessionViewerTests {
    private func run(_ text: String, _ viewer: (any SessionViewer)?) throws -> RunOutcome {
        try SessionRun(try Sessions.parts(text), console: SilentConsole(), viewer: viewer)
            .perform(Sessions.bindings)
    }

    private static let two = Sessions.text(
        duration: "10m", strategies: [Sessions.maker, "{strategy: ema-cross, name: b, markets: [BTCUSDT]}"])

    @Test func `who looks at a session changes nothing in it`() throws {
        let alone = try run(Self.two, nil)
        let viewer = Watching()
        let watched = try run(Self.two, viewer)
        #expect(watched.hash == alone.hash)
        #expect(watched.decisions == alone.decisions)
        #expect(watched.events == alone.events)
        #expect(watched.lines == alone.lines)
        #expect(viewer.shown == 600)
    }

    @Test func `a snapshot holds what the session is like`() throws {
        let viewer = Watching()
        let outcome = try run(Self.two, viewer)
        let seen = try #require(viewer.last)
        #expect(seen.title.markets == ["BTCUSDT"])
        #expect(seen.title.currency == "USDT")
        #expect(seen.strategies.map(\.label) == ["market-maker", "b"])
        #expect(seen.standings.map(\.strategy) == [0, 1])
        #expect(seen.standings.reduce(0) { $0 + $1.fills } == seen.counters.fills)
        #expect(seen.counters.fills > 10)
        #expect(seen.fills.count == min(seen.counters.fills, RecentNews.fillsMax))
        #expect(seen.fills.map(\.fill.receivedAt) == seen.fills.map(\.fill.receivedAt).sorted())
        #expect(seen.progress.now - seen.progress.start == .minutes(10))
        #expect(seen.progress.events == outcome.events)
        #expect(seen.progress.speed == nil)
        #expect(seen.book.state == .live)
        #expect(seen.book.bids.count == 5)
        #expect(seen.book.bids.map(\.price) == seen.book.bids.map(\.price).sorted(by: >))
        #expect(seen.book.asks.map(\.price) == seen.book.asks.map(\.price).sorted())
        #expect(seen.book.orders.count == seen.strategies.reduce(0) { $0 + $1.openOrders })
        #expect(seen.rates.map(\.name) == ["place", "cancel", "batch", "query", "all"])
        #expect(seen.profits.count <= SessionSnapshot.profitsMax)
        #expect(seen.profits.count > 100)
    }

    @Test func `a request out of range is answered as far as it goes`() throws {
        let viewer = Watching()
        viewer.wanted = SnapshotRequest(market: 99, levels: 100_000)
        _ = try run(Sessions.text(duration: "5s"), viewer)
        let seen = try #require(viewer.last)
        #expect(seen.book.market == 0)
        #expect((6...SessionSnapshot.levelsMax).contains(seen.book.bids.count))
        viewer.wanted = SnapshotRequest(market: -1, levels: -1)
        _ = try run(Sessions.text(duration: "5s"), viewer)
        #expect(viewer.last?.book.bids.count == 1)
    }

    @Test func `alerts and notes are told with their urgency`() throws {
        let viewer = Watching()
        let strategies = [
            "{strategy: failing, markets: [BTCUSDT]}", "{strategy: odd-orders, markets: [BTCUSDT]}",
        ]
        _ = try run(Sessions.text(duration: "1m", strategies: strategies), viewer)
        let messages = try #require(viewer.last).messages
        let failure = try #require(messages.first { $0.text.hasPrefix("failing has failed: ") })
        #expect(failure.urgency == .alarm)
        let note = try #require(messages.first { $0.text.hasPrefix("odd-orders: order ") })
        #expect(note.urgency == .note)
        #expect(messages.map(\.at) == messages.map(\.at).sorted())
        #expect(viewer.last?.strategies[0].status == .failed("the hundredth quote is too much"))
    }

    @Test func `a viewer can hold time and hasten it, and decisions stay the same`() throws {
        let alone = try run(Sessions.text(mode: "paper", duration: "2m"), nil)
        let viewer = Watching()
        // Without its viewer letting it go, this session would take forever.
        viewer.control.isPaused = true
        viewer.atLook = { viewer in
            if viewer.looks == 5 { viewer.control.isPaused = false }
            if viewer.looks == 8 { viewer.control.speed = 10_000 }
        }
        let watched = try run(Sessions.text(mode: "paper", duration: "2m", pace: "1"), viewer)
        #expect(watched.hash == alone.hash)
        #expect(watched.decisions == alone.decisions)
        #expect(viewer.last?.progress.speed == 10_000)
        #expect(watched.wallTime < .minutes(1))
    }

    @Test func `an interruption ends a session that is held`() throws {
        let viewer = Watching()
        viewer.control.isPaused = true
        var isInterrupted = false
        viewer.atLook = { viewer in isInterrupted = viewer.looks > 3 }
        let parts = try Sessions.parts(Sessions.text(mode: "paper", duration: "2m", pace: "1"))
        let run = try SessionRun(parts, console: SilentConsole(), viewer: viewer) { isInterrupted }
        let outcome = try run.perform(Sessions.bindings)
        #expect(outcome.ending == .interrupted)
    }

    @Test func `a pace that is changed goes on from the moment of the market`() {
        let start = SessionParts.syntheticStart
        var keeper = PaceKeeper(.times(1), from: start)
        #expect(keeper.left(until: start + .seconds(100)) > .seconds(90))
        keeper.change(to: 100, at: start + .seconds(50))
        #expect(keeper.left(until: start + .seconds(5_050)) > .seconds(40))
        #expect(keeper.left(until: start + .seconds(5_050)) <= .seconds(50))
        #expect(keeper.left(until: start + .seconds(50)) <= .zero)
        keeper.restart(at: start)
        #expect(keeper.left(until: start + .seconds(5_050)) > .seconds(50))
        #expect(PaceKeeper(.unlimited, from: start).left(until: .distantFuture) == .zero)
    }
}
