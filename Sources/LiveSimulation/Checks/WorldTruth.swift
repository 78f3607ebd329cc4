import CoinExVenue
import Exchange
import MarketModel
import Quantities
import TradingCore
import VenueKit

/// What the venue itself knows of the bot's account, and what the bot was told: for comparison.
struct WorldTruth {
    struct Fault {
        var rule: String
        var text: String
    }

    /// One side of a deal of a market: own orders may trade with each other.
    struct DealKey: Hashable, Comparable, CustomStringConvertible {
        var market: UInt16
        var deal: UInt64
        var side: Side

        static func < (a: DealKey, b: DealKey) -> Bool {
            (a.market, a.deal, a.side.rawValue) < (b.market, b.deal, b.side.rawValue)
        }

        var description: String { "\(deal) of market \(market)" }
    }

    /// What a strategy was told of one.
    struct ToldDeal: Equatable {
        var strategy: StrategyID
        var quantity: Quantity
        var notional: Notional
        var fee: Amount
        var feeAsset: AssetID
    }

    /// The base quantities that the account began with, by market.
    private(set) var stocks: [Amount] = []
    /// How many strategies trade in each market: every one has limits of its own.
    private var shares: [Int] = []
    /// By the name that an order was given: its number, or that of what replaced it.
    private var numbers: [ShortText: [VenueOrderID]] = [:]
    /// Deals that strategies were told of since the beginning of the tape.
    var told: [DealKey: ToldDeal] = [:]
    private(set) var double: DealKey?
    private(set) var fault: Fault?
    /// Whether the bot has said of a market that it was not told all trades.
    private(set) var hasToldGap = SimulatedMarkets.names.map { _ in false }
    /// Orders that were placed by hand and have stood.
    private(set) var handOrders: [VenueOrderID] = []

    /// By the groups of the venue, as it allows them.
    private var departures: [SlidingWindow]
    private var all = SlidingWindow(RateLimit(requests: 400, window: .seconds(1)))
    private(set) var excess: String?

    /// - Parameter margin: by how much the bot keeps its requests farther apart than the venue asks for.
    init(_ api: CoinExAPI, margin: Interval) {
        departures = CoinExRateGroup.allCases.map {
            let limit = $0.limit(in: api) ?? CoinExRateGroup.address
            return SlidingWindow(limit.stretched(by: margin))
        }
    }

    mutating func begin(
        _ core: borrowing ExchangeCore, _ account: AccountID, _ strategies: [SimulatedStrategy]
    ) {
        shares = SimulatedMarkets.names.map { name in strategies.count { $0.markets.contains(name) } }
        for index in SimulatedMarkets.names.indices {
            stocks.append(Self.total(core, account, core.base(of: MarketID(index))))
        }
    }

    static func total(
        _ core: borrowing ExchangeCore, _ account: AccountID, _ asset: AssetID
    ) -> Amount {
        (try? core.balance(of: account, asset).total) ?? .zero
    }

    // MARK: - What leaves

    /// Notes a request of the bot when it leaves.
    mutating func noteDeparture(in group: CoinExRateGroup, at now: Instant) {
        let index = CoinExRateGroup.allCases.firstIndex(of: group) ?? 0
        if departures[index].opensAt() > now {
            excess = "more requests of the group \(group) than its window holds"
        }
        departures[index].note(at: now)
        if all.opensAt() > now { excess = "more requests than the window of all holds" }
        all.note(at: now)
    }

    // MARK: - What stands

    /// After a request was carried out: no name stands for two orders, and no limit is exceeded.
    mutating func look(_ core: borrowing ExchangeCore, _ account: AccountID, isModification: Bool) {
        let page = PageRequest(limit: 10_000)
        guard let orders = try? core.pendingOrders(of: account, RowFilter(), page).rows,
            let stops = try? core.pendingStops(of: account, RowFilter(), page).rows
        else { return }
        for order in orders where order.stop == .unknown {
            note(order.id, order.clientID, isModification: isModification)
            if order.clientID.isEmpty, !handOrders.contains(order.id) { handOrders.append(order.id) }
        }
        for stop in stops { note(stop.id, stop.clientID, isModification: isModification) }
        for index in stocks.indices {
            let market = MarketID(index)
            let held = Self.total(core, account, core.base(of: market)) - stocks[index]
            var buys = Amount.zero
            var sells = Amount.zero
            var count = 0
            for order in orders where order.market == market && !order.clientID.isEmpty {
                count += 1
                switch order.side {
                case .buy: buys += order.left
                case .sell: sells += order.left
                }
            }
            check(market, held, buys, sells, count)
        }
    }

    private mutating func note(_ number: VenueOrderID, _ name: ShortText, isModification: Bool) {
        guard !name.isEmpty else { return }
        let known = numbers[name, default: []]
        if known.contains(number) { return }
        if !known.isEmpty, !isModification {
            fault = Fault(rule: "I1", text: "\(name) stands for \(known[0].raw) and \(number.raw)")
        }
        numbers[name] = known + [number]
    }

    private mutating func check(
        _ market: MarketID, _ held: Amount, _ buys: Amount, _ sells: Amount, _ count: Int
    ) {
        let limits = SimulatedMarkets.risk()
        let share = shares[Int(market.index)]
        if count > limits.openOrdersMax * share {
            fault = Fault(rule: "I2", text: "\(count) orders stand in market \(market.index)")
        }
        // Fees in the base asset come off after the order was judged.
        guard let limit = limits.positionMax else { return }
        let most = Amount(limit) * share + Amount(raw: limit.raw / 50)
        if held + buys > most || sells - held > most {
            fault = Fault(
                rule: "I2",
                text: "market \(market.index): holds \(held), buys \(buys) and sells \(sells) stand")
        }
    }

    // MARK: - What was told

    mutating func noteMissedTrades(of market: MarketID) { hasToldGap[Int(market.index)] = true }

    mutating func take(_ delivery: TradingFloor.Delivery) {
        switch delivery {
        case .fill(let fill, mid: _):
            let key = DealKey(market: fill.market.index, deal: fill.deal.raw, side: fill.side)
            let deal = ToldDeal(
                strategy: fill.strategy, quantity: fill.quantity, notional: fill.notional, fee: fill.fee,
                feeAsset: fill.feeAsset)
            if told.updateValue(deal, forKey: key) != nil { double = key }
        case .order, .balance, .bookState: break
        }
    }
}
