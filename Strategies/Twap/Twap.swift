import MarketModel
import Quantities
import StrategyKit

/// Executes one large order in small ones, evenly over a time.
///
/// The time is cut into slices (`SliceSchedule`), each of which has to bring the parent order to a
/// part of its quantity. In a slice an order first rests at the touch as maker; what the schedule
/// still lacks late in the slice is crossed with immediate-or-cancel orders.
///
/// Rules that hold at any moment:
/// 1. What was filled and the whole of what lives or is of unknown fate never exceed the parent's
///    quantity, nor what the slice that is on has to reach (`ParentOrder`).
/// 2. One order lives at a time. The next one is sent when the venue has said that the last one
///    ended, so one whose fate is unknown is never doubled.
/// 3. An order is sent only while own fills and it together stay within the share of the public
///    volume of the rolling window. A resting one that has come to exceed it is cancelled.
/// 4. No order has a worse price than the limit.
/// 5. Nothing rests while the market cannot be read.
public struct Twap: Strategy {
    public static let name = "twap"
    public static let summary = "Executes one large order in small ones, evenly over a time."

    enum Phase: Equatable, Sendable {
        /// Before the first quote, or orders of an earlier run are not over. Can transition to:
        /// `working` at a quote without any living order, `over`.
        case waiting
        /// The schedule is on. Can transition to: `closing` at its end, `over`.
        case working
        /// The duration is over: what lives is ended, and where `at_end` says so the rest is crossed
        /// until a time. Can transition to: `over`.
        case closing(until: Instant)
        /// All is done, or given up. Final.
        case over
    }

    let parameters: Parameters
    let market: MarketID
    let rules: MarketRules
    let side: Side
    /// The share of the public volume in millionths; zero is no limit.
    let participationMillionths: Int128

    var phase = Phase.waiting
    var parent: ParentOrder
    var schedule: SliceSchedule
    var record: ExecutionRecord
    var publicVolume: RollingVolume
    var ownVolume: RollingVolume
    /// What was done when the slice that is on began.
    var doneAtSlice = Quantity.zero
    /// Whether a slice has begun since the resting order was looked at.
    var isNewSlice = false
    /// Since when the market cannot be read; nil while it can.
    var unreadableSince: Instant?
    /// No order before.
    var pausedUntil = Instant.distantPast
    /// Why the last order was refused; nil after one that was not.
    var lastRefusal: Refusal?
    /// The next alarm that is set.
    var alarmAt = Instant.distantPast
    /// The touch that was looked at last; zero when the next one is to be looked at in any case.
    var seenBid = Price.zero
    var seenAsk = Price.zero

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        rules = setup.market.rules
        side = parameters.side.side
        participationMillionths = Int128((parameters.participation * 1_000_000).rounded(.down))
        parent = ParentOrder(parameters.quantity)
        schedule = SliceSchedule(parameters, lot: setup.market.rules.lot)
        record = ExecutionRecord(side, tick: setup.market.rules.tick)
        publicVolume = RollingVolume(window: parameters.participationWindow, erring: .below)
        ownVolume = RollingVolume(window: parameters.participationWindow, erring: .above)
    }
}

// MARK: - The market

extension Twap {
    public mutating func onStart(_ desk: inout Desk) {
        // Orders of an earlier run are not part of this schedule; what they still fill counts.
        desk.cancelAll(in: market)
        let held = desk.position(market).quantity
        parent = ParentOrder(parameters.quantity, done: side == .buy ? held : -held)
    }

    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market else { return }
        if quote.bid == seenBid, quote.ask == seenAsk { return }
        seenBid = quote.bid
        seenAsk = quote.ask
        record.observe(quote.mid, at: desk.now)
        review(&desk)
    }

    public mutating func onTrade(_ trade: Trade, _ desk: inout Desk) throws {
        guard trade.market == market else { return }
        record.observe(trade)
        guard participationMillionths > 0 else { return }
        try publicVolume.add(trade.quantity, at: desk.now)
        // More may be allowed now than when nothing was.
        if parent.child == nil { review(&desk) }
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        guard change.market == market else { return }
        switch change.state {
        case .suspect, .stale:
            guard unreadableSince == nil else { return }
            unreadableSince = desk.now
            review(&desk)
        case .live:
            guard let since = unreadableSince else { return }
            unreadableSince = nil
            seenBid = .zero
            if parameters.afterPause == .shift, phase == .working {
                schedule.shift(by: desk.now - since)
            }
        }
    }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) { review(&desk) }

    public mutating func onStop(_ desk: inout Desk) {
        guard phase != .over else { return }
        phase = .over
        withdraw(&desk)
        desk.note("ended early: " + record.summary(parent, at: desk.now))
    }
}

// MARK: - The schedule

extension Twap {
    /// Looks at what has to be done now, does it, and sets the alarm for the next look.
    mutating func review(_ desk: inout Desk) {
        if phase == .waiting { begin(&desk) }
        if phase == .working { moveOn(&desk) }
        switch phase {
        case .waiting, .over: return
        case .working: if isComplete { return finish(&desk) }
        case .closing(let end):
            if isComplete || parent.child == nil && desk.now >= end { return finish(&desk) }
            if desk.now >= end { withdraw(&desk) }
        }
        if unreadableSince != nil {
            withdraw(&desk)
        } else if let quote = desk.quote(market) {
            work(quote, &desk)
        }
        setAlarm(&desk)
    }

    private mutating func begin(_ desk: inout Desk) {
        if isComplete { return finish(&desk) }
        guard unreadableSince == nil, let quote = desk.quote(market), desk.openOrders(in: market).isEmpty
        else { return }
        phase = .working
        record.begin(quote.mid, at: desk.now)
        schedule.begin(at: desk.now, done: parent.done, &desk.random)
        doneAtSlice = parent.done
    }

    private mutating func moveOn(_ desk: inout Desk) {
        if unreadableSince != nil, parameters.afterPause == .shift { return }
        guard schedule.advance(to: desk.now, &desk.random) else { return }
        doneAtSlice = parent.done
        isNewSlice = true
        guard schedule.isOver else { return }
        switch parameters.atEnd {
        case .leave:
            phase = .closing(until: desk.now)
        case .cross:
            phase = .closing(until: desk.now + schedule.sliceLength)
            withdraw(&desk)
        }
    }

    /// Whether nothing lives and what is left is less than an order may be.
    private var isComplete: Bool { parent.child == nil && parent.remaining < leastQuantity }

    private mutating func finish(_ desk: inout Desk) {
        phase = .over
        desk.finish(record.summary(parent, at: desk.now))
    }

    /// Sets an alarm for the next moment at which time alone changes what has to be done.
    private mutating func setAlarm(_ desk: inout Desk) {
        var moments = [pausedUntil]
        switch phase {
        case .waiting, .over: return
        case .working: moments += [schedule.endsAt, schedule.moment(parameters.restShare)]
        case .closing(let end): moments.append(end)
        }
        if let child = parent.child, child.role == .resting {
            moments.append(child.sentAt + parameters.requotePause)
            if participationMillionths > 0 { moments.append(publicVolume.nextRoll(after: desk.now)) }
        }
        var next = Instant.distantFuture
        for moment in moments where moment > desk.now { next = min(next, moment) }
        guard next < alarmAt || alarmAt <= desk.now, next < .distantFuture else { return }
        alarmAt = next
        desk.setAlarm(at: next)
    }
}
