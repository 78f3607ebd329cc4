import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// From the bytes of a message to the strategy: link, book with checksum, engine, in one call chain.
enum LiveSuite {
    private static let start = Instant(milliseconds: 1_640_000_000_000)

    static func run(_ report: inout Report) throws {
        for api in CoinExAPI.allCases { try books(api, &report) }
    }

    /// In the second generation each message is unpacked first.
    private static func books(_ api: CoinExAPI, _ report: inout Report) throws {
        let name = "live.books" + api.suffix
        guard report.options.wants(name) else { return }
        let frames = CoinExFrames.books(10_000, in: api)
        let packed = api == .v1 ? [] : frames.packed
        var live = try LiveBench(api)
        let best = try Measurement.best(of: report.options.runs + 1) {
            // The next run begins with the whole book, which is older than what the last one left.
            try live.reconnect()
            return Measurement.of {
                for message in packed {
                    message.withUnsafeBufferPointer { live.session.received($0, at: live.now) }
                }
                guard packed.isEmpty else { return }
                frames.bytes.withUnsafeBufferPointer { bytes in
                    for range in frames.ranges {
                        live.session.received(UnsafeBufferPointer(rebasing: bytes[range]), at: live.now)
                    }
                }
            }
        }
        guard live.session.engine.strategy.updates > 0 else { throw BenchError("\(name): no book was shown") }
        report.add(name + ".speed", Double(frames.bytes.count) / best.nanoseconds, "GB/s", .none)
        report.add(name + ".time", best.nanoseconds / Double(frames.ranges.count), "ns/frame")
        report.add(name + ".allocations", Double(best.allocations), "in all frames", .atMost(0))
    }
}

/// Counts what it is shown.
struct BookCounter: StrategyCallbacks {
    var updates = 0

    mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) { updates += 1 }
}

/// A live session that looks at one made-up market.
private struct LiveBench: ~Copyable {
    var session: LiveSession<BookCounter, CoinExLink, NoObserver>
    var now = Instant(milliseconds: 1_640_000_000_000)
    private var isConnected = false
    private let api: CoinExAPI

    init(_ api: CoinExAPI) throws {
        self.api = api
        var table = MarketTable()
        let rules = MarketRules(tick: Price(1), lot: Quantity(1), minimumQuantity: Quantity(1))
        table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        guard let naming = CoinExOrderNaming(bot: "bench", run: 1) else {
            throw BenchError("no name for orders")
        }
        let desk = Desk(table: table, strategies: 1, seed: 1, staleAfter: .minutes(60), now: now)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: api.limits, desk)
        let settings = CoinExLinkSettings(
            table, naming: naming, credentials: nil, api: api, streams: [.depth], bookLimit: 20)
        session = LiveSession(
            engine: Engine(strategy: BookCounter(), desk: desk, floor: floor),
            link: CoinExLink(table, settings, random: SeededRandom(seed: 1)), observer: NoObserver())
    }

    mutating func reconnect() throws {
        if isConnected {
            session.closed(at: now)
            now = now + .minutes(1)
            session.advance(to: now)
        } else {
            session.start(at: now)
        }
        isConnected = true
        session.opened(at: now)
        var bytes = WireBuffer()
        var replies: [String] = []
        while let action = session.takeAction(&bytes) {
            if action == .sendText {
                let text = String(decoding: bytes.bytes, as: UTF8.self)
                let id = text.split(separator: #""id":"#).last?.prefix { $0.isNumber } ?? "0"
                replies.append(
                    api == .v1
                        ? #"{"error":null,"result":{"status":"success"},"id":\#(id)}"#
                        : #"{"id":\#(id),"code":0,"message":"OK"}"#)
            }
            bytes.removeAll()
        }
        for reply in replies {
            Array(reply.utf8).withUnsafeBufferPointer { session.received($0, at: now) }
        }
        guard session.link.isReady else { throw BenchError("the link is not ready") }
    }
}
