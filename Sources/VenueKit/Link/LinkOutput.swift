import MarketModel
import Quantities
import WireCodecs

/// What a link makes of one input: news for the engine, and actions for the driver.
///
/// News are taken after every input: facts first, then found orders, the listing, and last the events. So a fact
/// is known before the change of the connection that it led to. One input makes no more news than its bytes have
/// room for. Actions wait until the driver takes them, which it does after every call; more than `actionsMax` of them
/// are a driver that does not, and a broken invariant.
public struct LinkOutput: ~Copyable {
    /// Actions that wait at the same time.
    package static var actionsMax: Int { 8_192 }

    @usableFromInline package var facts: [VenueFact] = []
    @usableFromInline package var events: [MarketEvent] = []
    @usableFromInline package var found: [FoundOrder] = []
    /// Orders of this run that were found and whose commands the tape has lost.
    @usableFromInline package var lost: [FoundOrder] = []
    @usableFromInline package var listing: OpenListing?
    /// What actions carry, one behind the other; a link appends to it before it asks.
    package var wire = WireBuffer(capacity: 16_384)
    private var actions = Fifo<WaitingAction>()
    /// Bytes of `wire` that belong to actions.
    private var claimed = 0

    package init() {
        facts.reserveCapacity(256)
        events.reserveCapacity(256)
    }

    @inlinable package var hasNews: Bool {
        !facts.isEmpty || !events.isEmpty || !found.isEmpty || !lost.isEmpty || listing != nil
    }

    /// Forgets news that nobody wants any more.
    @usableFromInline package mutating func dropNews() {
        facts.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        found.removeAll()
        lost.removeAll()
        listing = nil
    }

    package var hasActions: Bool { !actions.isEmpty }

    /// Asks for an action; what was appended to `wire` since the last one is its bytes.
    package mutating func ask(_ action: LinkAction) {
        precondition(actions.count < Self.actionsMax, "a driver takes actions after every call")
        actions.append(WaitingAction(action: action, count: wire.count - claimed))
        claimed = wire.count
    }

    /// Forgets actions that must not be carried out.
    @usableFromInline package mutating func dropActions() {
        while let next = actions.popFirst() {
            wire.consume(next.count)
            claimed -= next.count
        }
    }

    /// Hands over the oldest action and appends its bytes; nil when there is none.
    @usableFromInline package mutating func takeAction(_ bytes: inout WireBuffer) -> LinkAction? {
        guard let next = actions.popFirst() else { return nil }
        bytes.append(UnsafeRawBufferPointer(rebasing: wire.bytes.prefix(next.count)))
        wire.consume(next.count)
        claimed -= next.count
        return next.action
    }
}

/// An action and how many bytes are its.
struct WaitingAction: BitwiseCopyable, Sendable {
    var action: LinkAction
    var count: Int
}
