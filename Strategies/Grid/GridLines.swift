import MarketModel
import Quantities

/// The prices of a grid: in equal proportions from one line to the next, on the steps of the market.
struct GridLines: Equatable, Sendable {
    /// Each as many times the one below.
    let ratio: Double
    private let levels: Int

    /// How far apart the lines are, in basis points.
    let spacing: Double

    init(_ parameters: Grid.Parameters) {
        levels = parameters.levels
        if parameters.hasBounds {
            let width = SignalMath.log(Double(parameters.upper) / Double(parameters.lower))
            ratio = SignalMath.exp(width / Double(2 * parameters.levels))
            spacing = (ratio - 1) * 10_000
        } else {
            ratio = 1 + parameters.spacing / 10_000
            spacing = parameters.spacing
        }
    }

    /// The cells of a grid around a price, the lowest first; nil when two lines are less than a tick apart or
    /// one is not positive.
    func cells(around centre: Double, tick: Price) -> [GridCell]? {
        var prices: [Price] = []
        for line in -levels...levels {
            let exact = centre * SignalMath.exp(SignalMath.log(ratio) * Double(line))
            guard let price = Price(signal: exact, step: tick, .toNearestOrEven), price.isPositive else {
                return nil
            }
            if let last = prices.last, price <= last { return nil }
            prices.append(price)
        }
        return zip(prices, prices.dropFirst()).map { GridCell(lower: $0, upper: $1) }
    }

    /// The middle of a grid with bounds, as proportions go.
    static func middle(_ lower: Price, _ upper: Price) -> Double {
        (Double(lower) * Double(upper)).squareRoot()
    }
}
