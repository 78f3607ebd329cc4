import MarketModel
import Quantities

/// A book as text, asks above bids, with the own orders beside the levels at which they stand.
///
/// ```
/// 100.10 x 2
/// ----------
/// 100.00 x 1   #1 buy 0.01
///  99.50       #2 buy 0.01
/// ```
struct BookPicture {
    let lines: [String]

    /// Levels of a side that are shown; own orders are shown however deep they stand.
    static let levelsMax = 5

    private struct Line {
        var price: Price
        var side: Side
        var size: Quantity?
        var own: [String]
    }

    init(_ market: Market, _ state: MarketState, _ orders: [OwnOrder], _ words: OrderText) {
        var found: [Line] = []
        for side in [Side.sell, .buy] {
            for level in Self.levels(state, side) {
                found.append(Line(price: level.price, side: side, size: level.quantity, own: []))
            }
        }
        for order in orders where order.ticket.kind == .limit {
            let text = "\(order.id) \(order.side) \(order.remaining)"
            if let index = found.firstIndex(where: { $0.price == order.price && $0.side == order.side }) {
                found[index].own.append(text)
            } else {
                found.append(Line(price: order.price, side: order.side, size: nil, own: [text]))
            }
        }
        let asks = found.filter { $0.side == .sell }.sorted { $0.price > $1.price }
        let bids = found.filter { $0.side == .buy }.sorted { $0.price > $1.price }
        let prices = (asks + bids).map { words.price($0.price, market.id) }
        let widest = prices.map(\.count).max() ?? 0
        let sizes = (asks + bids).map { line in line.size.map { " x \($0)" } ?? "" }
        let sizeWidth = sizes.map(\.count).max() ?? 0
        let texts = (asks + bids).enumerated().map { index, line in
            let price = TextColumns.right(prices[index], widest)
            let size = TextColumns.left(sizes[index], sizeWidth)
            return TextColumns.trimmed("\(price)\(size)   \(line.own.joined(separator: ", "))")
        }
        if texts.isEmpty {
            lines = ["(empty)"]
        } else {
            let rule = String(repeating: "-", count: widest + sizeWidth)
            lines = texts.prefix(asks.count) + [rule] + texts.suffix(bids.count)
        }
    }

    /// The best levels of a side: of the book where it is live, else of the quote.
    private static func levels(_ state: MarketState, _ side: Side) -> [Level] {
        let best = state.touch(side)
        guard state.book.isLive else { return best.map { [$0] } ?? [] }
        let book = side == .buy ? state.book.bids : state.book.asks
        return (0..<min(levelsMax, book.count)).map { book[$0] }
    }
}
