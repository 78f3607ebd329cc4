import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// What a running session is like at one moment: plain values, for somebody who looks at it.
///
/// Made between events and only when somebody asks. Everything that could be long is bounded: levels and own
/// orders of the one market that is shown, fills and messages, moments of the profit.
package struct SessionSnapshot: Equatable, Sendable {
    /// Levels per side of the market that is shown.
    package static let levelsMax = 128
    /// Own orders of the market that is shown; the oldest are left out.
    package static let ordersMax = 256
    /// Moments of the profit; more are thinned.
    package static let profitsMax = 240

    /// What the session is called: mode, seed, markets and strategies.
    package var title: Title
    package var progress: Progress
    /// The market that is shown in depth.
    package var book: Book
    /// All strategies, in the order of the configuration.
    package var strategies: [Strategy]
    /// Every strategy in every of its markets, in the order of the configuration.
    package var standings: [Standing]
    /// The requests that were made, by endpoint group, and all together.
    package var rates: [Rate]
    /// Requests that wait for their turn.
    package var waiting: Int
    package var counters: Counters
    /// The newest last.
    package var fills: [FillNews]
    /// The newest last.
    package var messages: [Message]
    /// The profit of all strategies together over time, the newest last.
    package var profits: [Notional]

    package var profit: Notional { standings.reduce(.zero) { $0 + $1.profit } }
    package var unknownOrders: Int { strategies.reduce(0) { $0 + $1.unknownOrders } }
}

extension SessionSnapshot {
    package struct Title: Equatable, Sendable {
        package var mode: String
        package var seed: UInt64
        /// By market.
        package var markets: [String]
        /// The quote asset of the first market, in which profits are counted.
        package var currency: String
        /// Whether time can be held and its pace be changed.
        package var isSimulated: Bool
    }

    package struct Progress: Equatable, Sendable {
        /// The time of the market.
        package var now: Instant
        package var start: Instant
        /// nil when the session has no end of its own.
        package var end: Instant?
        /// Since the session began, by the clock on the wall.
        package var wallTime: Interval
        /// Market seconds per second; nil is as fast as it goes.
        package var speed: Double?
        package var isPaused: Bool
        package var events: Int
        package var decisions: Int
    }

    package struct Book: Equatable, Sendable {
        package enum State: Equatable, Sendable {
            /// Nothing is known of the market yet.
            case empty
            case live
            case suspect
            case stale
        }

        /// An own order that lives.
        package struct Order: Equatable, Sendable {
            package var strategy: Int
            package var side: Side
            /// The limit, or the trigger of a stop order; zero for an order at market.
            package var price: Price
            package var remaining: Quantity
            package var phase: ActivePhase
            package var isCancelRequested: Bool
            package var isStop: Bool
        }

        package var market: Int
        package var state: State
        /// Best first.
        package var bids: [Level]
        /// Best first.
        package var asks: [Level]
        package var lastTrade: Trade?
        /// Oldest first.
        package var orders: [Order]
        /// Digits after the point.
        package var priceDecimals: Int
        package var quantityDecimals: Int
    }

    package struct Strategy: Equatable, Sendable {
        package var label: String
        package var status: StrategyStatus
        package var step: LadderStep
        package var limits: LadderLimits
        package var drawdown: Notional
        package var drawdownMax: Notional
        package var openOrders: Int
        package var unknownOrders: Int
        /// The first of its markets.
        package var market: Int
    }

    package struct Standing: Equatable, Sendable {
        package var strategy: Int
        package var market: Int
        package var position: Quantity
        package var averagePrice: Price?
        /// After fees, the open quantity valued at the mark.
        package var profit: Notional
        package var fills: Int
        package var priceDecimals: Int
        package var quantityDecimals: Int
    }

    package struct Rate: Equatable, Sendable {
        package var name: String
        /// Requests in the window that ends now.
        package var used: Int
        package var limit: RateLimit
    }

    package struct FillNews: Equatable, Sendable {
        package var fill: Fill
        package var priceDecimals: Int
        package var quantityDecimals: Int
    }

    /// Something that a person should know.
    package struct Message: Equatable, Sendable {
        package enum Urgency: Equatable, Sendable {
            case note
            case warning
            /// Somebody should look at the account.
            case alarm
        }

        package var at: Instant
        package var urgency: Urgency
        package var text: String
    }
}
