import MarketModel
import Quantities

/// The core of the local exchange: accounts, books, matching, stop orders, fees, ledger, history and news.
///
/// It has no clock and no input or output: every command says when it comes, and the same definition and
/// commands give the same answers and news, to the bit. Before a command the crowds act up to its time.
/// Whoever drives it calls `advance` when `nextDue` has come, and takes the news after every call. Time never
/// goes back: an earlier time counts as the newest known.
///
/// Rules where the venue's are not known for certain:
/// - Own orders trade with each other like any others.
/// - A buy needs, beside its cost, the larger of the two fees on it; while it rests it holds the maker's fee.
/// - Deal money and fees have twelve digits; what is beyond is dropped.
/// - Surplus decimals of prices and amounts are refused, not cut.
package struct ExchangeCore: ~Copyable, Sendable {
    /// The most steps of crowds that one call makes.
    package static let stepsMax = 20_000

    package let limits: ExchangeLimits
    /// Markets and assets by number, in the order of the definition.
    package let assets: [String]
    package let discountAsset: AssetID
    package let discountRate: FeeRate
    /// The newest time that a call or a crowd has named.
    package internal(set) var now: Instant

    var ledger: Ledger
    var accounts = Slab<ClientAccount>()
    var rooms: Slab<MarketRoom>
    var orders = OrderStore()
    var stops: [UInt64: ExchangeStop] = [:]
    /// Where ended orders are kept: the account, and the row in its history.
    var finished: [UInt64: FinishedPlace] = [:]
    var nextOrder: UInt64
    var nextDeal: UInt64
    private let firstOrder: UInt64
    private let firstDeal: UInt64
    var nextMovement: UInt64 = 1

    var accountNames: [String: AccountID] = [:]
    let marketNames: [String: MarketID]
    let assetNames: [String: AssetID]
    /// By asset: how the discount asset is valued in it.
    let discountWays: [DiscountWay]
    /// The markets that have a crowd.
    let crowded: [Int]

    var news: [ExchangeNews] = []
    /// The markets of whose depth there is news.
    var toldDepths: [Int] = []
    /// Public news that was dropped because nobody took it.
    package internal(set) var droppedNews: UInt64 = 0
    /// Balances that changed and have not been told.
    var touched: [TouchedBalance] = []
    /// Stop orders whose trigger was reached and that wait for their turn within the call.
    var fired: [UInt64] = []
    private let anchor = Anchor()

    /// - Throws: the first thing in the definition that makes no sense.
    package init(_ definition: ExchangeDefinition) throws(DefinitionError) {
        let plan = try DefinitionPlan(definition)
        limits = definition.limits
        assets = plan.assets
        assetNames = plan.assetNames
        marketNames = plan.marketNames
        discountAsset = plan.discountAsset
        discountRate = definition.discountRate
        discountWays = plan.discountWays
        crowded = plan.crowds.indices.filter { plan.crowds[$0] != nil }
        now = definition.startsAt
        nextOrder = definition.firstOrder
        nextDeal = definition.firstDeal
        firstOrder = definition.firstOrder
        firstDeal = definition.firstDeal
        ledger = Ledger(assetCount: plan.assets.count)
        rooms = Slab(capacity: definition.markets.count)
        for (index, market) in definition.markets.enumerated() {
            rooms.append(
                MarketRoom(
                    market, terms: plan.terms[index], synthetic: plan.crowds[index],
                    startsAt: definition.startsAt, limits: definition.limits))
        }
        // The flow, the world outside and the fees.
        for _ in 0..<AccountID.firstClient.index { _ = ledger.addAccount() }
        for account in definition.accounts {
            let id = add(account, main: account.main.flatMap { accountNames[$0] })
            for balance in account.balances {
                guard let asset = assetNames[balance.asset] else { continue }
                book(deposit: balance.amount, asset, to: id)
            }
        }
        news.removeAll()
        touched.removeAll()
    }

    /// When a crowd acts next; `distantFuture` if never.
    package var nextDue: Instant {
        var due = Instant.distantFuture
        for index in crowded { due = min(due, rooms[index].nextDue) }
        return due
    }

    /// Lets the crowds act until a time; false when it stopped early: after `stepsMax` steps, or because news
    /// is waiting to be taken.
    @discardableResult
    package mutating func advance(to time: Instant) -> Bool {
        var steps = 0
        while let index = nextCrowd(until: time) {
            if steps == Self.stepsMax || news.count >= limits.newsMax { return false }
            now = max(now, rooms[index].nextDue)
            rooms[index].step()
            settleMatches(in: index)
            runStops()
            steps += 1
        }
        now = max(now, time)
        return true
    }

    /// The market whose crowd acts next; nil when none does until then.
    private func nextCrowd(until time: Instant) -> Int? {
        var next: Int?
        var due = time
        for index in crowded where rooms[index].nextDue <= due {
            if let next, rooms[index].nextDue == rooms[next].nextDue { continue }
            next = index
            due = rooms[index].nextDue
        }
        return next
    }

    /// Hands over what has happened since the last time, and forgets it. `items` is emptied first.
    package mutating func takeNews(into items: inout [ExchangeNews]) {
        items.removeAll(keepingCapacity: true)
        swap(&items, &news)
        for market in toldDepths { rooms[market].settleDepthNews() }
        toldDepths.removeAll(keepingCapacity: true)
    }
}

// MARK: - Names

extension ExchangeCore {
    package func account(named name: String) -> AccountID? { accountNames[name] }
    package func market(named name: String) -> MarketID? { marketNames[name] }
    package func asset(named name: String) -> AssetID? { assetNames[name] }
    package func name(of asset: AssetID) -> String { assets[Int(asset.index)] }
    package func definition(of market: MarketID) -> MarketDefinition { rooms[Int(market.index)].definition }
    package func base(of market: MarketID) -> AssetID { rooms[Int(market.index)].terms.base }
    package func quote(of market: MarketID) -> AssetID { rooms[Int(market.index)].terms.quote }
    /// Orders and stop orders that were taken, whatever became of them.
    package var acceptedOrders: Int { Int(nextOrder - firstOrder) }
    /// Deals of all markets, those among the crowds too.
    package var dealCount: Int { Int(nextDeal - firstDeal) }
    package var marketCount: Int { rooms.count }
    package var accountCount: Int { accounts.count }
    package var accountIDs: [AccountID] {
        accounts.indices.map { AccountID($0 + Int(AccountID.firstClient.index)) }
    }

    /// The position of an account in `accounts`.
    func position(_ account: AccountID) throws(ExchangeRefusal) -> Int {
        let position = Int(account.index) - Int(AccountID.firstClient.index)
        guard position >= 0, position < accounts.count else { throw .unknownAccount }
        return position
    }

    func position(_ market: MarketID) throws(ExchangeRefusal) -> Int {
        let position = Int(market.index)
        guard position < rooms.count else { throw .unknownMarket }
        return position
    }
}

/// Where an ended order is kept.
struct FinishedPlace: BitwiseCopyable, Sendable {
    var account: AccountID
    var row: Int
}

struct TouchedBalance: BitwiseCopyable, Equatable, Sendable {
    var account: AccountID
    var asset: AssetID
}

/// How the discount asset is valued in another asset.
enum DiscountWay: Equatable, Sendable {
    case none
    /// It is the discount asset itself.
    case same
    /// A market of the discount asset in the other.
    case direct(Int)
    /// A market of the discount asset and one of the other asset, both in a third.
    case across(discount: Int, other: Int)
}
