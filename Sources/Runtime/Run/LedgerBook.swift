import Configuration
import Journal
import MarketModel
import Quantities
import Simulation
import StrategyKit
import TradingCore

/// Keeps the ledger of a run: turns what strategies were told into rows and balanced entries.
///
/// Accounts of the double entry: `venue` is what the account holds, `capital` where the paper money came
/// from, `trading` the other side of every deal, `fees` what the venue charged.
package struct LedgerBook {
    let ledger: Ledger
    let run: RunID
    let labels: [String]
    let table: MarketTable
    private let folder: String
    private var batch = LedgerBatch()
    /// What is known of living orders beside what they tell themselves.
    private var standing: [OrderID: Standing] = [:]
    private var noteCount: Int64 = 0

    /// Notes of a run that are kept; more are left out.
    package static let notesMax: Int64 = 1_000

    private struct Standing {
        var openedAt: Instant?
        var ahead: Quantity?
    }

    /// - Parameters:
    ///   - folder: the name of the run's folder, beside the ledger.
    package init(
        path: String, _ parts: SessionParts, mode: String, folder: String, at start: Instant
    ) throws(LedgerError) {
        self.folder = folder
        ledger = try Ledger(path: path)
        let text = parts.configuration.effectiveText
        run = try ledger.begin(
            RunRecord(
                startedAt: start, mode: mode, configText: text, configHash: ContentHash(text).text,
                seed: parts.configuration.seed, folder: folder))
        labels = parts.configuration.strategies.map(\.label)
        table = parts.table
        for market in table.markets {
            batch.markets.append(
                MarketRow(
                    run: run, market: market.name, base: table.name(of: market.base),
                    quote: table.name(of: market.quote), tick: market.rules.tick, lot: market.rules.lot))
        }
    }

    /// Ends the writing anew of a run from its tape: one of what the ledger had of its folder and what was written
    /// since is kept, the other forgotten.
    ///
    /// What a kill leaves of both is put in order by the next start.
    mutating func replaceEarlier(keepsThis: Bool) throws(LedgerError) {
        guard keepsThis else {
            batch = LedgerBatch()
            return try ledger.forget(run)
        }
        try write()
        try ledger.forget(folder: folder, but: run)
    }

    /// The paper money comes in.
    mutating func open(_ balances: [PaperBalance], at now: Instant) {
        for balance in balances where !balance.amount.isZero {
            let asset = balance.asset
            batch.transactions.append(
                LedgerTransaction(
                    run: run, id: "capital \(asset)", at: now,
                    postings: [
                        .init("venue", asset, balance.amount), .init("capital", asset, -balance.amount),
                    ]))
        }
    }

    mutating func add(_ delivery: TradingFloor.Delivery) {
        switch delivery {
        case .order(let order): batch.orders.append(row(order))
        case .fill(let fill, mid: _): add(fill)
        case .balance(let balance):
            batch.balances.append(
                BalanceRow(
                    run: run, at: balance.venueTime, asset: table.name(of: balance.asset),
                    total: balance.total, available: balance.available))
        case .bookState: break
        }
    }

    mutating func add(_ sample: EquitySample) {
        batch.equity.append(
            EquityRow(
                run: run, at: sample.at, strategy: labels[Int(sample.strategy.index)],
                market: table[sample.market].name, equity: sample.profit, position: sample.position,
                markPrice: sample.mark, realized: sample.realised,
                unrealized: sample.profit - sample.realised, spread: sample.spread, fees: sample.feesPaid,
                rebates: sample.rebates, ownBid: sample.ownBid, ownAsk: sample.ownAsk))
    }

    /// The best bid and ask of a market.
    mutating func add(_ market: MarketID, _ quote: Quote?, at now: Instant) {
        batch.prices.append(
            PriceRow(run: run, at: now, market: table[market].name, bid: quote?.bid, ask: quote?.ask))
    }

    mutating func add(_ mark: FillWatch.Mark) {
        batch.fillMids.append(
            FillMidRow(
                run: run, market: table[mark.market].name, dealID: "\(mark.deal.raw)",
                afterMilliseconds: mark.after.nanoseconds / 1_000_000, mid: mark.mid))
    }

    /// Where an order came to stand in its queue: the row of the order has it from its next change on.
    mutating func add(_ place: QueuePlace) {
        standing[place.order, default: Standing()].ahead = place.ahead
    }

    mutating func addNote(_ text: String, at now: Instant) {
        guard noteCount < Self.notesMax else { return }
        noteCount += 1
        batch.notes.append(NoteRow(run: run, number: noteCount, at: now, text: text))
    }

    /// What the next run begins with.
    mutating func addForward(_ position: Position, _ strategy: String, _ market: Market, at now: Instant) {
        let held = ForwardPosition(
            strategy: strategy, market: market.name, quantity: Amount(position.quantity),
            cost: Amount(position.openCost))
        batch.transactions.append(
            held.transaction(
                run, base: table.name(of: market.base), quote: table.name(of: market.quote), at: now))
    }

    /// Writes what has been gathered, all or nothing.
    mutating func write() throws(LedgerError) {
        try ledger.record(batch)
        batch = LedgerBatch()
    }

    /// Rows that wait to be written.
    var waiting: Int {
        batch.orders.count + batch.fills.count + batch.balances.count + batch.equity.count
            + batch.prices.count + batch.fillMids.count + batch.notes.count
    }

    func end(_ outcome: String, _ chain: DecisionChain, at now: Instant) throws(LedgerError) {
        try ledger.end(
            run,
            RunRecord.Ending(
                at: now, outcome: outcome, decisions: Int64(chain.count), decisionHash: chain.hash))
    }

    private mutating func add(_ fill: Fill) {
        let market = table[fill.market]
        let (base, quote) = (table.name(of: market.base), table.name(of: market.quote))
        let feeAsset = table.name(of: fill.feeAsset)
        let isBuy = fill.side == .buy
        let quantity = Amount(isBuy ? fill.quantity : -fill.quantity)
        let money = Amount(isBuy ? -fill.notional : fill.notional)
        batch.fills.append(
            FillRow(
                run: run, market: market.name, dealID: "\(fill.deal.raw)", clientID: text(fill.order),
                strategy: labels[Int(fill.strategy.index)], side: text(fill.side), price: fill.price,
                quantity: fill.quantity, notional: fill.notional, fee: fill.fee, feeAsset: feeAsset,
                liquidity: fill.liquidity == .maker ? "maker" : "taker", at: fill.venueTime))
        batch.transactions.append(
            LedgerTransaction(
                run: run, id: "deal \(market.name) \(fill.deal.raw)", at: fill.venueTime,
                postings: [
                    .init("venue", base, quantity), .init("trading", base, -quantity),
                    .init("venue", quote, money), .init("trading", quote, -money),
                    .init("venue", feeAsset, -fill.fee), .init("fees", feeAsset, fill.fee),
                ]))
    }

    private mutating func row(_ order: OwnOrder) -> OrderRow {
        var state = "active"
        var reason: String?
        var closedAt: Instant?
        switch order.state {
        case .active(let phase):
            switch phase {
            case .created: state = "created"
            case .submitting: state = "submitting"
            case .open:
                state = "open"
                if standing[order.id]?.openedAt == nil {
                    standing[order.id, default: Standing()].openedAt = order.updatedAt
                }
            case .unknown: state = "unknown"
            }
        case .closed(let closing):
            closedAt = order.updatedAt
            switch closing {
            case .filled: state = "filled"
            case .cancelled: state = "cancelled"
            case .triggerFailed: state = "trigger failed"
            case .rejected(let refusal):
                state = "rejected"
                reason = "\(refusal)"
            }
        }
        let known = standing[order.id]
        if closedAt != nil { standing[order.id] = nil }
        return OrderRow(
            run: run, clientID: text(order.id), strategy: labels[Int(order.strategy.index)],
            market: table[order.market].name, side: text(order.side), kind: text(order.ticket),
            createdAt: order.createdAt, price: order.ticket.kind.hasLimit ? order.price : nil,
            stopPrice: order.ticket.kind.isStop ? order.ticket.stopPrice : nil, quantity: order.quantity,
            filled: order.filled, notional: order.filledNotional, state: state, reason: reason,
            closedAt: closedAt, venueID: order.venueID == .unknown ? nil : "\(order.venueID.raw)",
            openedAt: known?.openedAt, ahead: known?.ahead,
            spend: order.ticket.spendsSum ? order.ticket.spend : nil)
    }

    private func text(_ order: OrderID) -> String { "\(order.sequence)" }

    private func text(_ side: Side) -> String { side == .buy ? "buy" : "sell" }

    private func text(_ ticket: OrderTicket) -> String {
        let kind =
            switch ticket.kind {
            case .limit: "limit"
            case .market: "market"
            case .stopLimit: "stop limit"
            case .stopMarket: "stop market"
            }
        switch ticket.duration {
        case .goodTillCancelled: return kind
        case .immediateOrCancel: return ticket.kind.hasLimit ? kind + " ioc" : kind
        case .fillOrKill: return kind + " fok"
        case .makerOnly: return kind + " maker"
        }
    }
}

/// A hash of a text for recognising it again; the same on every machine, not cryptographic.
package struct ContentHash {
    package private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    package init(_ text: String) {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    package var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
