import MarketModel
import Quantities
import VenueKit

/// Makes facts of what the private streams say of our orders.
///
/// Nothing is assumed of the order in which streams tell: an order may be first heard of when it is over, deals
/// may come before or after the order's own push, pushes may be repeated, reordered or lost.
///
/// **Whose order it is.** By the venue's number once that is known; else by the stop order that it came of; else by
/// its client id. A modified order gets a new number at the venue, and perhaps keeps the client id of the old one:
/// so a second number under a known client id is the replacement that is under way, or nobody's. What is nobody's
/// is kept for a while: the reply that names its number may be on its way (`claim`).
///
/// **Deals.** A deal needs a fee, which no push tells: that of an order has the sum of the fees so far, that of the
/// deals has the deals. A deal becomes a fact when both are there: when the deals since the last time make up
/// exactly what the order was filled by since. The fee of that step is then divided among them by their
/// value; its sum is exact. What cannot be matched (a lost push, fees in two assets in one step) becomes no
/// fact: the core sees that deals are missing and asks. The second generation tells the fee with the deal: then the
/// deal is a fact as soon as it is known whose it is.
package struct CoinExOwnOrders: Sendable {
    /// Orders that are over and remembered, for late pushes; of more, the oldest are forgotten.
    package static let finishedMax = 4_096
    /// Deals that wait for their order's push; of more, the oldest are dropped, and asked for by the core.
    package static let waitingDealsMax = 1_024
    /// Pushes of orders that are nobody's yet; of more, the oldest are dropped, and asked for by the core.
    package static let unclaimedMax = 256
    /// Modifications under way; of more, the oldest are dropped: their replies claim the numbers.
    package static let replacementsMax = 256

    package private(set) var counts = CoinExOwnOrderCounts()
    private let table: MarketTable
    private var entries: [UInt64: CoinExOrderEntry] = [:]
    /// The newest number at the venue of each order.
    private var numbers: [UInt64: UInt64] = [:]
    private var finished: [UInt64] = []
    private var nextFinished = 0
    private var waitingDeals: [CoinExDealNews] = []
    private var unclaimed: [CoinExOrderNews] = []
    private var replacements: [(old: OrderID, new: OrderID)] = []
    /// Of orders that replace others: the first of these, whose name the venue may keep; as many as `finishedMax`,
    /// of more all are forgotten.
    private var roots: [UInt64: OrderID] = [:]

    package init(_ table: MarketTable) { self.table = table }

    /// The order of ours that has this number at the venue; nil when it is not known to be of ours.
    package func owner(of number: VenueOrderID) -> OrderID? { entries[number.raw]?.order }

    /// The newest number of an order at the venue; `unknown` before the first.
    package func number(of order: OrderID) -> VenueOrderID {
        VenueOrderID(numbers[order.raw] ?? VenueOrderID.unknown.raw)
    }

    // MARK: - What we know from elsewhere

    /// A modification is about to be sent: a new number under the old name is that of the replacement.
    package mutating func willReplace(_ modification: Modification) {
        register(
            modification.venueOrder, modification.order, modification.replacement.ticket.market)
        if roots.count == Self.finishedMax { roots.removeAll(keepingCapacity: true) }
        roots[modification.replacement.order.raw] = root(of: modification.order)
        if replacements.count == Self.replacementsMax { replacements.removeFirst() }
        replacements.append((modification.order, modification.replacement.order))
    }

    /// It is known that there is no such replacement and will be none: its name is free for the next.
    package mutating func willNotReplace(_ replacement: OrderID) {
        replacements.removeAll { $0.new == replacement }
    }

    /// The venue's number of an order is known, by a reply: what was pushed of it is told now.
    ///
    /// - Parameter isStop: whether it is the number of a stop order that waits: what it becomes has another number and
    ///   the same name.
    package mutating func claim(
        _ venueOrder: VenueOrderID, _ order: OrderID, in market: MarketID, isStop: Bool = false,
        into facts: inout [VenueFact]
    ) {
        replacements.removeAll { $0.new == order }
        register(venueOrder, order, market)
        if isStop { entries[venueOrder.raw]?.isStop = true }
        let kept = unclaimed.filter { $0.venueOrder == venueOrder }
        unclaimed.removeAll { $0.venueOrder == venueOrder }
        for news in kept { take(news, venueOrder, into: &facts) }
        settle(venueOrder.raw, into: &facts)
    }

    /// An order is over, as a reply or a query told: perhaps no push ever will.
    package mutating func ended(_ order: OrderID) {
        if let number = numbers[order.raw] { finish(number) }
    }

    /// How many numbers of the venue are remembered: those of living orders, and at most `finishedMax` of others.
    package var rememberedCount: Int { entries.count }

    /// The deals of an order, with their fees, were told by a query: they need no pushes any more.
    package mutating func learned(_ deals: [Deal], of venueOrder: VenueOrderID) {
        guard var entry = entries[venueOrder.raw] else { return }
        // Queries tell the newest first, and a settled deal settles those before it.
        for deal in deals.sorted(by: { $0.id < $1.id }) {
            entry.learn(deal, in: table.terms(deal.market))
        }
        entries[venueOrder.raw] = entry
        waitingDeals.removeAll { $0.venueOrder == venueOrder && entry.hasSettled($0.id) }
    }

    // MARK: - Pushes

    /// A push of an order.
    package mutating func receive(_ news: CoinExOrderNews, into facts: inout [VenueFact]) {
        guard let venueOrder = resolve(news) else {
            counts.unclaimed += 1
            if unclaimed.count == Self.unclaimedMax { unclaimed.removeFirst() }
            unclaimed.append(news)
            return
        }
        take(news, venueOrder, into: &facts)
    }

    /// A push of a deal of ours.
    package mutating func receive(_ deal: CoinExDealNews, into facts: inout [VenueFact]) {
        counts.deals += 1
        if entries[deal.venueOrder.raw] == nil { adopt(deal) }
        if let cost = deal.cost, tell(deal, cost, &facts) { return }
        if let entry = entries[deal.venueOrder.raw], entry.hasSettled(deal.id) {
            counts.repetitions += 1
            return
        }
        guard !waitingDeals.contains(where: { $0.id == deal.id && $0.market == deal.market }) else {
            counts.repetitions += 1
            return
        }
        if waitingDeals.count == Self.waitingDealsMax {
            waitingDeals.removeFirst()
            counts.droppedDeals += 1
        }
        waitingDeals.append(deal)
        settle(deal.venueOrder.raw, into: &facts)
    }

    /// The first that is heard of an order may be a deal of it, which has its name.
    private mutating func adopt(_ deal: CoinExDealNews) {
        guard deal.cost != nil, let named = deal.namedOrder else { return }
        // Another number under a known name is what a stop order has become; of a replacement others tell.
        let isStop = numbers[named.raw].map { entries[$0]?.isStop ?? false }
        if isStop ?? true { register(deal.venueOrder, named, deal.market) }
    }

    /// Tells a deal whose fee is known; false when it is not known yet whose it is.
    private mutating func tell(
        _ deal: CoinExDealNews, _ cost: CoinExDealCost, _ facts: inout [VenueFact]
    ) -> Bool {
        guard var entry = entries[deal.venueOrder.raw] else { return false }
        guard !entry.hasSettled(deal.id) else {
            counts.repetitions += 1
            return true
        }
        do throws(ArithmeticError) {
            let notional = try deal.price.times(deal.quantity, .toNearestOrEven)
            let told = Deal(
                id: deal.id, market: entry.market, order: entry.order, liquidity: cost.liquidity,
                price: deal.price, quantity: deal.quantity, notional: notional, fee: cost.fee,
                feeAsset: cost.asset, venueTime: deal.time)
            entry.learn(told, in: table.terms(entry.market))
            entries[deal.venueOrder.raw] = entry
            facts.append(.deal(told))
        } catch {
            // Too large to be true: a query must tell.
        }
        return true
    }

    /// A push of a stop order.
    package mutating func receive(_ news: CoinExStopNews, into facts: inout [VenueFact]) {
        guard let order = entries[news.venueOrder.raw]?.order ?? news.namedOrder else {
            counts.unclaimed += 1
            return
        }
        if entries[news.venueOrder.raw] == nil { register(news.venueOrder, order, news.market) }
        entries[news.venueOrder.raw]?.isStop = true
        let phase: OrderProgress.Phase
        switch news.change {
        case .placed, .fired: phase = .open
        case .failed: phase = .triggerFailed
        case .cancelled: phase = .cancelled
        }
        facts.append(
            .progress(
                OrderProgress(
                    order: order, venueOrder: news.venueOrder, phase: phase, filled: .zero,
                    venueTime: news.changed)))
        switch news.change {
        case .placed: break
        // One that has fired goes on under another number.
        case .fired, .failed, .cancelled: finish(news.venueOrder.raw)
        }
    }

    // MARK: - Whose order it is

    /// Whose order it is: an order that is registered under the venue's number; nil when it is nobody's yet.
    private mutating func resolve(_ news: CoinExOrderNews) -> VenueOrderID? {
        let number = news.venueOrder
        if entries[number.raw] != nil { return number }
        if news.stopOrder != .unknown, let stop = entries[news.stopOrder.raw] {
            register(number, stop.order, news.market)
            return number
        }
        guard let named = news.namedOrder else { return nil }
        let isFired = numbers[named.raw].map { entries[$0]?.isStop ?? false } ?? false
        if numbers[named.raw] == nil || news.stopOrder != .unknown || isFired {
            register(number, named, news.market)
            return number
        }
        guard let index = replacements.firstIndex(where: { $0.old == named || root(of: $0.old) == named })
        else {
            counts.namesakes += 1
            return nil
        }
        register(number, replacements.remove(at: index).new, news.market)
        return number
    }

    private func root(of order: OrderID) -> OrderID { roots[order.raw] ?? order }

    private mutating func register(_ number: VenueOrderID, _ order: OrderID, _ market: MarketID) {
        if entries[number.raw] == nil {
            entries[number.raw] = CoinExOrderEntry(order: order, market: market)
        }
        numbers[order.raw] = max(numbers[order.raw] ?? 0, number.raw)
    }

    // MARK: - Progress and deals

    private mutating func take(
        _ news: CoinExOrderNews, _ number: VenueOrderID, into facts: inout [VenueFact]
    ) {
        guard var entry = entries[number.raw], entry.learn(news) else {
            counts.repetitions += 1
            return
        }
        entries[number.raw] = entry
        // Deals first: the order can then be closed at once.
        settle(number.raw, into: &facts)
        facts.append(
            .progress(
                OrderProgress(
                    order: entry.order, venueOrder: number, phase: phase(news), filled: news.filled,
                    venueTime: news.changed)))
        if news.isOver { finish(number.raw) }
    }

    /// Makes facts of the deals that make up what the order was filled by since the last time.
    private mutating func settle(_ number: UInt64, into facts: inout [VenueFact]) {
        let known = waitingDeals.filter { $0.venueOrder.raw == number && $0.cost != nil }
        if !known.isEmpty, entries[number] != nil {
            waitingDeals.removeAll { $0.venueOrder.raw == number && $0.cost != nil }
            for deal in known.sorted(by: { $0.id < $1.id }) {
                if let cost = deal.cost { _ = tell(deal, cost, &facts) }
            }
        }
        guard var entry = entries[number], entry.isUnsettled else { return }
        var deals: [CoinExDealNews] = []
        for deal in waitingDeals where deal.venueOrder.raw == number { deals.append(deal) }
        let terms = table.terms(entry.market)
        guard let settled = entry.settle(deals, VenueOrderID(number), in: terms, into: &facts) else { return }
        entries[number] = entry
        waitingDeals.removeAll { $0.venueOrder.raw == number && $0.id <= settled }
    }

    private mutating func finish(_ number: UInt64) {
        guard entries[number]?.isFinished == false else { return }
        entries[number]?.isFinished = true
        if finished.count < Self.finishedMax {
            finished.append(number)
            return
        }
        let forgotten = finished[nextFinished]
        if let entry = entries.removeValue(forKey: forgotten), numbers[entry.order.raw] == forgotten {
            numbers[entry.order.raw] = nil
        }
        finished[nextFinished] = number
        nextFinished = (nextFinished + 1) % Self.finishedMax
    }

    private func phase(_ news: CoinExOrderNews) -> OrderProgress.Phase {
        guard news.isOver else { return .open }
        return isFilled(news) ? .filled : .cancelled
    }

    /// Whether an order that is over was filled: nothing is left, or less than could be traded.
    ///
    /// Only market orders leave dust: one in the quote asset buys in whole lots, and what is left pays for none.
    private func isFilled(_ news: CoinExOrderNews) -> Bool {
        if news.left.isZero { return true }
        guard news.isMarketOrder, news.filled.isPositive else { return false }
        let lot = table.terms(news.market).rules.lot
        if news.amount == news.left + Amount(news.filled) { return news.left < Amount(lot) }
        do throws(ArithmeticError) {
            let price =
                news.lastDeal.price.isPositive
                ? news.lastDeal.price : try news.notional.divided(by: news.filled, .down)
            return news.left < Amount(try lot.times(price, .down))
        } catch {
            return false
        }
    }
}

/// What became of pushes about own orders.
package struct CoinExOwnOrderCounts: BitwiseCopyable, Equatable, Sendable {
    package var deals = 0
    /// Pushes that said nothing new.
    package var repetitions = 0
    /// Pushes of orders that were nobody's when they came.
    package var unclaimed = 0
    /// Of those, the ones under the name of an order that has another number.
    package var namesakes = 0
    /// Deals that waited for too long.
    package var droppedDeals = 0

    package init() {}
}
