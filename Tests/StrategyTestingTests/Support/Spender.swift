import MarketModel
import Quantities
import StrategyKit
import StrategyTesting

/// Buys for a fixed sum at every trade, while it has no order.
struct Spender: Strategy {
    static let name = "spender"

    struct Parameters: StrategyParameters {
        var sum = Notional(25)

        static var schema: [Parameter<Self>] {
            [.notional("sum", \.sum, in: Notional.zero...Notional(1_000_000), "How much it spends.")]
        }
    }

    let parameters: Parameters
    let market: Market

    init(_ parameters: Parameters, _ setup: StrategySetup) {
        self.parameters = parameters
        market = setup.market
    }

    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) {
        guard desk.openOrders(in: market.id).isEmpty else { return }
        desk.buy(spending: parameters.sum, in: market.id)
    }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        if case .closed(.filled) = order.state { desk.note("for \(order.filledNotional)") }
    }
}
