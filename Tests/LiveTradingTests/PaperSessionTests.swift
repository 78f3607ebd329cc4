import CoinExVenue
import MarketModel
import Quantities
import Runtime
import Simulation
import StrategyKit
import Testing
import TradingCore
import VenueKit
import WireCodecs

@Suite struct PaperSessionTests {
    /// A session on paper over messages of the venue.
    private final class Stage {
        var session: PaperSession<StagePlayer, CoinExLink, StageObserver>
        let diary = StageDiary()
        let tape = StageTape()
        var now = Market.start
        var requests = 0

        init() {
            var venue = SimulatedVenue(
                table: Market.table, limits: .coinExV1, latency: .none, queue: .pessimistic, seed: 1)
            venue.deposit(Amount(1_000), AssetID(1), at: Market.start)
            session = PaperSession(
                session: SimulatedSession(
                    engine: Market.engine(StagePlayer(diary: diary)), venue: venue,
                    observer: StageObserver(tape: tape)),
                link: Market.link(signed: false))
        }

        func push(_ text: String) {
            Array(text.utf8).withUnsafeBufferPointer { session.received($0, at: now) }
        }

        /// The calls that the session has made, answered; and the requests of HTTP counted.
        func replyToCalls() {
            var bytes = WireBuffer()
            var calls: [Called] = []
            while let action = session.takeAction(&bytes) {
                switch action {
                case .sendText: calls.append(Called(String(decoding: bytes.bytes, as: UTF8.self)))
                case .sendRequest: requests += 1
                case .connect, .close: break
                }
                bytes.removeAll()
            }
            for call in calls { push(#"{"error":null,"result":{"status":"success"},"id":\#(call.id)}"#) }
        }

        func book(_ bid: String, _ ask: String) {
            now = now + .milliseconds(200)
            let crc = Checksum.of("\(bid):5:\(ask):5")
            push(
                #"""
                {"method":"depth.update","params":[true,{"asks":[["\#(ask)","5"]],"bids":[["\#(bid)","5"]],
                "last":"100","time":\#(now.nanoseconds / 1_000_000),"checksum":\#(crc)},"BTCUSDT"],"id":null}
                """#)
        }

        func wish(_ body: @escaping (inout Desk) -> Void) {
            diary.wishes[diary.tickers + 1] = body
            push(
                #"""
                {"method":"state.update","params":[{"BTCUSDT":{"open":"100","last":"100","high":"100",
                "low":"100","deal":"1","volume":"1","sell_total":"1","buy_total":"1","period":86400}}],"id":null}
                """#)
        }
    }

    @Test func `orders are filled by the books that the venue sends, and none leaves`() {
        let stage = Stage()
        stage.session.start(at: stage.now)
        stage.session.opened(at: stage.now)
        stage.replyToCalls()
        #expect(stage.diary.words == ["start", "ready"])
        stage.book("99.9", "100.1")
        stage.wish { $0.place(buy(quantity("2"), at: price("100.2"))) }
        stage.book("99.9", "100.1")
        #expect(stage.diary.words.suffix(2) == ["#1 fills 2 at 100.1 fee 0", "#1 filled"])
        stage.replyToCalls()
        #expect(stage.requests == 0)
    }

    @Test func `while the connection is lost new orders are refused`() {
        let stage = Stage()
        stage.session.start(at: stage.now)
        stage.session.opened(at: stage.now)
        stage.replyToCalls()
        stage.book("99.9", "100.1")
        stage.session.closed(at: stage.now)
        stage.session.advance(to: stage.now + .seconds(1))
        stage.now = stage.now + .seconds(1)
        stage.session.opened(at: stage.now)
        stage.book("99.9", "100.1")
        stage.wish { $0.place(buy(quantity("2"), at: price("100.2"))) }
        #expect(stage.diary.words.last == "#1 rejected: the session is not ready")
        stage.replyToCalls()
        stage.wish { $0.place(buy(quantity("2"), at: price("100.2"))) }
        stage.book("99.9", "100.1")
        #expect(stage.diary.words.last == "#2 filled")
        stage.session.stop(at: stage.now)
        #expect(stage.diary.words.last == "stop")
    }
}
