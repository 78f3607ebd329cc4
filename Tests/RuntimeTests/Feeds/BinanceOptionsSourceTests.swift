import BinanceVenue
import Locks
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing
import VenueKit

@testable import Runtime

/// Binance Options on real sockets, in both generations, against a venue of our own.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct BinanceOptionsSourceTests {
    private static let symbol = "BTC-251226-110000-C"

    private static func source(
        _ streams: [BinanceOptionsStream], _ generation: BinanceOptionsGeneration
    ) throws -> any MarketSource {
        let listings = [VenueListing(symbol, MarketID(0))]
        let plan = try BinanceSourcePlan(options: streams, in: generation, of: listings)
        guard let plan else { preconditionFailure("few streams") }
        return BinanceOptionsSource(
            BinanceOptionsFeed(listings), plan, settings: .options, random: SeededRandom(seed: 5))
    }

    /// Answers every call, with what comes behind the answer.
    private static func reply(_ call: String, _ payloads: [String]) -> ScriptedVenue.Saying {
        let id = call.split(separator: #""id":"#).last?.prefix { $0.isNumber } ?? "null"
        return .texts([#"{"result":null,"id":\#(id)}"#] + payloads)
    }

    @Test func `the first generation has whole books, tickers and signed trades`() async throws {
        let depth =
            #"{"e":"depth","E":1,"T":1,"s":"\#(Self.symbol)","u":162,"pu":161,"#
            + #""b":[["200","3"],["101","1"]],"a":[["1000","89"]]}"#
        let trade =
            #"{"e":"trade","E":1,"s":"\#(Self.symbol)","t":"7","p":"1000","q":"-2","#
            + #""b":4611781675939004000,"a":4611781675939004001,"#
            + #""T":1,"S":"-1","X":"MARKET"}"#
        let calls = Lock<[String]>([])
        let venue = try await ScriptedVenue(
            say: { text in
                calls.withLock { $0.append(text) }
                return Self.reply(
                    text,
                    [
                        #"{"stream":"\#(Self.symbol)@depth100@100ms","data":\#(depth)}"#,
                        #"{"stream":"\#(Self.symbol)@trade","data":\#(trade)}"#,
                    ])
            })
        let stage = try SourceStage(
            {
                let streams: [BinanceOptionsStream] = [
                    .partialDepth(Self.symbol, levels: 100, .milliseconds100), .trades(Self.symbol),
                ]
                guard let source = try? Self.source(streams, .first) else { preconditionFailure("sound") }
                return source
            }, markets: 1, socket: venue.socketURL + "eoptions", rest: venue.url)
        #expect(await stage.wait { $0.trades == [7] })
        #expect(await stage.look { $0.levels(0, ofBids: true) } == ["200.00 3", "101.00 1"])
        #expect(
            calls.withLock { $0 } == [
                #"{"method":"SUBSCRIBE","params":["\#(Self.symbol)@depth100@100ms","#
                    + #""\#(Self.symbol)@trade"],"id":1}"#
            ])
        stage.close()
    }

    @Test func `the second generation joins changes to a whole book, on a connection for each kind of data`()
        async throws
    {
        let name = Self.symbol.lowercased()
        let change =
            #"{"e":"depthUpdate","E":2,"T":2,"s":"\#(Self.symbol)","U":465,"u":466,"pu":464,"#
            + #""b":[["1100.000","0.6000"]],"a":[["1300.000","0.6000"]]}"#
        let best =
            #"{"e":"bookTicker","u":2472,"s":"\#(Self.symbol)","b":"1100.000","B":"0.2000","#
            + #""a":"1300.000","A":"0.1000","T":3,"E":3}"#
        let calls = Lock<[String]>([])
        let venue = try await ScriptedVenue(
            answer: { request in
                request.path.hasSuffix("/eapi/v1/depth")
                    ? .reply(#"{"lastUpdateId":465,"T":1,"bids":[["1000","1"]],"asks":[["1400","1"]]}"#)
                    : .reply(status: 404, "{}")
            },
            say: { text in
                calls.withLock { $0.append(text) }
                guard text.contains("depth") else { return Self.reply(text, []) }
                return Self.reply(
                    text,
                    [
                        #"{"stream":"\#(name)@depth@100ms","data":\#(change)}"#,
                        #"{"stream":"\#(name)@bookTicker","data":\#(best)}"#,
                    ])
            })
        let stage = try SourceStage(
            {
                let streams: [BinanceOptionsStream] = [
                    .depth(Self.symbol, .milliseconds100), .bookTicker(Self.symbol),
                    .markPrice(BinanceUnderlying("BTC")),
                ]
                guard let source = try? Self.source(streams, .second) else { preconditionFailure("sound") }
                return source
            }, markets: 1, socket: venue.socketURL, rest: venue.url)
        #expect(await stage.wait { $0.markets[0].book.state == .live && $0.states.last == "ready" })
        #expect(await stage.look { $0.levels(0, ofBids: true) } == ["1100.00 0.6", "1000.00 1"])
        #expect(await stage.look { $0.markets[0].quote?.ask } == Price(1_300))
        #expect(calls.withLock { $0 }.count == 2)
        #expect(venue.requests.map(\.query) == ["symbol=\(Self.symbol)&limit=1000"])
        stage.close()
    }
}
