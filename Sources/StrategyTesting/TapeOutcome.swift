import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// What a tape left behind.
public struct TapeOutcome: Equatable, Sendable {
    /// What the strategy holds at the end, per market of the setup.
    public var positions: [Quantity]
    /// The living orders at the end.
    public var openOrders: Int
    public var fills: Int
    /// What the strategy told the person who runs it, in order.
    public var notes: [String]
    /// How many requests were sent.
    public var decisions: Int
    /// The hash over all of them.
    public var hash: String

    /// What the strategy holds at the end in the first market.
    public var position: Quantity { positions[0] }

    init(_ stage: any TapeStage, _ log: TapeLog) {
        let markets = log.words.table.markets.count
        positions = stage.look { desk in (0..<markets).map { desk.positions[$0].quantity } }
        openOrders = stage.look { desk in desk.orders.active.count }
        fills = stage.fillCount
        notes = log.notes
        decisions = stage.chain.count
        hash = stage.chain.text
    }
}
