import BinanceVenue
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing
import VenueKit

@testable import Runtime

/// Binance Spot on real sockets, against a venue of our own.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct BinanceSourceTests {
    private static let symbols = ["BTCUSDT", "ETHUSDT"]

    private static func source(
        _ kinds: [BinanceStream.Kind], isCombined: Bool = true,
        _ change: (inout BinanceSessionSettings) -> Void = { _ in }
    ) -> any MarketSource {
        let listings = symbols.enumerated().map { VenueListing($0.element, MarketID($0.offset)) }
        let streams = symbols.flatMap { symbol in kinds.map { BinanceStream($0, of: symbol) } }
        guard let plan = BinanceSourcePlan(spot: streams, of: listings, isCombined: isCombined) else {
            preconditionFailure("few streams")
        }
        var settings = BinanceSessionSettings.spot
        settings.reconnection.first = .milliseconds(20)
        change(&settings)
        return BinanceSpotSource(
            BinanceFeed(listings), plan, settings: settings, random: SeededRandom(seed: 7))
    }

    private static func stage(
        _ venue: ScriptedBinance, _ source: @escaping @Sendable () -> any MarketSource
    ) throws -> SourceStage {
        try SourceStage(source, markets: symbols.count, socket: venue.socketURL, rest: venue.restURL)
    }

    private static let usual: [BinanceStream.Kind] = [.depth(.fast), .bookTicker, .trade]

    private static func areLive(_ stage: SourceStage) -> Bool {
        stage.markets.allSatisfy { $0.book.state == .live }
    }

    /// Lets the venue rest, and compares its books with ours.
    private static func expectSameBooks(_ venue: ScriptedBinance, _ stage: SourceStage) async {
        // One last change, which everybody hears.
        let last = await venue.enter { floor in
            floor.step()
            return symbols.map { symbol in
                [floor.levels(symbol, ofBids: true), floor.levels(symbol, ofBids: false)]
            }
        }
        let isSame = await stage.wait { stage in
            symbols.indices.allSatisfy { market in
                [stage.levels(market, ofBids: true), stage.levels(market, ofBids: false)] == last[market]
            }
        }
        if !isSame {
            let ours = await stage.look { [$0.levels(0, ofBids: true), $0.levels(1, ofBids: true)] }
            Issue.record("ours \(ours), theirs \(last.map { $0[0] })")
        }
    }

    @Test(arguments: [true, false])
    func `books are joined to whole ones, on combined and on raw connections`(isCombined: Bool) async throws {
        let venue = try await ScriptedBinance(Self.symbols)
        let stage = try Self.stage(venue) { Self.source(Self.usual, isCombined: isCombined) }
        #expect(await stage.wait { $0.states.last == "ready" })
        #expect(await venue.enter { $0.opened } == [isCombined ? "/stream" : "/ws"])
        for _ in 0..<5 { await venue.enter { $0.step() } }
        #expect(await stage.wait { Self.areLive($0) })
        for _ in 0..<50 { await venue.enter { $0.step() } }
        await Self.expectSameBooks(venue, stage)
        #expect(await stage.look { $0.states } == ["connecting", "ready"])
        #expect(await stage.look { Set($0.answers) } == Set(Self.symbols))
        #expect(await stage.look { $0.markets[0].quote?.bid } == Price(100))
        stage.close()
    }

    @Test func `changes that are missing make a book suspect, until a new whole one is there`() async throws {
        let venue = try await ScriptedBinance(Self.symbols)
        let stage = try Self.stage(venue) { Self.source(Self.usual) }
        #expect(await stage.wait { $0.states.last == "ready" })
        await venue.enter { $0.step() }
        #expect(await stage.wait { Self.areLive($0) })
        await venue.enter { floor in
            floor.isMute = true
            floor.step()
            floor.isMute = false
            floor.step()
        }
        #expect(await stage.wait { $0.resets.contains(.sequenceGap) })
        #expect(await stage.wait { Self.areLive($0) })
        #expect(await venue.enter { $0.snapshots } == 4)
        await Self.expectSameBooks(venue, stage)
        stage.close()
    }

    @Test func `a lost connection is told of every market, and comes back by itself`() async throws {
        let venue = try await ScriptedBinance(Self.symbols)
        let stage = try Self.stage(venue) { Self.source(Self.usual) }
        #expect(await stage.wait { $0.states.last == "ready" })
        await venue.enter { $0.step() }
        #expect(await stage.wait { Self.areLive($0) })
        await venue.enter { $0.drop() }
        #expect(await stage.wait { $0.states.contains("lost") })
        #expect(await stage.look { $0.resets.count { $0 == .disconnected } } == 2)
        #expect(await stage.wait { $0.states.last == "ready" })
        await venue.enter { $0.step() }
        #expect(await stage.wait { Self.areLive($0) })
        await Self.expectSameBooks(venue, stage)
        stage.close()
    }

    @Test func `a connection that grows old gets a successor, and no trade is lost or told twice`()
        async throws
    {
        var settings = ScriptedBinance.Settings()
        settings.stepEvery = .milliseconds(2)
        let venue = try await ScriptedBinance(["BTCUSDT"], settings)
        let stage = try Self.stage(venue) {
            Self.source([.depth(.fast), .trade]) { settings in
                settings.lifetime = .milliseconds(300)
                settings.overlap = .milliseconds(100)
            }
        }
        // The one that it began with, and four that followed it.
        #expect(await stage.wait { $0.trades.count > 500 })
        #expect(await venue.enter { $0.opened.count } >= 3)
        let (states, trades, resets) = await stage.look { ($0.states, $0.trades, $0.resets) }
        #expect(states == ["connecting", "ready"])
        #expect(trades == Array(trades[0]...trades[trades.count - 1]))
        #expect(!resets.contains(.sequenceGap) && !resets.contains(.disconnected))
        stage.close()
    }

    @Test func `when the venue announces its end, a successor is there before`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"])
        let stage = try Self.stage(venue) {
            Self.source([.trade]) { $0.overlap = .milliseconds(20) }
        }
        #expect(await stage.wait { $0.states.last == "ready" })
        await venue.enter { $0.announceShutdown(onFirst: 1) }
        var opened = 0
        while opened < 2 { opened = await venue.enter { $0.opened.count } }
        for _ in 0..<30 { await venue.enter { $0.step() } }
        #expect(await stage.wait { $0.trades.count >= 5 })
        #expect(await stage.look { $0.states } == ["connecting", "ready"])
        stage.close()
    }

    @Test func `pings are answered and keep a quiet connection alive`() async throws {
        var settings = ScriptedBinance.Settings()
        settings.pingAfter = .milliseconds(20)
        let venue = try await ScriptedBinance(["BTCUSDT"], settings)
        let stage = try Self.stage(venue) {
            Self.source([.trade]) { $0.silenceMax = .milliseconds(200) }
        }
        #expect(await stage.wait { $0.states.last == "ready" })
        // Ten times as long as silence may last would show.
        #expect(!(await stage.wait(atMost: .seconds(2)) { $0.states.contains("lost") }))
        #expect(await venue.enter { $0.opened.count } == 1)
        stage.close()
    }

    @Test func `a refused question for a book is asked again, later`() async throws {
        var settings = ScriptedBinance.Settings()
        settings.refusals = [503]
        let venue = try await ScriptedBinance(["BTCUSDT"], settings)
        let stage = try Self.stage(venue) { Self.source([.depth(.fast)]) }
        #expect(await stage.wait { $0.states.last == "ready" })
        await venue.enter { $0.step() }
        #expect(await stage.wait { $0.notes.contains { $0.contains("refused with status 503") } })
        #expect(await stage.wait { $0.markets[0].book.state == .live })
        #expect(await venue.enter { $0.snapshots } == 1)
        stage.close()
    }
}
