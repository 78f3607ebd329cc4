import Glibc
import MarketModel
import Quantities
import Runtime
import Simulation
import StrategyKit
import TradingCore
import VenueKit

struct Nop: StrategyCallbacks {}

struct Ema: StrategyCallbacks {
    var fast = 0.0, slow = 0.0
    var held = false
    let every: Int
    var n = 0
    let market: MarketID
    @inline(__always)
    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) { step(trade.price, &desk) }
    @inline(__always)
    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) { step(quote.mid, &desk) }
    @inline(__always)
    mutating func step(_ p: Price, _ desk: inout Desk) {
        let x = Double(p)
        fast += 0.1 * (x - fast)
        slow += 0.02 * (x - slow)
        n += 1
        if n == every {
            n = 0
            order(&desk)
        }
    }
    @inline(never)
    mutating func order(_ desk: inout Desk) {
        guard let q = desk.quote(market) else { return }
        held.toggle()
        desk.place(
            held
                ? .limit(.buy, Quantity(raw: 1_000_000_000), at: q.ask, in: market, .immediateOrCancel)
                : .limit(.sell, Quantity(raw: 1_000_000_000), at: q.bid, in: market, .immediateOrCancel))
    }
}

func now() -> Double {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return Double(t.tv_sec) * 1e9 + Double(t.tv_nsec)
}

@inline(never)
func run<S: StrategyCallbacks>(_ name: String, _ s: S, _ r: SyntheticRecords, ladder: Bool = false) throws {
    var table = MarketTable()
    let rules = MarketRules(
        tick: try Price("0.01"), lot: try Quantity("0.00001"), minimumQuantity: try Quantity("0.0001"),
        makerFee: .zero, takerFee: try FeeRate("0.001"))
    table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules)
    var best = Double.infinity
    var text = ""
    for _ in 0..<5 {
        let desk = Desk(table: table, strategies: 1, seed: 1)
        let wide = RateLimit(requests: 1_000_000, window: .seconds(1))
        let limits = VenueLimits(
            place: wide, cancel: wide, batch: wide, query: wide, total: wide, cancelReserve: 0, batchSize: 1)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: limits, desk)
        let engine = Engine(strategy: s, desk: desk, floor: floor)
        let ms = LatencyModel(base: .milliseconds(1))
        var venue = SimulatedVenue(
            table: table, limits: limits, latency: VenueLatency(feed: ms, order: ms, response: ms),
            queue: .pessimistic, seed: 1)
        let start = r.records[0].receivedAt
        venue.deposit(try Amount("1000"), AssetID(0), at: start)
        venue.deposit(try Amount("100000000"), AssetID(1), at: start)
        var session = SimulatedSession(engine: engine, venue: venue, observer: NoObserver())
        session.start(at: start)
        let t0 = now()
        [r.scale].withUnsafeBufferPointer { scales in
            r.records.withUnsafeBufferPointer { session.run($0, scales) }
        }
        let t1 = now()
        best = min(best, (t1 - t0) / Double(r.records.count))
        text = "\(session.engine.floor.chain.count) \(session.engine.floor.chain.text) fills \(session.engine.floor.counters.fills)"
    }
    print(name, best, "ns/event", 1000 / best, "M/s", text)
}
let r = SyntheticRecords(count: 4_000_000, seed: 7, moveChance: 0.1)
try run("nop", Nop(), r)
try run("ema/10k", Ema(every: 10_000, market: MarketID(0)), r)
try run("ema/8", Ema(every: 8, market: MarketID(0)), r)
