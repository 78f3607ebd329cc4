import MarketModel
import Quantities
import Simulation
import StrategyKit
import VenueKit

/// A simulated venue with one market, driven by a script, that answers with what it told.
///
/// Each line of a script is one thing that happens; behind a bar stands what the client hears of it:
///
/// ```
/// quote 99 5 / 101 3
/// #1 buy 4 @ 101     | #1 accepted v1, #1 took 3 @ 101, #1 open 3
/// trade sell 1 @ 101 | #1 made 1 @ 101, #1 filled 4
/// money              | OAK 1004, PINE 99596
/// ```
///
/// `play` returns the script with the column of answers as it came out, so that a test compares two
/// texts. Lines are a millisecond apart; messages take no time unless the pit is made with a latency.
final class VenuePit {
    enum ScriptError: Error {
        case unreadable(line: String)
    }

    let market: Market
    /// Holds the market's state, as it does for the engine.
    var desk: Desk
    var venue: SimulatedVenue
    /// Every fact that was heard, oldest first.
    private(set) var facts: [VenueFact] = []
    private(set) var now = Instant(milliseconds: 86_400_000)
    private var requests: UInt64 = 0

    /// Plenty: no test but those of the rate windows should meet them.
    static let plenty = limits(RateLimit(requests: 1_000, window: .nanoseconds(1)))

    static func limits(_ each: RateLimit) -> VenueLimits {
        VenueLimits(
            place: each, cancel: each, batch: each, query: each, total: each, cancelReserve: 0,
            batchSize: 10)
    }

    init(
        tick: Price = Price(raw: 10_000_000_000), lot: Quantity = Quantity(raw: 100_000_000_000),
        least: Quantity = Quantity(raw: 100_000_000_000), makerFee: FeeRate = .zero,
        takerFee: FeeRate = .zero, base: Amount = Amount(1_000), quote: Amount = Amount(100_000),
        queue: QueueModel = .pessimistic, limits: VenueLimits = VenuePit.plenty,
        latency: VenueLatency = .none
    ) {
        var table = MarketTable()
        let rules = MarketRules(
            tick: tick, lot: lot, minimumQuantity: least, makerFee: makerFee, takerFee: takerFee)
        market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        desk = Desk(table: table, strategies: 1, seed: 1)
        venue = SimulatedVenue(table: table, limits: limits, latency: latency, queue: queue, seed: 1)
        venue.deposit(base, market.base, at: now)
        venue.deposit(quote, market.quote, at: now)
        _ = hear()
    }

    /// Plays a script; returns it with what the venue told.
    func play(_ script: String) throws -> String {
        try script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let halves = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let words = halves[0].split(separator: " ").map(String.init)
            if words.isEmpty { return String(line) }
            now = now + .milliseconds(1)
            let answer: String
            do {
                answer = try happen(words)
            } catch is DecimalError {
                throw ScriptError.unreadable(line: String(line))
            }
            return halves.count == 1 && answer.isEmpty ? String(line) : "\(halves[0])| \(answer)"
        }.joined(separator: "\n")
    }

    func order(_ number: UInt64) -> OrderID { OrderID(sequence: number, slot: Int(number % 8_192)) }
}

// MARK: - What can happen

extension VenuePit {
    private func happen(_ words: [String]) throws -> String {
        switch words[0] {
        case "quote":
            show(try quote(words))
        case "book": try showBook(words)
        case "level":
            show(try level(words[1] == "buy" ? .buy : .sell, words[2], words[3], isLast: true))
        case "trade":
            show(try trade(words[1] == "buy" ? .buy : .sell, Quantity(words[2]), Price(words[4])))
        case "cancel": send(cancellation(try number(words[1])))
        case "modify":
            let replacement = try placement(Array(words.dropFirst(2)))
            send(
                .modify(
                    Modification(
                        order: order(try number(words[1])), venueOrder: .unknown,
                        replacement: replacement)))
        case "ask":
            send(
                .query(
                    OrderQuery(
                        order: order(try number(words[1])), venueOrder: .unknown, market: market.id,
                        sentAt: now)))
        case "money": return money
        default:
            guard words[0].hasPrefix("#") else {
                throw ScriptError.unreadable(line: words.joined(separator: " "))
            }
            send(.place(try placement(words)))
        }
        return hear().compactMap(text).joined(separator: ", ")
    }

    func cancellation(_ number: UInt64) -> Command {
        .cancel(
            Cancellation(
                order: order(number), venueOrder: .unknown, market: market.id, isStop: false))
    }

    func number(_ word: String) throws -> UInt64 {
        guard word.hasPrefix("#"), let number = UInt64(word.dropFirst()) else {
            throw ScriptError.unreadable(line: word)
        }
        return number
    }

