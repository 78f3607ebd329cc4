import MarketModel
import Quantities
import VenueKit

/// A venue for one client, made of an execution, an account, and the time that messages take.
///
/// The driver hands it dispatches, market events and the passing of time; it gives back facts, each when it
/// arrives. Replies and pushes travel on two channels, each in order, neither waiting for the other, as on
/// a real venue: a push can overtake the reply that it follows from.
///
/// It follows CoinEx's rules for trading (protocols/coinex-v1.md section 5): an unfilled
/// immediate-or-cancel order is told by its reply alone, a stop order's direction is fixed when it is
/// placed, and nothing is frozen for it.
public struct SimulatedVenue: ~Copyable {
    @frozen @usableFromInline
    package struct Timed<Message: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
        @usableFromInline package var at: Instant
        @usableFromInline package var message: Message

        @inlinable
        init(at: Instant, message: Message) {
            self.at = at
            self.message = message
        }
    }

    /// The two ways from the venue to us.
    @frozen @usableFromInline package enum Channel: BitwiseCopyable, Sendable {
        case reply, push
    }

    let anchor = Anchor()
    let table: MarketTable
    let limits: VenueLimits
    let latency: VenueLatency
    package var execution: RecordedExecution
    package internal(set) var account: VenueAccount
    var random: SeededRandom
    var orders = Slab<VenueOrder>()
    var freeOrders = Slab<Int>()
    /// By the slot of our order id: the venue's slot.
    var keys = Slab<Int32>()
    var history = VenueHistory()
    var windows: Slab<SlidingWindow>
    var total: SlidingWindow
    /// The request that was charged last, and whether the windows had room for it.
    var lastCharged = (request: UInt64(0), isTaken: true)

    @usableFromInline var arrivals = Fifo<Timed<Dispatch>>()
    @usableFromInline var replies = Fifo<Timed<VenueFact>>()
    @usableFromInline var pushes = Fifo<Timed<VenueFact>>()
    @usableFromInline var lastArrival = (request: UInt64(0), at: Instant.distantPast)
    var lastReply = Instant.distantPast
    var lastPush = Instant.distantPast
    /// When the next message arrives, at the venue or at us.
    @usableFromInline package var nextDue = Instant.distantFuture

    var venueOrders: UInt64 = 0
    var dealCount: UInt64 = 0
    var fills = Slab<ExecutionFill>()
    var synthetic: [SyntheticMarket] = []
    /// Options on synthetic markets, of which marks are told.
    var options: [SyntheticOption] = []
    /// Per market: its place in `synthetic`, or -1.
    var syntheticIndex: [Int]
    var clientMatches: [ClientMatch] = []
    /// What the public of synthetic markets has not been told yet.
    @usableFromInline package internal(set) var publicEvents: [MarketEvent] = []
    /// Per market.
    var stops: [StopBook]
    var fired: [UInt64] = []
    /// Client orders that rest or wait, per market: with none, market events pass by.
    @usableFromInline var liveOrders: Slab<Int>
    /// Requests that came too early for the venue's windows: 0 as long as pacing does its work.
    package internal(set) var rateViolations = 0
    /// Whether the queue places of orders that come to rest are kept, in `queuePlaces`, until the driver
    /// takes them.
    @usableFromInline package var keepsQueuePlaces = false
    package var queuePlaces: [QueuePlace] = []

    package init(
        table: MarketTable, limits: VenueLimits, latency: VenueLatency, queue: QueueModel, seed: UInt64
    ) {
        self.table = table
        self.limits = limits
        self.latency = latency
        execution = RecordedExecution(markets: table.markets.count, queue: queue)
        stops = Array(repeating: StopBook(), count: table.markets.count)
        syntheticIndex = Array(repeating: -1, count: table.markets.count)
        account = VenueAccount(assets: table.assets.count)
        random = SeededRandom(seed: seed)
        windows = Slab(RateGroup.allCases.map { SlidingWindow(limits[$0]) })
        total = SlidingWindow(limits.total)
        liveOrders = Slab(repeating: 0, count: table.markets.count)
    }

    /// Puts money into the account before the session, and tells of it at `now`.
    package mutating func deposit(_ amount: Amount, _ asset: AssetID, at now: Instant) {
        account.deposit(amount, asset)
        // Known from the start: no message has to travel.
        lastPush = max(lastPush, now)
        while let balance = account.nextChange(at: now) {
            pushes.append(Timed(at: lastPush, message: .balance(balance)))
        }
        nextDue = min(nextDue, lastPush)
    }
}

