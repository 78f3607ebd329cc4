import MarketModel
import Quantities
import StrategyKit

/// The books with the own orders in them, the open orders and what is held, as text.
struct StagePicture: Equatable, Sendable {
    let at: Interval
    let lines: [String]

    init(_ desk: borrowing Desk, _ table: MarketTable, at: Interval) {
        self.at = at
        let words = OrderText(table: table)
        var own: [OwnOrder] = []
        for slot in desk.orders.active where desk.orders.slots[Int(slot)].strategy == StrategyID(0) {
            own.append(desk.orders.slots[Int(slot)])
        }
        var lines: [String] = []
        for market in table.markets {
            let index = Int(market.id.index)
            let orders = own.filter { $0.market == market.id }
            lines.append("book of \(market.name)\(Self.remark(desk.readability[index]))")
            lines += BookPicture(market, desk.states[index], orders, words).lines.map { "    " + $0 }
        }
        lines.append(own.isEmpty ? "no open orders" : "open orders")
        lines += own.map { "    " + Self.line($0, words) }
        for market in table.markets {
            let position = desk.positions[Int(market.id.index)]
            let name = table.markets.count > 1 ? " in \(market.name)" : ""
            let price = position.averagePrice.map { " @ \(words.price($0, market.id))" } ?? ""
            lines.append("position\(name) \(position.quantity)\(price)")
        }
        let balances = table.assets.enumerated().map { index, name in
            "\(desk.balances[index].total) \(name)"
        }
        lines.append("account " + balances.joined(separator: ", "))
        self.lines = lines
    }

    private static func remark(_ state: BookStateChange.State) -> String {
        switch state {
        case .live: ""
        case .suspect: ", not readable"
        case .stale: ", stale"
        }
    }

    private static func line(_ order: OwnOrder, _ words: OrderText) -> String {
        let state: String
        switch order.state {
        case .active(let phase): state = "\(phase)"
        case .closed: state = "closed"
        }
        let filled = order.filled.isZero ? "" : ", \(order.filled) filled"
        let leaving = order.isCancelRequested ? ", cancel requested" : ""
        return "\(order.id) \(words.ticket(order.ticket)): \(state)\(filled)\(leaving)"
    }
}
