import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// Turns commands into requests of CoinEx, and what became of those into facts.
///
/// What is concluded stands here once; the words of a generation are `writeV1` and `writeV2`, and the readers beside
/// them.
///
/// Pure: bytes go into a buffer, time comes in as an argument. One request may be followed by others (`continue`):
/// to ask about an order takes up to four lists and the pages of its deals.
///
/// What is concluded from what:
/// 1. A reply with code 0 and an order in it: the order stands or has stood.
/// 2. A code of the allow-list: the request was not carried out. Every other code, status 5xx, a body that is no
///    reply, no answer: the outcome is unknown.
/// 3. The reply to a cancel shows the order as it was before; code 0 means that it has ended.
/// 4. An order that no list has is absent if it once had a number, or if every request of it is too old to be carried
///    out still: the venue refuses requests whose time is more than a minute off.
/// 5. How much was filled is `deal_amount`; `left` and `amount` say nothing certain.
package struct CoinExExecutor: ~Copyable {
    /// Requests whose end is not known yet; of more, commands are refused as never sent.
    package static let flightsMax = 1_024
    /// Notices that wait to be taken; of more, the newest are dropped.
    package static let noticesMax = 256
    /// How long a request that we know nothing of may still be carried out: the venue's minute and some.
    package static let lateArrivalMax = Interval.seconds(65)

    package let table: MarketTable
    package let naming: CoinExOrderNaming
    package let api: CoinExAPI
    package var clock: CoinExServerClock
    package private(set) var notices: [CoinExNotice] = []
    var directory = CoinExOrderDirectory()
    /// What the tape that is gone on with may have lost.
    var gaps = CoinExTapeGaps()

    private var writer: CoinExRequestWriter
    private var flights = CoinExFlightTable(capacity: Self.flightsMax)
    private var memos: [CoinExOrderMemo?] = []
    /// Modifications of which it is not known whether there is a replacement; at most `flightsMax`.
    private(set) var unsettled: [Modification] = []
    private var windows: [SlidingWindow]

    /// - Parameters:
    ///   - credentials: nil for a session that only looks: it has no orders and asks for none.
    ///   - pacingMargin: how much longer the windows of the requests are that the engine does not pace; see
    ///     `VenueLimits.pacingMargin`.
    /// - Precondition: the table has all markets and all assets in which fees are taken, CET among them.
    package init(
        _ table: MarketTable, naming: CoinExOrderNaming, host: CoinExHost = CoinExHost(),
        credentials: CoinExCredentials?, pacingMargin: Interval = .zero,
        clock: CoinExServerClock = CoinExServerClock()
    ) {
        self.table = table
        self.naming = naming
        self.clock = clock
        api = host.api
        writer = CoinExRequestWriter(host, credentials: credentials)
        windows = CoinExRateGroup.allCases.map {
            let limit = $0.limit(in: host.api) ?? CoinExRateGroup.address
            return SlidingWindow(limit.stretched(by: pacingMargin))
        }
        notices.reserveCapacity(Self.noticesMax)
    }

    /// What pacing is to keep to.
    ///
    /// A question about an order takes up to three requests of its group, so a third of that is for questions;
    /// what comes from the slower groups is held back by `notBefore`.
    package static func limits(in api: CoinExAPI) -> VenueLimits {
        var limits = api.limits
        limits.query.requests /= 3
        return limits
    }
}

// MARK: - Orders and their names

extension CoinExExecutor {
    /// Whose an order is, by the number and the client id that the venue tells of it.
    package func owner(of number: VenueOrderID, clientID: String) -> CoinExOwner {
        if let order = directory.owner(of: number) { return .ours(order) }
        guard let named = naming.order(named: clientID), named.run == naming.run else { return .foreign }
        if gaps.contains(named.order) { return .lost }
        return isBeingReplaced(named.order, before: number) ? .undecided : .ours(named.order)
    }

    private func isBeingReplaced(_ order: OrderID, before number: VenueOrderID) -> Bool {
        unsettled.contains { root(of: $0.replacement.order) == order && $0.venueOrder < number }
    }

    /// The order whose name an order may have at the venue: its own, or of the first that it replaces.
    func root(of order: OrderID) -> OrderID {
        guard let memo = memo(order), memo.root != .none else { return order }
        return memo.root
    }

    /// Whether it is not known what became of a modification of the order.
    func isBeingReplaced(_ order: OrderID) -> Bool { unsettled.contains { $0.order == order } }

    /// Notes a modification whose outcome is open; false when there are too many of them.
    mutating func noteUnsettled(_ modification: Modification) -> Bool {
        guard unsettled.count < Self.flightsMax else { return false }
        unsettled.append(modification)
        return true
    }

    /// What became of a modification is known.
    mutating func settle(replacement order: OrderID) {
        unsettled.removeAll { $0.replacement.order == order }
    }

    /// Makes an order of this run known that another executor placed, such as before a restart.
    package mutating func remember(
        _ order: OrderID, of strategy: StrategyID, in market: MarketID, isStop: Bool = false,
        as number: VenueOrderID = .unknown
    ) {
        // What was recalled of it says more.
        if memo(order) == nil {
            remember(CoinExOrderMemo(order: order, strategy: strategy, market: market, isStop: isStop))
        }
        directory.note(number, is: order)
    }

