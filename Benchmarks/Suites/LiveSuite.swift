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
        let name = "live.books"
        guard report.options.wants(name) else { return }
        let frames = CoinExFrames.books(10_000)
        var live = try LiveBench()
        let best = try Measurement.best(of: report.options.runs + 1) {
            // The next run begins with the whole book, which is older than what the last one left.
            try live.reconnect()
            return Measurement.of {
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

    init() throws {
        var table = MarketTable()
        let rules = MarketRules(tick: Price(1), lot: Quantity(1), minimumQuantity: Quantity(1))
        table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        guard let naming = CoinExOrderNaming(bot: "bench", run: 1) else {
            throw BenchError("no name for orders")
        }
        let desk = Desk(table: table, strategies: 1, seed: 1, staleAfter: .minutes(60), now: now)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        let settings = CoinExLinkSettings(
            table, naming: naming, credentials: nil, streams: [.depth], bookLimit: 20)
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
                let id = String(decoding: bytes.bytes, as: UTF8.self).dropFirst(#"{"id":"#.count)
                    .prefix { $0 != "," }
                replies.append(#"{"error":null,"result":{"status":"success"},"id":\#(id)}"#)
            }
            bytes.removeAll()
        }
        for reply in replies {
            Array(reply.utf8).withUnsafeBufferPointer { session.received($0, at: now) }
        }
        guard session.link.isReady else { throw BenchError("the link is not ready") }
    }
}
