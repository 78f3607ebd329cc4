import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// One strategy in a real engine, with a venue that does what a tape says.
///
/// A tape is a text with a column for the time, one for what happens, and behind a bar what the
/// engine sends to the venue in return:
///
/// ```
/// 0s     quote 99.98 100.02   | #1 buy 1 @ 99.95 makerOnly, #2 sell 1 @ 100.05 makerOnly
/// 100ms  accept 1 2
/// 2s     quote 99.90 99.94    | cancel #1, cancel #2
/// ```
///
/// `play` returns the tape with the column of answers as it came out, so that a test compares two
/// texts.
final class Pit<S: Strategy> {
    enum TapeError: Error {
        case unreadable(line: String)
    }

    let market: Market
    private(set) var engine: Engine<S>
    private var deals: UInt64 = 0
    /// The venue's memory of what it was sent.
    private var tickets: [UInt64: OrderTicket] = [:]
    private var ids: [UInt64: OrderID] = [:]
    private var venueFilled: [UInt64: Quantity] = [:]

    init(
        _ strategy: S.Type, tick: Price = Price(raw: 10_000_000_000),
        lot: Quantity = Quantity(raw: 1_000_000_000),
        least: Quantity = Quantity(raw: 100_000_000_000), makerFee: FeeRate = .zero,
        base: Int = 1_000, found: [OrderTicket] = [],
        limits: RiskLimits = RiskLimits(), holding: Quantity = .zero,
        _ change: (inout S.Parameters) -> Void = { _ in }
    ) throws {
        var table = MarketTable()
        let rules = MarketRules(
            tick: tick, lot: lot, minimumQuantity: least, minimumNotional: Notional(5),
            makerFee: makerFee)
        market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        var parameters = S.Parameters()
        change(&parameters)
        let strategy = try S(parameters, StrategySetup(markets: [market]))
        var desk = Desk(table: table, strategies: 1, seed: 7)
        // As if an earlier run had traded it at 100.
        desk.positions[0].quantity = holding
        desk.positions[0].openCost = try holding.times(Price(100), .down)
        let floor = TradingFloor(risk: [RiskRules(limits)], limits: .coinExV1, desk)
        engine = Engine(strategy: strategy, desk: desk, floor: floor)
        for ticket in found { find(ticket) }
        engine.feed(.balance(balance(of: market.base, Amount(base))), at: at(.zero))
        engine.feed(.balance(balance(of: market.quote, Amount(1_000_000))), at: at(.zero))
        engine.start(at: at(.zero))
    }

    /// An open order of an earlier session, which this one was restored with.
    private func find(_ ticket: OrderTicket) {
        let id = engine.desk.orders.create(
            strategy: StrategyID(0), ticket: ticket, replaces: .none, at: at(.zero))
        guard let id else { return }
        engine.desk.orders.slots[id.slot].state = .active(.open)
        ids[id.sequence] = id
        tickets[id.sequence] = ticket
    }

    /// Tapes count from midnight of 2 January 1970: the engine has no use for a time before all
    /// time.
    private func at(_ offset: Interval) -> Instant { Instant(milliseconds: 86_400_000) + offset }

    private func balance(of asset: AssetID, _ total: Amount) -> Balance {
        Balance(asset: asset, total: total, frozen: .zero, venueTime: at(.zero))
    }

    var position: Quantity { engine.desk.position(market.id).quantity }
    var chain: DecisionChain { engine.floor.chain }
    var notices: [String] { engine.desk.notices.map(\.text) }
    var status: StrategyStatus { engine.desk.statuses[0] }
    var openOrders: Int { engine.desk.openOrders(in: market.id).count }

    /// Plays a tape; returns it with what the engine sent.
    func play(_ tape: String) throws -> String {
        try tape.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let halves = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let words = halves[0].split(separator: " ")
            guard let time = words.first else { return String(line) }
            guard let offset = interval(time) else {
                throw TapeError.unreadable(line: String(line))
            }
            engine.advance(to: at(offset))
            do {
                try happen(words.dropFirst().map(String.init), at: at(offset))
            } catch is DecimalError {
                throw TapeError.unreadable(line: String(line))
            }
            if engine.nextDue <= at(offset) { engine.advance(to: at(offset)) }
            let sent = drain().joined(separator: ", ")
            return halves.count == 1 && sent.isEmpty ? String(line) : "\(halves[0])| \(sent)"
        }.joined(separator: "\n")
    }

    /// `1.5s`, `20ms`.
    private func interval(_ text: Substring) -> Interval? {
        if text.hasSuffix("ms") { return Int64(text.dropLast(2)).map { .milliseconds($0) } }
        guard text.hasSuffix("s"), let seconds = Double(text.dropLast()) else { return nil }
        return .milliseconds(Int64(seconds * 1_000))
    }
}

// MARK: - What a tape can say

