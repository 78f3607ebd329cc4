import JayxVenue
import Locks
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing
import VenueKit

@testable import Runtime

/// Jayx on real sockets, against a venue of our own that speaks as we infer that it does.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct JayxSourceTests {
    private static let book =
        #"{"orderBook":{"asks":[{"ticks":6684363,"lots":1004817,"count":1}],"#
        + #""bids":[{"ticks":6657678,"lots":997207,"count":1}]},"#
        + #""trades":[{"lots":3779,"ticks":6667418,"side":"BUY","created":1716136436758}]}"#

    private static let next =
        #"{"orderBook":{"asks":[{"ticks":6684364,"lots":5,"count":1}],"#
        + #""bids":[{"ticks":6657679,"lots":7,"count":1}]},"#
        + #""trades":[{"lots":9,"ticks":6667420,"side":"SELL","created":1716136436999},"#
        + #"{"lots":3779,"ticks":6667418,"side":"BUY","created":1716136436758}]}"#

    private static func source(_ framing: JayxFraming) -> any MarketSource {
        var settings = JayxSessionSettings()
        settings.reconnection.first = .milliseconds(20)
        let market = JayxSourceMarket(VenueListing("BTCUSDT", MarketID(0)), .usual)
        return JayxSource([market], framing, settings: settings, random: SeededRandom(seed: 3))
    }

    @Test(arguments: [JayxFraming.data, .message])
    func `plain frames bring a book and its trades`(framing: JayxFraming) async throws {
        let name = framing == .data ? "data" : "message"
        let calls = Lock<[String]>([])
        let venue = try await ScriptedVenue(
            say: { text in
                calls.withLock { $0.append(text) }
                return .texts([#"{"event":"orderbook","\#(name)":\#(Self.book)}"#])
            })
        let stage = try SourceStage(
            { Self.source(framing) }, markets: 1, socket: venue.socketURL, rest: venue.url)
        #expect(await stage.wait { $0.markets[0].book.state == .live })
        #expect(await stage.look { $0.states } == ["ready"])
        #expect(
            calls.withLock { $0 } == [
                #"{"event":"orderbook","\#(name)":{"category":"spot","symbol":"BTCUSDT","precise":"1"}}"#
            ])
        // The trades of the first message are history.
        #expect(await stage.look { $0.trades }.isEmpty)
        venue.push(#"{"event":"orderbook","\#(name)":\#(Self.next)}"#)
        #expect(await stage.wait { $0.trades.count == 1 })
        #expect(await stage.look { $0.levels(0, ofBids: true) } == ["66576.79 0.000007"])
        stage.close()
    }

    @Test func `Socket.IO is opened, joined and answered, and a goodbye is followed by another hello`()
        async throws
    {
        let calls = Lock<[String]>([])
        let venue = try await ScriptedVenue(
            greeting: #"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#,
            say: { text in
                calls.withLock { $0.append(text) }
                if text == "40" { return .texts([#"40{"sid":"b"}"#]) }
                if text.hasPrefix("42") { return .texts(["2", #"42["orderbook",\#(Self.book)]"#]) }
                if text == "3", calls.withLock({ $0.count { $0 == "3" } }) == 1 { return .goodbye() }
                return .texts([])
            })
        let stage = try SourceStage(
            { Self.source(.socketIO) }, markets: 1, socket: venue.socketURL, rest: venue.url)
        #expect(await stage.wait { $0.states == ["ready", "lost", "ready"] })
        #expect(await stage.wait { $0.markets[0].book.state == .live })
        #expect(await stage.look { $0.resets.contains(.disconnected) })
        #expect(
            calls.withLock { Array($0.prefix(3)) } == [
                "40", #"42["orderbook",{"category":"spot","symbol":"BTCUSDT","precise":"1"}]"#, "3",
            ])
        stage.close()
    }
}
