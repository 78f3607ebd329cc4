import Runtime

/// A key that the view knows.
package enum Key: Equatable, Sendable {
    case up
    case down
    case left
    case right
    case tab
    case backTab
    case escape
    /// Ctrl-L.
    case redraw
    case character(Unicode.Scalar)
}

/// What the person at the view has chosen.
package struct ViewState: Equatable, Sendable {
    package private(set) var market = 0
    package private(set) var strategy = 0
    package private(set) var isHelpShown = false
    package private(set) var isPaused = false
    /// Market seconds per second that were asked for; nil is the session's own pace.
    package private(set) var speed: Double?
    /// The session is to end.
    package private(set) var wantsEnd = false

    /// What `+` and `-` go through.
    static let speeds: [Double] = [
        0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000,
    ]

    package init() {}

    /// Does what a key stands for.
    package mutating func take(_ key: Key, _ session: SessionSnapshot?) {
        switch key {
        case .character("q"), .character("Q"): wantsEnd = true
        case .character("?"), .character("h"): isHelpShown.toggle()
        case .escape: isHelpShown = false
        case .character("p"), .character(" "):
            if session?.title.isSimulated == true { isPaused.toggle() }
        case .character("+"), .character("="): change(session) { now in Self.speeds.first { $0 > now } }
        case .character("-"): change(session) { now in Self.speeds.last { $0 < now } }
        case .left: choose(market: market - 1, session)
        case .right: choose(market: market + 1, session)
        case .up, .backTab: choose(strategy: strategy - 1, session)
        case .down, .tab: choose(strategy: strategy + 1, session)
        case .character, .redraw: break
        }
    }

    private mutating func change(_ session: SessionSnapshot?, to next: (Double) -> Double?) {
        guard let session, session.title.isSimulated, let now = speed ?? session.progress.speed else {
            return
        }
        speed = next(now) ?? now
    }

    private mutating func choose(market index: Int, _ session: SessionSnapshot?) {
        guard let count = session?.title.markets.count, count > 0 else { return }
        market = (index + count) % count
    }

    /// Chooses a strategy, and with it the first of its markets.
    private mutating func choose(strategy index: Int, _ session: SessionSnapshot?) {
        guard let strategies = session?.strategies, !strategies.isEmpty else { return }
        strategy = (index + strategies.count) % strategies.count
        market = strategies[strategy].market
    }
}