    /// Makes an order of an earlier run known, which keeps the name that it was given there.
    package mutating func remember(_ order: OrderID, as found: FoundOrder) {
        var memo = CoinExOrderMemo(
            order: order, strategy: found.strategy, market: found.ticket.market,
            isStop: found.ticket.kind.isStop)
        memo.earlier = CoinExOrderMemo.Earlier(run: found.run, order: found.name)
        remember(memo)
        directory.note(found.venueOrder, is: order)
    }

    mutating func remember(_ memo: CoinExOrderMemo) {
        while memos.count <= memo.order.slot { memos.append(nil) }
        memos[memo.order.slot] = memo
    }

    func memo(_ order: OrderID) -> CoinExOrderMemo? {
        guard order.slot < memos.count, let memo = memos[order.slot], memo.order == order else { return nil }
        return memo
    }

    /// Whether a modification of the order was sent.
    func isReplaced(_ order: OrderID) -> Bool { memos.contains { $0?.replaces == order } }

    /// The client id of an order that this executor knows.
    package func name(_ order: OrderID) -> CoinExClientID? {
        memo(order).map { memo in
            guard let earlier = memo.earlier else { return naming.name(order, of: memo.strategy) }
            return naming.name(earlier.order, of: memo.strategy, in: earlier.run)
        }
    }

    /// The client id of the first of the orders that replaced each other: as the last of them knows it, for the
    /// others may have been forgotten.
    func rootName(_ order: OrderID) -> CoinExClientID? {
        guard let memo = memo(order), memo.root != .none else { return name(order) }
        guard let earlier = memo.rootEarlier else { return naming.name(memo.root, of: memo.strategy) }
        return naming.name(earlier.order, of: memo.strategy, in: earlier.run)
    }

    // MARK: Flights

    /// Requests that are under way.
    package var flightCount: Int { flights.count }

    package func isUnderWay(_ request: UInt64) -> Bool { flights[request] != nil }

    /// Whether the request belongs to a question about an order.
    package func isInquiry(_ request: UInt64) -> Bool {
        switch flights[request]?.work {
        case .inquiry: true
        case .place, .placeBatch, .modify, .cancel, .cancelStopByName, .cancelByName, .cancelBatch, nil: false
        }
    }

    /// Whether the request places orders, so that its answer is the first that is heard of them.
    package func isPlacement(_ request: UInt64) -> Bool {
        switch flights[request]?.work {
        case .place, .placeBatch, .modify: true
        case .cancel, .cancelStopByName, .cancelByName, .cancelBatch, .inquiry, nil: false
        }
    }

    func work(of request: UInt64) -> CoinExFlight.Work? { flights[request]?.work }

    /// Requests of a group that left in its window before a time, and since.
    func used(_ group: CoinExRateGroup, at time: Instant) -> Int { windows[index(group)].used(at: time) }

    var isFull: Bool { flights.count >= Self.flightsMax }

    mutating func take(_ request: UInt64) -> CoinExFlight? { flights.take(request) }

    /// Writes a request and notes what it is for.
    mutating func send(
        _ errand: CoinExErrand, for flight: CoinExFlight, _ number: UInt64, at now: Instant,
        into wire: inout WireBuffer
    ) {
        write(errand, at: now, into: &wire)
        flights[number] = flight
    }

    /// Writes a request in the words of the generation.
    package mutating func write(_ errand: CoinExErrand, at now: Instant, into wire: inout WireBuffer) {
        switch api {
        case .v1: writeV1(errand, at: now, into: &wire)
        case .v2: writeV2(errand, at: now, into: &wire)
        }
    }

    /// Keeps a flight that goes on with another request, and says when that may go.
    mutating func hold(_ flight: CoinExFlight, _ number: UInt64, for group: CoinExRateGroup) -> CoinExNext {
        flights[number] = flight
        return .more(notBefore: opensAt(group))
    }

    /// When a request of the group may go that the engine does not pace.
    ///
    /// The engine knows nothing of these: what it may send meanwhile is kept free for it.
    package func opensAt(_ group: CoinExRateGroup) -> Instant {
        let reserve = group == .query ? Self.limits(in: api).query.requests : 0
        return windows[index(group)].opensAt(reserve: reserve)
    }

    /// Writes a request, and notes it on the window of its group.
    mutating func put(
        _ request: some CoinExRequest, at now: Instant, into wire: inout WireBuffer
    ) {
        windows[index(request.endpoint.group)].note(at: now)
        writer.write(request, tonce: clock.tonce(at: now), into: &wire)
    }

    /// Questions of a process before this one count too, and no tape has them: those that it asked until its tape
    /// ended, and for a moment after.
    mutating func countQuestions(until end: Instant) {
        for group in [CoinExRateGroup.query, .history, .account, .batch] { close(group, at: end) }
    }

    mutating func close(_ group: CoinExRateGroup, at now: Instant) { windows[index(group)].close(at: now) }

    private func index(_ group: CoinExRateGroup) -> Int {
        guard let index = CoinExRateGroup.allCases.firstIndex(of: group) else {
            preconditionFailure("a group is one of all")
        }
        return index
    }

    // MARK: Notices

    mutating func tell(_ notice: CoinExNotice) {
        if notices.count < Self.noticesMax { notices.append(notice) }
    }

    /// Hands out what there is to know, and forgets it.
    package mutating func takeNotices() -> [CoinExNotice] {
        defer { notices.removeAll(keepingCapacity: true) }
        return notices
    }
}
