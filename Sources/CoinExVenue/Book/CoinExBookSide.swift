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
    /// A level, and its text in the checksum: made when the level comes, and not with every change of the book.
    private struct Entry: BitwiseCopyable, Sendable {
        var level: CoinExBookLevel
        var text: CoinExLevelText

        init(_ level: CoinExBookLevel) {
            self.level = level
            text = CoinExLevelText(level)
        }
    }

    package let side: Side
    /// Worst first.
    private var entries: [Entry] = []

    package init(_ side: Side) { self.side = side }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }
    package var best: CoinExBookLevel? { entries.last?.level }

    /// The level at a distance from the best.
    package subscript(depth: Int) -> CoinExBookLevel { entries[entries.count - 1 - depth].level }

    /// Its text in the checksum.
    func text(_ depth: Int) -> CoinExLevelText { entries[entries.count - 1 - depth].text }

    package mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// Sets what rests at a price, with the digits of both; zero removes the level.
    package mutating func set(_ level: CoinExBookLevel) {
        var index = entries.count
        switch side {
        case .buy: while index > 0, entries[index - 1].level.price >= level.price { index -= 1 }
        case .sell: while index > 0, entries[index - 1].level.price <= level.price { index -= 1 }
        }
        if index < entries.count, entries[index].level.price == level.price {
            if level.quantity.isZero {
                entries.remove(at: index)
            } else {
                entries[index] = Entry(level)
            }
        } else if !level.quantity.isZero {
            entries.insert(Entry(level), at: index)
        }
    }

    package static func == (a: CoinExBookSide, b: CoinExBookSide) -> Bool {
        a.side == b.side && a.entries.elementsEqual(b.entries) { $0.level == $1.level }
    }
}
