import MarketModel
import Quantities
import VenueKit

/// What is known of one order at the venue, and how much of it has become deals.
struct CoinExOrderEntry: Equatable, Sendable {
    let order: OrderID
    let market: MarketID
    /// The number is that of a stop order that waits, or has waited.
    var isStop = false
    /// The push that says most; nil before the first.
    private var newest: CoinExOrderNews?
    /// It stood in the book: what fills it from then on takes from it.
    private var hasRested = false
    /// What has become deals.
    private var settled = Quantity.zero
    private var settledFees = CoinExFees()
    private var lastSettled = DealID(0)
    /// It is over, whoever said so, and is remembered for late pushes only.
    var isFinished = false

    init(order: OrderID, market: MarketID) {
        self.order = order
        self.market = market
    }

    /// Takes a push; false when it says nothing new.
    mutating func learn(_ news: CoinExOrderNews) -> Bool {
        guard let known = newest else {
            newest = news
            return true
        }
        // Both only grow: filled, and being over.
        if news.filled < known.filled || known.isOver { return false }
        if news.filled == known.filled, !news.isOver { return false }
        hasRested = true
        newest = news
        return true
    }

    /// Takes a deal whose fee is known.
    mutating func learn(_ deal: Deal, in terms: MarketTerms) {
        guard !hasSettled(deal.id) else { return }
        settled += deal.quantity
        lastSettled = deal.id
        if deal.feeAsset == terms.base {
            settledFees.base += deal.fee
        } else if deal.feeAsset == terms.quote {
            settledFees.quote += deal.fee
        } else {
            settledFees.other += deal.fee
        }
    }

    /// Deals of an order have growing numbers.
    func hasSettled(_ deal: DealID) -> Bool { deal <= lastSettled }

    /// The order was filled by more than has become deals.
    var isUnsettled: Bool {
        guard let newest else { return false }
        return newest.filled > settled
    }

    /// Appends the deals that make up what is missing, and returns the number of the last; nil when they do not
    /// make it up.
    mutating func settle(
        _ waiting: [CoinExDealNews], _ number: VenueOrderID, in terms: MarketTerms,
        into facts: inout [VenueFact]
    ) -> DealID? {
        guard let newest, let deals = matching(waiting, newest, number), let last = deals.last,
            let (fee, asset) = fee(newest, in: terms)
        else { return nil }
        let liquidity = newest.lastDeal.liquidity ?? (hasRested ? .maker : .taker)
        do throws(ArithmeticError) {
            let notionals = try notionals(deals)
            var total = Notional.zero
            for notional in notionals { total = try total.adding(notional) }
            var rest = fee
            for (index, deal) in deals.enumerated() {
                let isLast = index == deals.count - 1
                let share = isLast ? rest : try share(of: fee, notionals[index], total)
                rest -= share
                facts.append(
                    .deal(
                        Deal(
                            id: deal.id, market: market, order: order, liquidity: liquidity,
                            price: deal.price, quantity: deal.quantity, notional: notionals[index],
                            fee: share, feeAsset: asset, venueTime: deal.time)))
            }
        } catch {
            // Too large to be true: a query must tell.
            return nil
        }
        settled = newest.filled
        settledFees = newest.fees
        lastSettled = last.id
        return last.id
    }

    /// The deals, oldest first, whose sum is what is missing; nil when there are none.
    private func matching(
        _ waiting: [CoinExDealNews], _ newest: CoinExOrderNews, _ number: VenueOrderID
    ) -> [CoinExDealNews]? {
        var deals = waiting.filter { !hasSettled($0.id) }
        let latest = newest.lastDeal
        let latestID = DealID(latest.id)
        if latest.id != 0, latest.quantity.isPositive, !hasSettled(latestID),
            !deals.contains(where: { $0.id == latestID })
        {
            deals.append(
                CoinExDealNews(
                    id: latestID, venueOrder: number, namedOrder: order, market: market,
                    price: latest.price, quantity: latest.quantity, time: latest.time))
        }
        deals.sort { $0.id < $1.id }
        let missing = newest.filled - settled
        var sum = Quantity.zero
        for (index, deal) in deals.enumerated() {
            sum += deal.quantity
            if sum > missing { return nil }
            guard sum == missing else { continue }
            // The push tells its latest deal: another one would not be it.
            guard latest.id == 0 || deal.id == latestID else { return nil }
            return Array(deals[...index])
        }
        return nil
    }

    /// The fee of what is missing, in its asset; nil when it was paid in several assets or in an unknown one.
    private func fee(_ newest: CoinExOrderNews, in terms: MarketTerms) -> (Amount, AssetID)? {
        let base = newest.fees.base - settledFees.base
        let quote = newest.fees.quote - settledFees.quote
        let other = newest.fees.other - settledFees.other
        switch (base.isZero, quote.isZero, other.isZero) {
        case (true, _, true): return (quote, terms.quote)
        case (false, true, true): return (base, terms.base)
        case (true, true, false): return newest.fees.otherAsset.map { (other, $0) }
        case (false, false, _), (false, _, false), (_, false, false): return nil
        }
    }

    private func notionals(_ deals: [CoinExDealNews]) throws(ArithmeticError) -> [Notional] {
        var notionals: [Notional] = []
        for deal in deals { notionals.append(try deal.price.times(deal.quantity, .toNearestOrEven)) }
        return notionals
    }

    private func share(
        of fee: Amount, _ notional: Notional, _ total: Notional
    ) throws(ArithmeticError) -> Amount {
        guard total.isPositive else { return .zero }
        // Fee per value, to twelve digits, rounded down: the last deal takes the rest.
        let rate = try Notional(fee).divided(by: Price(reinterpreting: total), .down)
        return Amount(try notional.times(FeeRate(reinterpreting: rate), .down))
    }
}
