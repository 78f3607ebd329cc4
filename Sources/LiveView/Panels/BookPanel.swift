import MarketModel
import Quantities
import Runtime
import StrategyKit

/// The book of the chosen market with the own orders in it, asks above bids.
struct BookPanel: Panel {
    let picture: SessionPicture

    private var book: SessionSnapshot.Book { picture.session.book }
    private var glyphs: Glyphs { picture.glyphs }

    var leastHeight: Int { 8 }
    var usableHeight: Int { .max }

    var title: [(text: String, role: Role)] {
        let markets = picture.session.title.markets
        var parts: [(text: String, role: Role)] = [(glyphs.clean(markets[book.market]), .title)]
        if markets.count > 1 { parts.append(("\(book.market + 1)/\(markets.count)", .faint)) }
        switch book.state {
        case .live: break
        case .empty: parts.append(("no data yet", .warning))
        case .suspect: parts.append(("suspect", .alarm))
        case .stale: parts.append(("stale", .alarm))
        }
        return parts
    }

    /// A price with what rests there, of others and of ours.
    struct Row: Equatable {
        var price: Price
        /// nil where the book shows nothing at this price.
        var size: Quantity?
        var own = Quantity.zero
        /// What is to be known of the own orders here: see the help page.
        var mark = ""
        var isUnknown = false
    }

    func draw(_ screen: inout Screen, _ area: Area) {
        guard area.rows >= 3 else { return }
        let perSide = (area.rows - 1) / 2
        let asks = rows(.sell, perSide)
        let bids = rows(.buy, area.rows - 1 - perSide)
        let widths = Widths(asks + bids, book, area.columns)
        let deepest = (asks + bids).reduce(Quantity.zero) { max($0, $1.size ?? .zero) }
        for (index, row) in asks.enumerated() {
            draw(row, .ask, widths, deepest, &screen, area.column, area.row + perSide - 1 - index)
        }
        drawMiddle(&screen, area, area.row + perSide)
        for (index, row) in bids.enumerated() {
            draw(row, .bid, widths, deepest, &screen, area.column, area.row + perSide + 1 + index)
        }
    }

    // MARK: - Rows

    /// The best rows of a side, best first; where own orders stand further away, the last row is the nearest
    /// of them, an unknown one before all others.
    func rows(_ side: Side, _ count: Int) -> [Row] {
        let levels = side == .buy ? book.bids : book.asks
        var rows = levels.map { Row(price: $0.price, size: $0.quantity) }
        for order in book.orders where order.side == side && order.price.isPositive {
            let index: Int
            if let known = rows.firstIndex(where: { $0.price == order.price }) {
                index = known
            } else {
                index =
                    rows.firstIndex { side == .buy ? $0.price < order.price : $0.price > order.price }
                    ?? rows.count
                rows.insert(Row(price: order.price), at: index)
            }
            rows[index].own += order.remaining
            note(order, &rows[index])
        }
        guard rows.count > count, count > 0 else { return rows }
        var shown = Array(rows.prefix(count))
        let hidden = rows.dropFirst(count)
        if let far = hidden.first(where: \.isUnknown) {
            shown[count - 1] = far
        } else if shown[count - 1].own.isZero, let far = hidden.first(where: { !$0.own.isZero }) {
            shown[count - 1] = far
        }
        return shown
    }

    /// The most urgent mark of the orders at a price counts.
    private func note(_ order: SessionSnapshot.Book.Order, _ row: inout Row) {
        let ranks = ["", "s", "x", "~", "?"]
        let mark: String
        switch order.phase {
        case .unknown: mark = "?"
        case .created, .submitting: mark = "~"
        case .open: mark = order.isCancelRequested ? "x" : order.isStop ? "s" : ""
        }
        let known = ranks.firstIndex(of: row.mark) ?? 0
        if ranks.firstIndex(of: mark) ?? 0 > known { row.mark = mark }
        if order.phase == .unknown { row.isUnknown = true }
    }

    // MARK: - Drawing

    /// How wide the columns are: own orders, sizes, prices, and what is left for bars.
    private struct Widths {
        var own: Int
        var size: Int
        var price: Int
        var bar: Int

        init(_ rows: [Row], _ book: SessionSnapshot.Book, _ space: Int) {
            func widest(_ texts: [Int], _ least: Int, _ most: Int) -> Int {
                min(most, max(least, texts.max() ?? 0))
            }
            price = widest(
                rows.map { Figure($0.price, decimals: book.priceDecimals).text.count }, 7, space / 2 - 2)
            size = widest(
                rows.compactMap { row in
                    row.size.map { Figure($0, decimals: book.quantityDecimals).text.count }
                }, 6, max(4, (space - price - 4) / 2))
            own = widest(
                rows.map { $0.own.isZero ? 0 : Figure($0.own, decimals: book.quantityDecimals).text.count },
                size, max(4, space - price - size - 4))
            bar = max(0, space - own - size - price - 5)
        }
    }

    private func draw(
        _ row: Row, _ role: Role, _ widths: Widths, _ deepest: Quantity, _ screen: inout Screen,
        _ column: Int, _ line: Int
    ) {
        var column = column
        if row.own.isPositive {
            let text = Figure(row.own, decimals: book.quantityDecimals).text(columns: widths.own)
            let start = column + widths.own - text.count
            screen.write(
                text + (row.mark.isEmpty ? " " : row.mark), row.isUnknown ? .alarm : .own, column: start,
                row: line)
        }
        column += widths.own + 2
        let size = row.size.map {
            Figure($0, decimals: book.quantityDecimals).text(columns: widths.size)
        }
        let text = size ?? "-"
        screen.write(
            text, size == nil ? .faint : .plain, column: column + widths.size - text.count, row: line)
        column += widths.size + 1
        let price = Figure(row.price, decimals: book.priceDecimals).text(columns: widths.price)
        screen.write(price, role, column: column + widths.price - price.count, row: line)
        column += widths.price + 1
        guard widths.bar > 0, let depth = row.size, deepest.isPositive else { return }
        let share = Double(depth) / Double(deepest)
        let bar = Int((share * Double(widths.bar)).rounded())
        for cell in 0..<min(bar, widths.bar) {
            screen.put(glyphs.full, role, column: column + cell, row: line)
        }
    }

    /// The line between asks and bids: the last trade, and how far the sides are apart.
    private func drawMiddle(_ screen: inout Screen, _ area: Area, _ row: Int) {
        var column = area.column
        if let trade = book.lastTrade {
            let arrow = trade.aggressor == .buy ? glyphs.arrowUp : glyphs.arrowDown
            let price = Figure(trade.price, decimals: book.priceDecimals).text(columns: area.columns / 2)
            column = screen.write(
                "\(arrow) \(price)", trade.aggressor == .buy ? .gain : .loss, column: column, row: row)
        }
        guard let bid = book.bids.first?.price, let ask = book.asks.first?.price else {
            if book.bids.isEmpty, book.asks.isEmpty {
                screen.write(
                    glyphs.fit("no bids, no asks", area.column + area.columns - column), .faint,
                    column: column, row: row)
            }
            return
        }
        let spread = ask - bid
        let middle = (Double(ask) + Double(bid)) / 2
        let points = middle > 0 ? Double(spread) / middle * 10_000 : 0
        let apart = Figure(spread, decimals: book.priceDecimals).text(columns: 12)
        for text in [" spread \(apart)  \((points * 10).rounded() / 10) bp", " spread \(apart)"] {
            let start = area.column + area.columns - text.count - 1
            if start >= column {
                screen.write(text, .faint, column: start, row: row)
                return
            }
        }
    }
}
