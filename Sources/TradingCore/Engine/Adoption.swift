import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// An order of an earlier run, or of this run and forgotten, that becomes one of this run: to go on, or to be
/// cancelled.
public struct Adoption: BitwiseCopyable, Equatable, Sendable {
    public var found: FoundOrder
    /// Whether it is to be cancelled at once.
    public var cancels: Bool
    public var at: Instant

    public init(_ found: FoundOrder, cancels: Bool, at now: Instant) {
        self.found = found
        self.cancels = cancels
        at = now
    }
}

// MARK: - A venue that is far away

extension Engine {
    /// For a venue behind a link: until `start` no strategy is called, so that what the venue knows is joined before
    /// the first callback, and orders, fills and balances of that time are told after it. From then on new orders are
    /// refused whenever the link is not ready.
    @inlinable package mutating func awaitLink() {
        floor.isQuiet = true
        floor.heedsConnection = true
        floor.isConnected = false
    }

    /// Whether the strategies have started, in this process or in one before it.
    @inlinable package var hasStarted: Bool { floor.phase != .starting }

    /// Whether the session was stopped, in this process or in one before it.
    @inlinable package var isStopping: Bool { floor.phase == .stopping }

    /// Goes on where a tape ended whose last rows may be lost: numbers of orders are given from behind the gap.
    @inlinable package mutating func resume(_ gap: SequenceGap) {
        desk.orders.sequence = max(desk.orders.sequence, gap.through)
    }

    /// Takes over an order of an earlier run, or one of this run that its tape has lost. What the venue knows of it is
    /// fed as facts afterwards; fills that it had before are asked for and booked.
    ///
    /// - Returns: its id from here on; nil when there is no room.
    @inlinable package mutating func adopt(_ adoption: Adoption) -> OrderID? {
        desk.time = max(desk.now, adoption.at)
        return floor.adopt(adoption, &desk)
    }
}

extension TradingFloor {
    @usableFromInline
    mutating func note(_ change: ConnectionChange) {
        switch change.state {
        case .ready: isConnected = true
        case .connecting, .lost: isConnected = false
        }
    }

    /// The order counts from here on, as one that was sent and not acknowledged yet.
    @usableFromInline mutating func adopt(_ adoption: Adoption, _ desk: inout Desk) -> OrderID? {
        let found = adoption.found
        // A strategy that is not there any more has nobody to go on with its orders.
        let isOrphan = Int(found.strategy.index) >= desk.statuses.count
        let strategy = isOrphan ? StrategyID(0) : found.strategy
        let cancels = adoption.cancels || isOrphan
        guard
            let id = desk.orders.create(
                strategy: strategy, ticket: found.ticket, replaces: .none, at: desk.now)
        else { return nil }
        while evidence.count < desk.orders.slots.count { evidence.append(Evidence()) }
        evidence[id.slot] = Evidence()
        evidence[id.slot].sentAt = desk.now
        desk.orders.slots[id.slot].state = .active(.submitting)
        desk.orders.slots[id.slot].venueID = found.venueOrder
        desk.orders.slots[id.slot].isCancelRequested = cancels
        // It has outlived one session already.
        desk.orders.slots[id.slot].outlivesSession = found.ticket.kind.isStop && !cancels
        exposures.add(desk.orders.slots[id.slot], in: desk.table.terms(found.ticket.market))
        nextEvidenceCheck = min(nextEvidenceCheck, desk.now + timing.answerTimeout)
        return id
    }
}
