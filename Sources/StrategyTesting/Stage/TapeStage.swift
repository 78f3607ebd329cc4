import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// An engine with a strategy in it, and a venue: what a tape is played on.
protocol TapeStage: AnyObject {
    /// Lets all happen that is due up to a time, in its order.
    func advance(to now: Instant)
    /// The market shows something; what follows from it at the same moment happens, too.
    func feed(_ event: MarketEvent)
    /// The venue does something by order of the tape.
    func play(_ action: VenueAction, at now: Instant) throws(TapeError)
    /// Ends the session.
    func stop(at now: Instant)
    func look<Result>(_ body: (borrowing Desk) -> Result) -> Result
    var chain: DecisionChain { get }
    var fillCount: Int { get }
}

enum TapeClock {
    /// Tapes begin here: the engine has no use for a time before all time.
    static let start = Instant(milliseconds: 86_400_000)

    static func instant(_ offset: Interval) -> Instant { start + offset }
    static func offset(_ instant: Instant) -> Interval { instant - start }
}

extension TapeSetup {
    func makeDesk(_ table: MarketTable, strategies: Int = 1) -> Desk {
        var desk = Desk(table: table, strategies: strategies, seed: seed, staleAfter: staleAfter)
        if let position {
            desk.positions[0].quantity = position.quantity
            do throws(ArithmeticError) {
                let cost = try position.quantity.times(position.price, .toNearestOrEven)
                desk.positions[0].openCost = cost
                desk.positions[0].cashFlow = -cost
            } catch {
                preconditionFailure("a position of a test has a value")
            }
        }
        return desk
    }

    func makeFloor(_ desk: borrowing Desk, strategies: Int = 1) -> TradingFloor {
        let ids = desk.table.markets.dropFirst(markets.count).map(\.id)
        return TradingFloor(
            risk: Array(repeating: RiskRules(risk.limits, watched: ids), count: strategies), limits: limits,
            desk)
    }
}
