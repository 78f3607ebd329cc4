import MarketModel
import Quantities
import Simulation

/// What trading asks of a market all the time, as a plain value.
struct RoomTerms: BitwiseCopyable, Sendable {
    var id: MarketID
    var base: AssetID
    var quote: AssetID
    var tick: Price
    var lot: Quantity
    var minimum: Quantity
    var rates: FeeRates
    var band: FeeRate?
    var openingPrice: Price?

    /// The asset that an order of this side pays with.
    func payingAsset(_ side: Side) -> AssetID {
        switch side {
        case .buy: quote
        case .sell: base
        }
    }
}

/// One market: its book, whoever trades in it beside the clients, its stop orders and what the public knows.
struct MarketRoom: ~Copyable, Sendable {
    let definition: MarketDefinition
    let terms: RoomTerms
    /// Used where there is no crowd; a crowd has its book.
    private var ownBook = FastMatchingBook()
    private var synthetic: SyntheticMarket?
    private var replayed = ReplayedFlow()
    let hasCrowd: Bool
    /// When the crowd acts next.
    private(set) var nextDue: Instant
    var stops = StopBook()
    private(set) var lastPrice: Price?
    private(set) var lastDealAt: Instant
    private(set) var depthChangedAt: Instant
    private(set) var versions = MarketVersions()
    private(set) var deals: History<PublicDeal>
    private(set) var candles: CandleStore
    private(set) var day = DayWindow()
    /// Whether news of the depth waits to be taken.
    private(set) var isDepthTold = false
    /// The depth as it was when the news was last taken.
    private var toldDepth: UInt64 = 0
    /// The trades of the newest submission or step, in order.
    private(set) var matches: [Match] = []

    private var depthScratch: [DepthChange] = []
    private var eventScratch: [MarketEvent] = []
    private var clientScratch: [ClientMatch] = []

    init(
        _ definition: MarketDefinition, terms: RoomTerms, synthetic: SyntheticMarket?, startsAt: Instant,
        limits: ExchangeLimits
    ) {
        self.definition = definition
        self.terms = terms
        self.synthetic = synthetic
        hasCrowd = synthetic != nil
        nextDue = synthetic?.nextEventAt ?? .distantFuture
        lastDealAt = startsAt
        depthChangedAt = startsAt
        deals = History(limit: limits.publicDealsMax)
        candles = CandleStore(limit: limits.candlesMax)
    }

    /// What the asset is worth: the last price, before the first trade what the definition says.
    var worth: Price? { lastPrice ?? terms.openingPrice }
}

// MARK: - The book

extension MarketRoom {
    /// Matches a client's order; the trades are in `matches`.
    mutating func submit(_ order: MatchOrder, at now: Instant) -> Submission {
        matches.removeAll(keepingCapacity: true)
        if !hasCrowd {
            let submission = ownBook.submit(order, matches: &matches, depth: &depthScratch)
            noteDepth(at: now)
            return submission
        }
        guard
            let submission = synthetic?.submit(
                order, at: now, events: &eventScratch, clientMatches: &clientScratch)
        else { preconditionFailure("there is a crowd") }
        readEvents(at: now)
        return submission
    }

    /// Takes a client's order out of the book.
    mutating func cancel(_ id: VenueOrderID, at now: Instant) {
        matches.removeAll(keepingCapacity: true)
        let remaining: Quantity?
        if !hasCrowd {
            remaining = ownBook.cancel(id.raw, depth: &depthScratch)
            noteDepth(at: now)
        } else {
            remaining = synthetic?.cancel(id.raw, at: now, events: &eventScratch) ?? nil
            readEvents(at: now)
        }
        precondition(remaining != nil, "a living order rests in its book")
    }

    /// Lets the crowd act once; the trades are in `matches`.
    mutating func step() {
        matches.removeAll(keepingCapacity: true)
        let now = nextDue
        synthetic?.step(events: &eventScratch, clientMatches: &clientScratch)
        nextDue = synthetic?.nextEventAt ?? .distantFuture
        readEvents(at: now)
    }