extension Pit {
    private func happen(_ words: [String], at now: Instant) throws {
        let arguments = words.dropFirst().map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
        switch words.first {
        case "quote": engine.feed(try quote(Price(arguments[0]), Price(arguments[1]), now))
        case "steady": try rock(Price(arguments[0]), Price(arguments[0]), now)
        case "rock": try rock(Price(arguments[0]), Price(arguments[1]), now)
        case "trade": engine.feed(trade(try Price(arguments[0]), now))
        case "gap":
            engine.feed(
                BookReset(
                    market: market.id, reason: .disconnected, sequence: 0, venueTime: now,
                    receivedAt: now))
        case "accept": for word in arguments { try accept(number(word), now) }
        case "refuse": try refuse(number(arguments[0]), arguments[1], now)
        case "keep":
            let order = try order(number(arguments[0]))
            engine.feed(
                .actionRefused(OrderRefused(order: order, reason: .venueOther, venueTime: now)),
                at: now)
        case "lose":
            engine.feed(
                .outcomeUnknown(
                    OrderUncertain(order: try order(number(arguments[0])), venueTime: now)), at: now
            )
        case "absent":
            engine.feed(
                .absent(OrderUncertain(order: try order(number(arguments[0])), venueTime: now)),
                at: now)
        case "unsent":
            engine.feed(
                .neverSent(OrderUncertain(order: try order(number(arguments[0])), venueTime: now)),
                at: now)
        case "cancelled": for word in arguments { try end(number(word), .cancelled, now) }
        case "fail", "failed": try end(number(arguments[0]), .triggerFailed, now)
        case "holds":
            let total = Amount(try Quantity(arguments[0]))
            engine.feed(
                .balance(Balance(asset: market.base, total: total, frozen: .zero, venueTime: now)), at: now)
        case "fill": try fill(number(arguments[0]), Quantity(arguments[1]), now)
        case "stop": engine.stop(at: now)
        case "wait": break
        case let word: throw TapeError.unreadable(line: word ?? "")
        }
    }

    /// Ten quotes, one per second, whose mid price alternates: enough for an estimate of
    /// volatility.
    private func rock(_ a: Price, _ b: Price, _ now: Instant) throws {
        let reach = market.rules.tick
        for step in 0..<10 {
            let mid = step.isMultiple(of: 2) ? a : b
            let time = now + .seconds(Int64(step))
            engine.advance(to: time)
            engine.feed(try quote(mid - reach, mid + reach, time))
        }
    }

    private func quote(_ bid: Price, _ ask: Price, _ now: Instant) throws -> Quote {
        Quote(
            market: market.id, bid: bid, bidSize: Quantity(10), ask: ask, askSize: Quantity(10),
            sequence: 0,
            venueTime: now, receivedAt: now)
    }

    private func trade(_ price: Price, _ now: Instant) -> Trade {
        Trade(
            market: market.id, aggressor: .buy, id: DealID(1), price: price, quantity: Quantity(1),
            venueTime: now, receivedAt: now)
    }

    private func number(_ word: String) throws -> UInt64 {
        guard let number = UInt64(word) else { throw TapeError.unreadable(line: word) }
        return number
    }

    /// The order that the venue was sent under this number.
    private func order(_ number: UInt64) throws -> OrderID {
        guard let id = ids[number] else { throw TapeError.unreadable(line: "no order #\(number)") }
        return id
    }

    private func accept(_ number: UInt64, _ now: Instant) throws {
        engine.feed(
            .accepted(
                OrderAccepted(
                    order: try order(number), venueOrder: VenueOrderID(number), venueTime: now)),
            at: now)
    }

    private func refuse(_ number: UInt64, _ reason: String, _ now: Instant) throws {
        let reasons: [String: Refusal] = [
            "wouldTake": .venueWouldTake, "noBalance": .venueInsufficientBalance,
            "invalidStop": .venueInvalidStopPrice, "badStop": .venueInvalidStopPrice,
            "notFound": .venueOrderNotFound, "other": .venueOther,
        ]
        guard let refusal = reasons[reason] else { throw TapeError.unreadable(line: reason) }
        engine.feed(
            .refused(OrderRefused(order: try order(number), reason: refusal, venueTime: now)),
            at: now)
    }

    private func end(_ number: UInt64, _ phase: OrderProgress.Phase, _ now: Instant) throws {
        engine.feed(
            .progress(
                OrderProgress(
                    order: try order(number), venueOrder: VenueOrderID(number), phase: phase,
                    filled: venueFilled[number] ?? .zero, venueTime: now)), at: now)
    }

    private func fill(_ number: UInt64, _ quantity: Quantity, _ now: Instant) throws {
        let order = try order(number)
        guard let ticket = tickets[number] else {
            throw TapeError.unreadable(line: "no order #\(number)")
        }
        let price = ticket.kind.hasLimit ? ticket.price : engine.desk.quote(market.id)?.mid ?? .zero
        deals += 1
        venueFilled[number, default: .zero] += quantity
        engine.feed(
            .deal(
                Deal(
                    id: DealID(deals), market: market.id, order: order,
                    liquidity: ticket.duration == .makerOnly ? .maker : .taker, price: price,
                    quantity: quantity,
                    notional: try quantity.times(price, .down), fee: .zero, feeAsset: market.quote,
                    venueTime: now)), at: now)
    }
}

// MARK: - What the engine sends

extension Pit {
    private func drain() -> [String] {
        var sent: [Command] = []
        engine.drain { sent.append($0.command) }
        return sent.map(text)
    }

    private func text(_ command: Command) -> String {
        switch command {
        case .place(let placement): return text(placement)
        case .cancel(let cancellation): return "cancel \(cancellation.order)"
        case .modify(let modification):
            return "modify \(modification.order): \(text(modification.replacement))"
        case .query(let query): return "ask \(query.order)"
        }
    }

    private func text(_ placement: Placement) -> String {
        let ticket = placement.ticket
        ids[placement.order.sequence] = placement.order
        tickets[placement.order.sequence] = ticket
        let what = "\(placement.order) \(ticket.side) \(ticket.quantity)"
        switch ticket.kind {
        case .limit: return "\(what) @ \(ticket.price) \(ticket.duration)"
        case .market: return "\(what) market"
        case .stopLimit: return "\(what) @ \(ticket.price) when \(ticket.stopPrice)"
        case .stopMarket: return "\(what) when \(ticket.stopPrice)"
        }
    }
}
