import MarketModel
import Quantities

/// When takers come and on which side: every taker makes more of them likely for a while.
///
/// A self-exciting (Hawkes) process, whose rate is held constant between two steps of the market. With
/// a branching ratio n each taker brings n others on average, and the mean rate is what was asked for.
struct TakerFlow: Equatable, Sendable {
    /// The added rate never exceeds so many times the mean rate.
    private static let excitationMax = 20.0
    /// How strongly a taker's side follows the side of the one before.
    private static let persistence = 0.25
    /// What a burst of news adds, in mean rates.
    private static let burstExcitation = 8.0

    private let meanRate: Double
    private let baseRate: Double
    /// What one taker adds to the rate.
    private let jump: Double
    /// The part of the added rate that is gone in a second.
    private let decay: Double
    private var excitation = 0.0
    private var lastSide: Side

    init(meanRate: Double, branching: Double, random: inout SeededRandom) {
        self.meanRate = meanRate
        baseRate = meanRate * (1 - branching)
        decay = meanRate * 0.25
        jump = branching * decay
        lastSide = random.chance(0.5) ? .buy : .sell
    }

    /// Takers per second, now.
    var rate: Double { baseRate + excitation }

    mutating func advance(seconds: Double) {
        excitation *= SignalMath.exp(-decay * seconds)
    }

    /// A taker comes: its side.
    mutating func next(random: inout SeededRandom) -> Side {
        excite(by: jump)
        if !random.chance(0.5 + Self.persistence) { lastSide = lastSide.opposite }
        return lastSide
    }

    mutating func burst() { excite(by: meanRate * Self.burstExcitation) }

    private mutating func excite(by rate: Double) {
        excitation = min(excitation + rate, meanRate * Self.excitationMax)
    }
}