/// Where an order of ours came to stand in its price's queue.
package struct QueuePlace: BitwiseCopyable, Equatable, Sendable {
    package var order: OrderID
    /// What stood before it: exact in the embedded market, over recorded data what was shown at the price.
    package var ahead: Quantity
}

// MARK: - Messages

extension SimulatedVenue {
    /// Takes a request that leaves us now.
    @inlinable @inline(__always)
    package mutating func receive(_ dispatch: Dispatch) {
        if dispatch.request != lastArrival.request {
            let travel = travelThere()
            lastArrival = (dispatch.request, max(lastArrival.at, dispatch.at + travel))
        }
        arrivals.append(Timed(at: lastArrival.at, message: dispatch))
        nextDue = min(nextDue, lastArrival.at)
    }

    @usableFromInline
    mutating func travelThere() -> Interval { latency.feed.draw(&random) + latency.order.draw(&random) }

    /// Works on what has arrived at the venue up to `now`.
    @usableFromInline package mutating func advance(to now: Instant, _ states: borrowing Slab<MarketState>) {
        while !arrivals.isEmpty, arrivals[0].at <= now {
            carryOutFirst(states)
            arrivals.removeFirst()
        }
        updateDue()
    }

    /// The channel whose next fact has arrived at us by `now`: the earlier one, the replies when both are.
    @inlinable
    package func channelDue(at now: Instant) -> Channel? {
        let reply = replies.isEmpty ? .distantFuture : replies[0].at
        let push = pushes.isEmpty ? .distantFuture : pushes[0].at
        guard min(reply, push) <= now else { return nil }
        return reply <= push ? .reply : .push
    }

    /// Takes the next fact of a channel that has one.
    @inlinable @inline(__always)
    package mutating func takeFact(_ channel: Channel) -> VenueFact {
        defer { updateDue() }
        switch channel {
        case .reply:
            defer { replies.removeFirst() }
            return replies[0].message
        case .push:
            defer { pushes.removeFirst() }
            return pushes[0].message
        }
    }

    @inlinable
    mutating func updateDue() {
        let arrival = arrivals.isEmpty ? .distantFuture : arrivals[0].at
        let reply = replies.isEmpty ? .distantFuture : replies[0].at
        let push = pushes.isEmpty ? .distantFuture : pushes[0].at
        nextDue = min(arrival, min(reply, push))
    }

    @inline(__always)
    mutating func reply(_ fact: VenueFact, at now: Instant) {
        lastReply = max(lastReply, now + travelBack())
        replies.append(Timed(at: lastReply, message: fact))
        nextDue = min(nextDue, lastReply)
    }

    @inline(__always)
    mutating func push(_ fact: VenueFact, at now: Instant) {
        lastPush = max(lastPush, now + travelBack())
        pushes.append(Timed(at: lastPush, message: fact))
        nextDue = min(nextDue, lastPush)
    }

    /// The market's news are `feed` old when we see them, so ours are that much ahead.
    private mutating func travelBack() -> Interval {
        max(.zero, latency.response.draw(&random) - latency.feed.base)
    }

    mutating func tellBalances(at now: Instant) {
        while let balance = account.nextChange(at: now) { push(.balance(balance), at: now) }
    }
}

// MARK: - Market data

extension SimulatedVenue {
    /// A public trade that we see now.
    @inlinable
    package mutating func observe(_ trade: Trade, _ states: borrowing Slab<MarketState>) {
        if liveOrders[Int(trade.market.index)] > 0 { meet(trade, states) }
    }

    /// The quote or book of a market changed.
    @inlinable
    package mutating func observeDepth(
        of market: MarketID, at now: Instant, _ states: borrowing Slab<MarketState>
    ) {
        if liveOrders[Int(market.index)] > 0 { meetDepth(market, at: now, states) }
    }

    @usableFromInline
    mutating func meet(_ trade: Trade, _ states: borrowing Slab<MarketState>) {
        fills.removeAll()
        execution.observe(trade, fills: &fills)
        settle(at: trade.receivedAt)
        fireStops(trade, states)
    }

    @usableFromInline
    mutating func meetDepth(_ market: MarketID, at now: Instant, _ states: borrowing Slab<MarketState>) {
        fills.removeAll()
        execution.observeDepth(of: market, states, fills: &fills)
        settle(at: now)
    }
}
