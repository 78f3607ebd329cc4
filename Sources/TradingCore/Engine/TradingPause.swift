import MarketModel
import Quantities
import StrategyKit

/// A pause of the trading: books and venue do not agree, so nothing new is done until they do.
public enum TradingPause: UInt8, BitwiseCopyable, CaseIterable, Sendable {
    /// New orders are refused and the own ones cancelled, but for stops that outlive the session.
    case begun = 1
    /// Books and venue agree again.
    case lifted = 2
    /// A person has looked: what differs is accepted, and counted from here on.
    case armed = 3
}

extension Engine {
    @inlinable package var isPaused: Bool { floor.isPaused }

    /// Takes a step of a pause: an input as any other, so that a replay pauses at the same place.
    @inlinable
    package mutating func pause(_ step: TradingPause, at now: Instant) {
        desk.time = max(desk.now, now)
        floor.pause(step, &desk)
        settle()
    }
}

extension TradingFloor {
    @usableFromInline
    mutating func pause(_ step: TradingPause, _ desk: inout Desk) {
        switch step {
        case .begun:
            isPaused = true
            desk.isReady = false
            cancelEverything(&desk)
        case .armed:
            for index in accounts.indices { accounts[index].acceptResidue() }
            isPaused = false
            desk.isReady = isConnected
        case .lifted:
            isPaused = false
            desk.isReady = isConnected
        }
    }
}
