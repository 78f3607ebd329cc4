import MarketModel
import Quantities
import TradingCore

/// How far a live session is.
public enum LivePhase: Equatable, Sendable {
    /// Can transition to: `joining` when it is started, `stopping` when a process before was cut short while it ended.
    case idle
    /// The link connects, and what the venue knows is joined; strategies hear nothing. Can transition to: `running`
    /// when the link is ready, `stopping` or `ended` when it is stopped, `ended` when the tape breaks.
    case joining
    /// Can transition to: `stopping` when it is stopped, `ended` when the tape breaks.
    case running
    /// New orders are refused and own ones cancelled, until they have ended. Can transition to: `verifying` when none
    /// lives, `ended` at the deadline or when the tape breaks.
    case stopping(deadline: Instant)
    /// The venue is asked whether it has none of our orders either. Can transition to: `ended` when it has none, at the
    /// deadline, or when the tape breaks.
    case verifying(deadline: Instant, since: Instant)
    case ended(LiveOutcome)
}

/// What a live session has left behind.
public struct LiveOutcome: Equatable, Sendable {
    /// Orders that stay at the venue on purpose.
    public var left: [OwnOrder] = []
    /// Orders that may still stand, against our will.
    public var unresolved: [OwnOrder] = []
    /// Orders that we hold to be over and the venue lists.
    public var unexpected: [OrderID] = []
    /// Whether the venue's own list has confirmed it.
    public var isVerified = false
    /// Whether the session ended because its tape could not be written.
    public var isTapeBroken = false
    /// Assets of which the account holds less than the strategies would have begun with; nothing was traded.
    public var shortfalls: [Shortfall] = []

    public init() {}

    /// Whether nothing was left that should not be.
    public var isClean: Bool {
        isVerified && unresolved.isEmpty && unexpected.isEmpty && !isTapeBroken && shortfalls.isEmpty
    }
}
