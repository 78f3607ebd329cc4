import Journal

/// What the market did after the fills of a side, some time later, seen from that side.
package struct MarkoutFigures: Equatable, Sendable {
    /// Milliseconds after the fill that runs record; 0 is the moment of the fill.
    package static let horizons: [Int64] = [0, 1_000, 5_000, 30_000]

    package var side: String
    package var afterMilliseconds: Int64
    /// In basis points of the fill's price; above zero the market went the fill's way.
    package var basisPoints: Sample
    /// The sum in the quote asset, of the fills that are known.
    package var value: Double
    /// Fills whose mid at that time is not known: the run ended before, or there was no price.
    package var unknown: Int

    package init(_ fills: [TrackedFill], side: String, afterMilliseconds: Int64) {
        self.side = side
        self.afterMilliseconds = afterMilliseconds
        let ours = fills.filter { $0.row.side == side }
        basisPoints = Sample(ours.compactMap { $0.basisPoints(after: afterMilliseconds) })
        value = ours.reduce(0) { $0 + ($1.gain(after: afterMilliseconds) ?? 0) * $1.quantity }
        unknown = ours.count - basisPoints.count
    }

    package static func all(_ fills: [TrackedFill]) -> [MarkoutFigures] {
        ["buy", "sell"].flatMap { side in
            horizons.map { MarkoutFigures(fills, side: side, afterMilliseconds: $0) }
        }
    }

    /// `1 s`; the moment of the fill is `at fill`.
    package var label: String { Self.label(afterMilliseconds) }

    package static func label(_ milliseconds: Int64) -> String {
        milliseconds == 0 ? "at fill" : "\(milliseconds / 1_000) s"
    }
}
