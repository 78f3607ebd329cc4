import MarketModel
import Quantities
import VenueKit

/// What many orders ask for and what becomes of them, drawn from a seed: rounds of orders that live together.
struct TradingPlan {
    struct Entry {
        var ticket: OrderTicket
        var ending: OrderTruth.Ending
        var parts: [Quantity]
        var firstDeal: UInt64
        var isUncertain: Bool
    }

    let rounds: [[Entry]]

    var orderCount: Int { rounds.reduce(0) { $0 + $1.count } }

    init(rounds count: Int, orders: Int, _ random: inout SeededRandom) {
        var deal: UInt64 = 1
        var rounds: [[Entry]] = []
        for _ in 0..<count {
            var round: [Entry] = []
            for _ in 0..<orders {
                let entry = Self.entry(firstDeal: deal, &random)
                deal += UInt64(entry.parts.count)
                round.append(entry)
            }
            rounds.append(round)
        }
        self.rounds = rounds
    }

    private static func entry(firstDeal: UInt64, _ random: inout SeededRandom) -> Entry {
        let ending = OrderTruth.Ending.allCases[random.below(OrderTruth.Ending.allCases.count)]
        let side: Side = random.chance(0.5) ? .buy : .sell
        let lots = 100 + random.below(900)
        let market = MarketID(random.below(2))
        let ticks = side == .buy ? 9_000 + random.below(900) : 10_100 + random.below(900)
        let ticket = OrderTicket.limit(
            side, Money.quantity("0.001") * lots, at: Money.price("0.01") * ticks, in: market)
        var parts: [Quantity] = []
        switch ending {
        case .refused, .neverSent, .triggerFailed: break
        case .filled: parts = split(lots, &random)
        case .cancelled: parts = split(random.below(lots), &random)
        }
        return Entry(
            ticket: ticket, ending: ending, parts: parts, firstDeal: firstDeal,
            isUncertain: random.chance(0.3))
    }

    private static func split(_ lots: Int, _ random: inout SeededRandom) -> [Quantity] {
        var left = lots
        var parts: [Quantity] = []
        while left > 0 {
            let part = parts.count == 7 ? left : 1 + random.below(left)
            parts.append(Money.quantity("0.001") * part)
            left -= part
        }
        return parts
    }
}

/// The account as the venue keeps it: every deal once.
struct VenueBook {
    private var totals: [Amount]

    init(_ totals: [Amount]) { self.totals = totals }

    var amounts: [Amount] { totals }

    /// Books a deal and says what the venue would say of the two balances after it.
    mutating func book(_ deal: Deal, _ side: Side) -> [VenueFact] {
        let market = Money.table[deal.market]
        let sign = side == .buy ? 1 : -1
        totals[Int(market.base.index)] += Amount(deal.quantity) * sign
        totals[Int(market.quote.index)] -= Amount(deal.notional) * sign
        totals[Int(deal.feeAsset.index)] -= deal.fee
        return [market.base, market.quote].map { asset in
            .balance(
                Balance(
                    asset: asset, total: totals[Int(asset.index)], frozen: .zero,
                    venueTime: deal.venueTime))
        }
    }
}
