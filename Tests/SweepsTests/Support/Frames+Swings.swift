import Quantities
import TestSupport

extension Frames {
    /// So many quotes that swing, with a little chance in them: ten a second, every fifth with a trade at it.
    static func swings(_ count: Int) -> [String] {
        var random = SeededRandom(seed: 7)
        var cents = 6_000_000
        return (0..<count).flatMap { index -> [String] in
            let trend = (index / 150) % 2 == 0 ? 1 : -1
            cents += trend * 60 + random.below(301) - 150
            let milliseconds = Int64(index) * 100
            let (bid, ask) = (price(cents), price(cents + 100))
            let quote = line(milliseconds, ticker(index + 1, bid, ask))
            guard index % 5 == 0 else { return [quote] }
            let at = random.chance(0.5) ? bid : ask
            let nanoseconds = (start + milliseconds) * 1_000_000 + 1
            return [quote, "\(nanoseconds) " + trade(index + 1, at, at: milliseconds)]
        }
    }

    private static func price(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 / 10)\(cents % 10)"
    }
}
