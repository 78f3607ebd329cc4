import Quantities
import VenueKit

/// What is done with orders of earlier runs of the bot that stand at the venue when it starts.
public enum FoundOrderPolicy: String, CaseIterable, Sendable {
    /// They go on as orders of this run.
    case adopt
    case cancel
    /// They are left alone, and not counted.
    case leave
}

/// How a live session starts, looks after itself and stops.
public struct LiveSettings: Equatable, Sendable {
    public var foundOrders = FoundOrderPolicy.cancel
    /// How often open orders and balances are compared with the venue's.
    public var auditEvery = Interval.minutes(1)
    /// How long own orders may take to end when the session is stopped.
    public var stopPatience = Interval.seconds(10)
    /// The same where a process before this one was cut short while it ended: long enough for proof about requests that
    /// went unanswered.
    public var lateStopPatience = Interval.seconds(90)
    /// The pause before the venue is asked again whether all orders have ended.
    public var verifyPause = Interval.seconds(1)

    public init() {}
}
