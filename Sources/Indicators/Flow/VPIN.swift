import MarketModel
import Quantities

/// The volume-synchronised probability of informed trading of Easley, López de Prado and O'Hara (2012), 0 to 1.
///
/// Trades fill buckets of equal volume; a trade that is larger than what is missing is split. The figure is the
/// mean, over the newest full buckets, of the difference between bought and sold volume, as a share of the
/// bucket. The paper guesses the sides from price changes; here the venue tells which side took. Begins when
/// `buckets` of them are full, and changes when one more is. Buckets are filled exactly. Constant cost; a
/// trade of many buckets costs at most as many steps as there are buckets in the window.
public struct VPIN: Indicator {
    public let bucket: Quantity
    @usableFromInline var imbalances: RollingSum
    @usableFromInline var filled = Quantity.zero
    @usableFromInline var bought = Quantity.zero

    /// - Parameters:
    ///   - bucket: the volume of one bucket, in the base asset; positive, others trap.
    ///   - buckets: how many full ones count, 1 to 1,000,000; others trap.
    public init(bucket: Quantity, buckets: Int = 50) {
        precondition(bucket.isPositive, "a bucket has a volume")
        self.bucket = bucket
        imbalances = RollingSum(length: buckets)
    }

    @inlinable public var value: Double? {
        imbalances.value.map { min(1, max(0, $0 / Double(imbalances.length))) }
    }

    @inlinable
    public mutating func add(_ trade: Trade) {
        guard trade.quantity.isPositive else { return }
        let missing = bucket - filled
        guard trade.quantity >= missing else { return fill(trade.quantity, trade.aggressor) }
        fill(missing, trade.aggressor)
        close()
        let rest = trade.quantity - missing
        guard rest >= bucket else { return fill(rest, trade.aggressor) }
        // More than fill the window leave it as it is.
        for _ in 0..<min(rest.steps(of: bucket), imbalances.length) { imbalances.add(1) }
        fill(Quantity(raw: rest.raw % bucket.raw), trade.aggressor)
    }

    @inlinable
    mutating func fill(_ quantity: Quantity, _ side: Side) {
        filled += quantity
        switch side {
        case .buy: bought += quantity
        case .sell: break
        }
    }

    @inlinable
    mutating func close() {
        imbalances.add((2 * Double(bought) / Double(bucket) - 1).magnitude)
        filled = .zero
        bought = .zero
    }
}
