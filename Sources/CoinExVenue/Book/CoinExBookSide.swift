import MarketModel
import Quantities

/// A level with the numbers of digits behind the points of its texts.
package struct CoinExBookLevel: BitwiseCopyable, Equatable, Sendable {
    package var price: Price
    package var quantity: Quantity
    package var priceDecimals: UInt8
    package var quantityDecimals: UInt8

    package init(price: Price, quantity: Quantity, priceDecimals: UInt8, quantityDecimals: UInt8) {
        self.price = price
        self.quantity = quantity
        self.priceDecimals = priceDecimals
        self.quantityDecimals = quantityDecimals
    }
}

/// One side of the book: at most some dozens of levels, the best one last.
package struct CoinExBookSide: Equatable, Sendable {
    package let side: Side
    /// Worst first.
    private var levels: [CoinExBookLevel] = []

    package init(_ side: Side) { self.side = side }

    package var count: Int { levels.count }
    package var isEmpty: Bool { levels.isEmpty }
    package var best: CoinExBookLevel? { levels.last }

    /// The level at a distance from the best.
    package subscript(depth: Int) -> CoinExBookLevel { levels[levels.count - 1 - depth] }

    package mutating func removeAll() { levels.removeAll(keepingCapacity: true) }

    /// Sets what rests at a price, with the digits of both; zero removes the level.
    package mutating func set(_ level: CoinExBookLevel) {
        var index = levels.count
        switch side {
        case .buy: while index > 0, levels[index - 1].price >= level.price { index -= 1 }
        case .sell: while index > 0, levels[index - 1].price <= level.price { index -= 1 }
        }
        if index < levels.count, levels[index].price == level.price {
            if level.quantity.isZero {
                levels.remove(at: index)
            } else {
                levels[index] = level
            }
        } else if !level.quantity.isZero {
            levels.insert(level, at: index)
        }
    }
}