    /// For an order that takes part in no matching.
    mutating func forgetMatches() { matches.removeAll(keepingCapacity: true) }

    /// Turns what the crowd's market tells into trades, those among the crowd included.
    private mutating func readEvents(at now: Instant) {
        var isChanged = false
        var client = 0
        for event in eventScratch {
            if case .trade(let trade) = event {
                if client < clientScratch.count, clientScratch[client].deal == trade.id {
                    matches.append(clientScratch[client].match)
                    client += 1
                } else {
                    matches.append(.amongOthers(trade, trade.quantity))
                }
            } else if case .level = event {
                isChanged = true
            }
        }
        eventScratch.removeAll(keepingCapacity: true)
        clientScratch.removeAll(keepingCapacity: true)
        if isChanged { changeDepth(at: now) }
    }

    mutating func noteDepth(at now: Instant) {
        if depthScratch.isEmpty { return }
        depthScratch.removeAll(keepingCapacity: true)
        changeDepth(at: now)
    }

    private mutating func changeDepth(at now: Instant) {
        versions.depth += 1
        depthChangedAt = max(depthChangedAt, now)
    }

    mutating func replayLevel(_ side: Side, _ price: Price, _ quantity: Quantity) {
        replayed.show(side, price, quantity, in: &ownBook, matches: &matches, depth: &depthScratch)
    }

    /// A recorded trade; what nobody here offered is a trade of others all the same.
    mutating func replayTrade(_ trade: Trade) {
        let rest = replayed.take(
            trade.aggressor, trade.price, trade.quantity, in: &ownBook, matches: &matches,
            depth: &depthScratch)
        if rest.isPositive { matches.append(.amongOthers(trade, rest)) }
    }

    mutating func clearReplayed() { replayed.clear(in: &ownBook, depth: &depthScratch) }

    /// The best price of a side with everything that rests there, hidden orders included.
    func best(_ side: Side) -> Level? {
        hasCrowd ? synthetic?.book.best(side) ?? nil : ownBook.best(side)
    }

    func publicBest(_ side: Side) -> Level? {
        hasCrowd ? synthetic?.book.publicBest(side) ?? nil : ownBook.publicBest(side)
    }

    func forEachLevel(_ side: Side, _ body: (_ all: Level, _ visible: Quantity) -> Bool) {
        if hasCrowd {
            synthetic?.book.forEachLevel(side, body)
        } else {
            ownBook.forEachLevel(side, body)
        }
    }

    func restingOrder(_ id: VenueOrderID) -> MatchOrder? {
        hasCrowd ? synthetic?.book.order(id.raw) ?? nil : ownBook.order(id.raw)
    }

    /// How many orders rest here, those of a crowd included.
    var restingCount: Int { synthetic?.book.restingCount ?? ownBook.restingCount }
}

// MARK: - What the public knows

extension MarketRoom {
    /// Whether the depth has changed since the last news of it; if so, news is on its way now.
    mutating func takeDepthNews() -> Bool {
        if isDepthTold || versions.depth == toldDepth { return false }
        isDepthTold = true
        return true
    }

    /// The news of the depth has been taken: whoever looks now sees it as it is.
    mutating func settleDepthNews() {
        isDepthTold = false
        toldDepth = versions.depth
    }

    /// Books a trade for the public.
    mutating func note(_ deal: PublicDeal, money: Notional) {
        lastPrice = deal.price
        lastDealAt = deal.at
        versions.deals += 1
        deals.append(deal)
        candles.add(deal.price, deal.quantity, money, at: deal.at)
        day.add(deal.price, deal.quantity, money, at: deal.at)
    }
}

extension Match {
    /// A trade in which no client had a part.
    fileprivate static func amongOthers(_ trade: Trade, _ quantity: Quantity) -> Match {
        Match(
            taker: 0, takerOwner: AccountID.flow.index, maker: 0, makerOwner: AccountID.flow.index,
            aggressor: trade.aggressor, price: trade.price, quantity: quantity)
    }
}
