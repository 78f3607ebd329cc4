import MarketModel
import Quantities

/// What a strategy asked its desk for: to be judged by risk and paced before it becomes a command.
@frozen public enum Intent: BitwiseCopyable, Equatable, Sendable {
    case place(OrderID)
    case modify(OrderID, replacement: OrderID)
    case cancel(OrderID)
}

/// A message of a strategy to the person who runs it.
public struct Notice: Equatable, Sendable {
    public var strategy: StrategyID
    public var at: Instant
    public var text: String
}

/// Whether a strategy is being called.
@frozen public enum StrategyStatus: Equatable, Sendable {
    case running
    /// Its work is done, with what came of it.
    case finished(String)
    /// It asked to stop before its work was done, or was stopped, with the reason.
    case stopped(String)
    /// One of its callbacks threw; the text says what.
    case failed(String)

    @inlinable public var isRunning: Bool {
        switch self {
        case .running: true
        case .finished, .stopped, .failed: false
        }
    }
}
