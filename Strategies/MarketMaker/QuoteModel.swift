import MarketModel
import Quantities

/// Where a market maker should quote: the model of Avellaneda and Stoikov (2008), in relative
/// prices.
///
/// The paper has a reservation price `r = s - q γ σ² τ` and quotes at `r ± δ` with `δ = γ σ² τ / 2
/// + ln(1 + γ / κ) / γ`. Its γ and κ depend on the price and on the unit of quantity; here they are
/// expressed by figures that mean the same in every market:
///
/// - prices are fractions of the mid price, so `V² = σ² τ` is the variance of the return over the
///   horizon;
/// - inventory is a fraction of its limit, `q` from -1 to 1, and one order is `z = order size /
///   limit` of it;
/// - `D = 1 / κ` is the distance at which fills become e times rarer (`fill_depth`);
/// - risk aversion is `a = γ / κ` for the whole limit, so `a z` for one order.
///
/// Then the shift is `q a V² / D`, and half the spread `a z V² / (2 D) + D ln(1 + a z) / (a z)`,
/// which for small risk aversion is D itself. The maker fee is added, so that the spread is what is
/// left after fees.
@usableFromInline
struct QuoteModel: Sendable {
    /// Distances of the quotes from the mid price, as fractions of it; negative is beyond the mid.
    @usableFromInline struct Distances: Equatable, Sendable {
        var bid = 0.0
        var ask = 0.0
        /// The target prices as multiples of the mid price.
        @usableFromInline var bidFactor = 1.0
        @usableFromInline var askFactor = 1.0
    }

    /// `a / D`: the shift per unit of inventory and variance.
    private let lean: Double
    /// `a z / (2 D)`: half the spread per unit of variance.
    private let widening: Double
    /// `D ln(1 + a z) / (a z)`: half the spread without volatility.
    private let quietHalf: Double
    private let minimumHalf: Double
    private let fee: Double
    private let horizon: Double

    init(_ parameters: MarketMaker.Parameters, _ rules: MarketRules) {
        let depth = parameters.fillDepth / 10_000
        let share = Double(parameters.orderSize) / Double(parameters.maxInventory)
        let orderAversion = parameters.riskAversion * share
        lean = parameters.riskAversion / depth
        widening = orderAversion / (2 * depth)
        // The series is exact to 1e-9 where the quotient would lose its digits.
        quietHalf =
            orderAversion < 1e-4
            ? depth * (1 - orderAversion / 2)
            : depth * SignalMath.log(1 + orderAversion) / orderAversion
        minimumHalf = parameters.minSpread / 20_000
        fee = parameters.coverFees ? Double(rules.makerFee) : 0
        horizon = parameters.horizon.seconds
    }

    /// - Parameters:
    ///   - variance: of the return per second.
    ///   - inventory: what is held beyond the target, as a fraction of the limit.
    func distances(variance: Double, inventory: Double) -> Distances {
        let spread = variance * horizon
        let shift = inventory * lean * spread
        let half = max(0, max(quietHalf + widening * spread, minimumHalf) + fee)
        return Distances(
            bid: half + shift, ask: half - shift, bidFactor: 1 - half - shift,
            askFactor: 1 + half - shift)
    }
}
