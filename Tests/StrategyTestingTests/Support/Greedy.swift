import MarketModel
import Quantities
import StrategyKit
import StrategyTesting

/// Buys at the bid whenever it holds nothing and has no order; tells of refusals.
struct Greedy: Strategy {
    static let name = "greedy"

    struct Parameters: StrategyParameters {
        var size = Quantity(raw: 10_000_000_000)

        static var schema: [Parameter<Self>] {
            [.quantity("size", \.size, in: Quantity(raw: 1)...Quantity(1_000), "How much it buys.")]
        }
    }

    let parameters: Parameters
    let market: Market

    init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        guard parameters.size.isPositive else { throw StrategyError("size is not positive") }
        self.parameters = parameters
        market = setup.market
    }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market.id, desk.position(market.id).isFlat,
            desk.openOrders(in: market.id).isEmpty
        else { return }
        desk.place(.limit(.buy, parameters.size, at: quote.bid, in: market.id, .makerOnly))
    }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        if case .closed(.rejected(let refusal)) = order.state { desk.note("refused: \(refusal)") }
    }
}
