import Quantities

/// A price level: how much rests at a price.
@frozen public struct Level: BitwiseCopyable, Equatable, Sendable {
    public var price: Price
    public var quantity: Quantity

    @inlinable public init(price: Price, quantity: Quantity) {
        self.price = price
        self.quantity = quantity
    }
}

/// One side of a book: levels in a sorted array, the best one last.
///
/// Changes happen near the best price, so they are found by a short scan from the end and move few
/// levels; far ones are found by bisection.
@frozen public struct BookSide: Equatable, Sendable {
    public let side: Side
    /// Worst first, best last.
    @usableFromInline package var levels: [Level] = []

    @inlinable public init(_ side: Side) { self.side = side }

    /// How many levels the scan from the best price covers before it bisects.
    @usableFromInline static var scanLength: Int { 8 }

    @inlinable public var count: Int { levels.count }
    @inlinable public var isEmpty: Bool { levels.isEmpty }
    @inlinable public var best: Level? { levels.last }

    /// The level at a distance from the best: 0 is the best itself.
    @inlinable public subscript(depth: Int) -> Level { levels[levels.count - 1 - depth] }

    /// What rests at a price; zero when there is no such level.
    @inlinable
    public func quantity(at price: Price) -> Quantity {
        let index = lowerBound(price)
        return index < levels.count && levels[index].price == price ? levels[index].quantity : .zero
    }

    /// Sets what rests at a price; zero removes the level, unknown levels may be removed.
    @inlinable
    public mutating func set(_ price: Price, _ quantity: Quantity) {
        let index = lowerBound(price)
        if index < levels.count, levels[index].price == price {
            if quantity.isZero {
                levels.remove(at: index)
            } else {
                levels[index].quantity = quantity
            }
        } else if !quantity.isZero {
            levels.insert(Level(price: price, quantity: quantity), at: index)
        }
    }

    @inlinable public mutating func removeAll() { levels.removeAll(keepingCapacity: true) }

    /// Drops the worst levels until `limit` are left.
    @inlinable @inline(__always)
    public mutating func keepBest(_ limit: Int) {
        if levels.count > limit { levels.removeFirst(levels.count - limit) }
    }

    /// The index of the first level that is not worse than `price`.
    @inlinable @inline(__always)
    func lowerBound(_ price: Price) -> Int {
        // One search per side: the comparison in its loop is a single one.
        switch side {
        case .buy: firstIndex { $0 < price }
        case .sell: firstIndex { $0 > price }
        }
    }

    /// The index of the first level that is not worse: found by a scan from the best one, then by bisection.
    @inlinable @inline(__always)
    func firstIndex(_ isWorse: (Price) -> Bool) -> Int {
        var high = levels.count
        let scanEnd = max(0, high - Self.scanLength)
        while high > scanEnd {
            if isWorse(levels[high - 1].price) { return high }
            high -= 1
        }
        var low = 0
        while low < high {
            let middle = (low + high) >> 1
            if isWorse(levels[middle].price) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
