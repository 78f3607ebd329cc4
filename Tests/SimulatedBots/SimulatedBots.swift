import EmaCrossStrategy
import GridStrategy
import LiveSimulation
import MarketMakerStrategy
import MarketModel
import Quantities
import StrategyKit

/// The bots that are simulated by the house itself.
package enum SimulatedBots {
    /// In units of the base asset of the first market.
    private static let size = Quantity(raw: 20_000_000_000)

    package static let churn = SimulatedStrategy("churn", markets: ["BTCUSDT"]) { Churn($0, size: size) }

    /// Orders that the market fills in many parts.
    package static let heavyChurn = SimulatedStrategy("heavy-churn", markets: ["BTCUSDT"]) {
        Churn($0, size: size * 20)
    }

    /// For sessions of seconds: one that does anything, and one that quotes.
    package static let short = [churn, maker]

    package static let maker = SimulatedStrategy("market-maker", markets: ["ETHUSDT"], quotes: true) {
        setup in
        var parameters = MarketMaker.Parameters()
        parameters.orderSize = size * 10
        parameters.maxInventory = size * 50
        parameters.coverFees = false
        parameters.sampleInterval = .milliseconds(500)
        return try MarketMaker(parameters, setup)
    }

    package static let grid = SimulatedStrategy("grid", markets: ["LTCUSDT"], quotes: true) { setup in
        var parameters = Grid.Parameters()
        parameters.orderSize = size * 10
        parameters.levels = 5
        parameters.spacing = 41
        parameters.recentre = .both
        return try Grid(parameters, setup)
    }

    package static let taker = SimulatedStrategy("ema-cross", markets: ["LTCUSDT"]) { setup in
        var parameters = EmaCross.Parameters()
        parameters.quantity = size * 20
        parameters.fast = .seconds(2)
        parameters.slow = .seconds(6)
        parameters.threshold = 0.2
        parameters.allowShort = true
        return try EmaCross(parameters, setup)
    }

    /// Which of them trade under a seed: each alone now and then, mostly several.
    package static func crew(seed: UInt64) -> [SimulatedStrategy] {
        switch seed % 6 {
        case 0: [churn]
        case 1: [maker]
        case 2: [grid]
        case 3: [churn, maker, taker]
        case 4: [grid, taker]
        default: [churn, maker, grid]
        }
    }
}