    /// `#1 buy 2 @ 100 ioc when 101`, or `#1 buy for 250`
    func placement(_ words: [String]) throws -> Placement {
        guard words.count >= 4 else {
            throw ScriptError.unreadable(line: words.joined(separator: " "))
        }
        let isLimit = words[3] == "@"
        let isSum = words[2] == "for"
        var ticket = OrderTicket(
            market: market.id, side: words[1] == "buy" ? .buy : .sell,
            kind: isLimit ? .limit : .market, duration: isLimit ? .goodTillCancelled : .immediateOrCancel,
            price: isLimit ? try Price(words[4]) : .zero,
            quantity: isSum ? market.rules.lot : try Quantity(words[2]),
            spend: isSum ? try Notional(words[3]) : .zero)
        var rest = words.dropFirst(isLimit ? 5 : 4)
        while let word = rest.popFirst() {
            switch word {
            case "ioc": ticket.duration = .immediateOrCancel
            case "fok": ticket.duration = .fillOrKill
            case "maker": ticket.duration = .makerOnly
            case "hidden": ticket.isHidden = true
            case "when":
                ticket.kind = isLimit ? .stopLimit : .stopMarket
                ticket.stopPrice = try Price(rest.popFirst() ?? "")
            default: throw ScriptError.unreadable(line: word)
            }
        }
        return Placement(
            order: order(try number(words[0])), strategy: StrategyID(0), ticket: ticket)
    }

    private func quote(_ words: [String]) throws -> Quote {
        Quote(
            market: market.id, bid: try Price(words[1]), bidSize: try Quantity(words[2]),
            ask: try Price(words[4]), askSize: try Quantity(words[5]), sequence: 0, venueTime: now,
            receivedAt: now)
    }

    func trade(_ aggressor: Side, _ quantity: Quantity, _ price: Price) -> Trade {
        Trade(
            market: market.id, aggressor: aggressor, id: DealID(1), price: price, quantity: quantity,
            venueTime: now, receivedAt: now)
    }

    private func level(
        _ side: Side, _ price: String, _ quantity: String, isLast: Bool
    ) throws -> LevelChange {
        LevelChange(
            market: market.id, side: side, isLast: isLast, price: try Price(price),
            quantity: try Quantity(quantity), sequence: 0, venueTime: now, receivedAt: now)
    }

    /// `book 99:5 98:2 / 101:3`
    private func showBook(_ words: [String]) throws {
        desk.states[0].apply(
            BookReset(
                market: market.id, reason: .snapshot, sequence: 0, venueTime: now, receivedAt: now))
        var side = Side.buy
        for (index, word) in words.enumerated().dropFirst() {
            if word == "/" {
                side = .sell
                continue
            }
            let parts = word.split(separator: ":").map(String.init)
            show(try level(side, parts[0], parts[1], isLast: index == words.count - 1))
        }
    }

    func show(_ quote: Quote) {
        _ = desk.states[0].apply(quote)
        venue.observeDepth(of: market.id, at: quote.receivedAt, desk.states)
    }

    func show(_ trade: Trade) {
        desk.states[0].apply(trade)
        venue.observe(trade, desk.states)
    }

    func show(_ change: LevelChange) {
        _ = desk.states[0].apply(change)
        if change.isLast { venue.observeDepth(of: market.id, at: now, desk.states) }
    }

    /// Sends a command in a request of its own.
    func send(_ command: Command) {
        requests += 1
        let group: RateGroup
        switch command {
        case .place, .modify: group = .place
        case .cancel: group = .cancel
        case .query: group = .query
        }
        venue.receive(Dispatch(request: requests, group: group, command: command, at: now))
    }

    /// Lets the venue work, and takes what has arrived.
    @discardableResult func hear() -> [VenueFact] {
        var heard: [VenueFact] = []
        while venue.nextDue <= now {
            venue.advance(to: now, desk.states)
            while let fact = venue.popFact(at: now) { heard.append(fact) }
        }
        facts += heard
        return heard
    }

    func pass(_ interval: Interval) { now = now + interval }
}

// MARK: - What is told

extension VenuePit {
    var deals: [Deal] {
        facts.compactMap { fact in
            if case .deal(let deal) = fact { deal } else { nil }
        }
    }

    var balances: [Balance] {
        facts.compactMap { fact in
            if case .balance(let balance) = fact { balance } else { nil }
        }
    }

    /// The account, frozen parts in parentheses.
    var money: String {
        venue.balances.map { balance in
            let frozen = balance.frozen.isZero ? "" : " (\(balance.frozen))"
            return "\(desk.table.name(of: balance.asset)) \(balance.total)\(frozen)"
        }.joined(separator: ", ")
    }

    private func text(_ fact: VenueFact) -> String? {
        switch fact {
        case .accepted(let accepted): "\(accepted.order) accepted v\(accepted.venueOrder.raw)"
        case .refused(let refused): "\(refused.order) refused: \(words(refused.reason))"
        case .progress(let progress): "\(progress.order) \(progress.phase) \(progress.filled)"
        case .deal(let deal):
            "\(deal.order) \(deal.liquidity == .maker ? "made" : "took") \(deal.quantity) @ \(deal.price)"
        case .actionRefused(let refused): "\(refused.order) untouched: \(words(refused.reason))"
        case .outcomeUnknown(let uncertain): "\(uncertain.order) unknown"
        case .neverSent(let proof): "\(proof.order) never sent"
        case .absent(let proof): "\(proof.order) absent"
        case .balance, .orderPause: nil
        case .rateLimited(let limited): "\(limited.order) limited \(limited.group)"
        }
    }

    private func words(_ refusal: Refusal) -> String {
        let words = refusal.description
        return words.hasPrefix("venue: ") ? String(words.dropFirst(7)) : "(not a venue's) \(words)"
    }
}
