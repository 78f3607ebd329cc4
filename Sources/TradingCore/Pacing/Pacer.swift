import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// Lets requests go as fast as the venue allows, the most urgent first, and none that has become pointless.
///
/// Cancels go before all else and have a share of the total to themselves; placements and modifications
/// follow in order; queries come last. A request is looked at again when its turn comes: an order that was
/// withdrawn or has ended meanwhile costs nothing. Placements of one market that wait together travel as one
/// batch. Bounds: every queue holds at most one entry per living order, of which there are at most 4,096.
///
/// Quotas of hours stand beside the windows: while little of one is left, orders keep a pause between each other.
package struct Pacer: ~Copyable, Sendable {
    /// A placement that waits, and the order that it replaces, if any.
    struct Waiting: BitwiseCopyable, Sendable {
        var order: OrderID
        var replaces: OrderID
    }

    private let anchor = Anchor()
    package let limits: VenueLimits
    private var windows: [SlidingWindow]
    private var total: SlidingWindow
    private var cancels = Fifo<OrderID>()
    private var placements = Fifo<Waiting>()
    private var queries = Fifo<OrderQuery>()
    private var requests: UInt64 = 0
    /// The least time between two orders; it ends at `pauseUntil`.
    private var orderPause = Interval.zero
    private var pauseUntil = Instant.distantPast
    /// When the last order went; of a batch, when its last order would have gone by itself.
    private var orderedAt = Instant.distantPast
    /// When something that waits may go; `distantFuture` when nothing waits.
    package private(set) var nextRelease = Instant.distantFuture

    package init(_ limits: VenueLimits) {
        self.limits = limits
        let margin = limits.pacingMargin
        windows = RateGroup.allCases.map { SlidingWindow(limits[$0].stretched(by: margin)) }
        total = SlidingWindow(limits.total.stretched(by: margin))
    }

    package mutating func enqueue(_ approved: RiskApproved, replacing old: OrderID) {
        placements.append(Waiting(order: approved.order, replaces: old))
    }

    package mutating func enqueueCancel(_ order: OrderID) { cancels.append(order) }

    package mutating func enqueue(_ query: OrderQuery) { queries.append(query) }

    /// The venue refused a request of this group for rate.
    package mutating func close(_ group: RateGroup, at now: Instant) {
        windows[Int(group.rawValue)].close(at: now)
        nextRelease = min(nextRelease, opensAt(group))
    }

    /// Keeps orders apart until then; cancels and queries go as they did.
    package mutating func keepOrdersApart(by pause: Interval, until end: Instant) {
        orderPause = pause
        pauseUntil = end
        if !placements.isEmpty { nextRelease = min(nextRelease, opensAt(.place)) }
    }

    /// Whether anything waits for its turn.
    package var hasWaiting: Bool { !(cancels.isEmpty && placements.isEmpty && queries.isEmpty) }

    /// How many requests wait for their turn; some may turn out to be pointless.
    package var waitingCount: Int { cancels.count + placements.count + queries.count }

    /// Requests of all groups in the window that ends now.
    package func usedOfTotal(at now: Instant) -> Int { total.used(at: now) }

    /// Requests of the group in the window that ends now.
    package func used(_ group: RateGroup, at now: Instant) -> Int {
        windows[Int(group.rawValue)].used(at: now)
    }

    /// Appends to `outbox` all that may go now, and marks its orders as on their way.
    package mutating func release(
        at now: Instant, _ orders: inout OrderTable, into outbox: inout Slab<Dispatch>
    ) {
        nextRelease = .distantFuture
        releaseCancels(now, &orders, &outbox)
        releasePlacements(now, &orders, &outbox)
        releaseQueries(now, &orders, &outbox)
    }

    private func opensAt(_ group: RateGroup) -> Instant {
        let reserve: Int
        var earliest = Instant.distantPast
        switch group {
        case .cancel: reserve = 0
        case .query: reserve = limits.cancelReserve
        case .place, .batch:
            reserve = limits.cancelReserve
            if orderPause > .zero, orderedAt != .distantPast {
                earliest = min(orderedAt + orderPause, pauseUntil)
            }
        }
        return max(earliest, windows[Int(group.rawValue)].opensAt(), total.opensAt(reserve: reserve))
    }

    /// Notes one request; the group's window is noted once per order that it carries.
    private mutating func note(_ group: RateGroup, orders: Int = 1, at now: Instant) -> UInt64 {
        for _ in 0..<orders { windows[Int(group.rawValue)].note(at: now) }
        total.note(at: now)
        requests += 1
        return requests
    }

    private mutating func releaseCancels(
        _ now: Instant, _ orders: inout OrderTable, _ outbox: inout Slab<Dispatch>
    ) {
        while let id = cancels.first {
            guard let slot = orders.slot(of: id), orders.slots[slot].isActive else {
                cancels.removeFirst()
                continue
            }
            let opens = opensAt(.cancel)
            if opens > now {
                nextRelease = min(nextRelease, opens)
                return
            }
            cancels.removeFirst()
            let order = orders.slots[slot]
            let command = Command.cancel(
                Cancellation(
                    order: id, venueOrder: order.venueID, market: order.market,
                    isStop: order.ticket.kind.isStop))
            outbox.append(
                Dispatch(request: note(.cancel, at: now), group: .cancel, command: command, at: now))
        }
    }

    private mutating func releasePlacements(
        _ now: Instant, _ orders: inout OrderTable, _ outbox: inout Slab<Dispatch>
    ) {
        while let waiting = placements.first {
            guard let slot = orders.slot(of: waiting.order),
                orders.slots[slot].state == .active(.created)
            else {
                placements.removeFirst()
                continue
            }
            if waiting.replaces == .none, let size = batch(at: now, orders) {
                releaseBatch(size, now, &orders, &outbox)
                continue
            }
            let opens = opensAt(.place)
            if opens > now {
                nextRelease = min(nextRelease, opens)
                return
            }
            placements.removeFirst()
            let command: Command
            if waiting.replaces == .none {
                command = .place(orders.slots[slot].placement)
            } else if let old = orders.slot(of: waiting.replaces) {
                command = .modify(
                    Modification(
                        order: waiting.replaces, venueOrder: orders.slots[old].venueID,
                        replacement: orders.slots[slot].placement))
            } else {
                preconditionFailure("a waiting replacement is withdrawn when its order ends")
            }
            orders.slots[slot].state = .active(.submitting)
            orderedAt = now
            outbox.append(
                Dispatch(request: note(.place, at: now), group: .place, command: command, at: now))
        }
    }

    /// How many of the first placements can go as one batch now: at least two limit orders of one market.
    private func batch(at now: Instant, _ orders: borrowing OrderTable) -> Int? {
        guard limits.batchSize > 1, placements.count > 1, opensAt(.batch) <= now else { return nil }
        guard let first = orders.slot(of: placements[0].order) else { return nil }
        let market = orders.slots[first].market
        let most = min(limits.batchSize, placements.count)
        var size = 0
        while size < most {
            guard placements[size].replaces == .none, let slot = orders.slot(of: placements[size].order),
                orders.slots[slot].ticket.kind == .limit, orders.slots[slot].market == market,
                orders.slots[slot].state == .active(.created)
            else { break }
            size += 1
        }
        size = min(size, limits.place.requests - windows[Int(RateGroup.place.rawValue)].used(at: now))
        return size > 1 && opensAt(.place) <= now ? size : nil
    }

    private mutating func releaseBatch(
        _ size: Int, _ now: Instant, _ orders: inout OrderTable, _ outbox: inout Slab<Dispatch>
    ) {
        let request = note(.batch, at: now)
        orderedAt = now + orderPause * (size - 1)
        for _ in 0..<size {
            guard let waiting = placements.popFirst(),
                let slot = orders.slot(of: waiting.order)
            else { preconditionFailure("the batch was counted from this queue") }
            // A batch is charged per order as well: see protocols/coinex-v1.md section 4.
            windows[Int(RateGroup.place.rawValue)].note(at: now)
            orders.slots[slot].state = .active(.submitting)
            outbox.append(
                Dispatch(
                    request: request, group: .batch, command: .place(orders.slots[slot].placement), at: now))
        }
    }

    private mutating func releaseQueries(
        _ now: Instant, _ orders: inout OrderTable, _ outbox: inout Slab<Dispatch>
    ) {
        while let query = queries.first {
            guard let slot = orders.slot(of: query.order), orders.slots[slot].isActive else {
                queries.removeFirst()
                continue
            }
            let opens = opensAt(.query)
            if opens > now {
                nextRelease = min(nextRelease, opens)
                return
            }
            queries.removeFirst()
            outbox.append(
                Dispatch(request: note(.query, at: now), group: .query, command: .query(query), at: now))
        }
    }
}

extension OwnOrder {
    /// What the venue is asked for.
    fileprivate var placement: Placement { Placement(order: id, strategy: strategy, ticket: ticket) }
}
