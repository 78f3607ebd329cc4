import MarketModel
import Quantities

/// A venue of the test: one market, one account, and answers in the venue's words. Fills come when the test says so.
struct ModelVenue {
    struct Order {
        var id: UInt64
        var client: String
        var side: String
        var price: String
        var amount: Quantity
        var filled = Quantity.zero
        var isOpen = true
        var deals: [(id: UInt64, amount: Quantity)] = []

        var status: String {
            if isOpen { return filled.isZero ? "not_deal" : "part_deal" }
            return filled == amount ? "done" : "cancel"
        }

        var text: String {
            LiveStage.order(
                id, status, client: client, amount: "\(amount)", filled: "\(filled)", price: price, side: side
            )
        }
    }

    private(set) var orders: [Order] = []
    /// Pushes that are to be sent, in order.
    var pushes: [ModelPush] = []
    /// Whether a modified order keeps its client id.
    let keepsNames: Bool
    private var lastID: UInt64 = 1_000
    private var lastDeal: UInt64 = 50_000

    init(keepsNames: Bool) { self.keepsNames = keepsNames }

    var open: [Order] { orders.filter(\.isOpen) }

    /// What was bought, less what was sold.
    var position: Quantity {
        orders.reduce(.zero) { $1.side == "buy" ? $0 + $1.filled : $0 - $1.filled }
    }

    // MARK: - What happens by itself

    /// Fills an open order by a part or wholly.
    mutating func fill(_ id: UInt64, _ part: Quantity) {
        guard let index = orders.firstIndex(where: { $0.id == id && $0.isOpen }) else { return }
        let amount = min(part, orders[index].amount - orders[index].filled)
        lastDeal += 1
        orders[index].filled += amount
        orders[index].deals.append((lastDeal, amount))
        if orders[index].filled == orders[index].amount { orders[index].isOpen = false }
        pushes.append(.deal(orders[index], lastDeal, amount))
        pushes.append(.order(orders[index].isOpen ? 2 : 3, orders[index], lastDeal, amount))
    }

    // MARK: - Requests

    /// Carries a request out; the whole body of the answer.
    mutating func answer(_ asked: Asked) -> String {
        switch asked.call {
        case "POST /order/limit": return whole(place(asked.value("client_id"), asked))
        case "POST /order/limit/batch": return whole(placeBatch(asked))
        case "POST /order/modify": return modify(asked)
        case "DELETE /order/pending": return cancel { "\($0.id)" == asked.value("id") }
        case "DELETE /order/pending/by_client_id": return cancelByName(asked.value("client_id"))
        case "GET /order/status":
            let found = orders.first {
                "\($0.id)" == asked.value("id") && ($0.isOpen || $0.filled.isPositive)
            }
            return found.map { whole($0.text) } ?? Self.refusal(600)
        case "GET /order/pending": return whole(list(open, asked))
        case "GET /order/finished":
            return whole(list(orders.filter { !$0.isOpen && $0.filled.isPositive }, asked))
        case "GET /order/stop/pending": return whole(LiveStage.page([]))
        case "GET /order/deals":
            let found = orders.first { "\($0.id)" == asked.value("id") }
            return whole(
                LiveStage.page((found?.deals ?? []).reversed().map { row($0, found, isNamed: false) }))
        case "GET /order/user/deals":
            let all = orders.flatMap { order in order.deals.map { ($0, order) } }.sorted { $0.0.id > $1.0.id }
            return whole(LiveStage.page(all.map { row($0.0, $0.1, isNamed: true) }))
        case "GET /balance/info":
            return whole(
                #"{"BTC":{"available":"1000","frozen":"0"},"USDT":{"available":"1000000","frozen":"0"}}"#)
        default: return Self.refusal(2)
        }
    }

    private func row(_ deal: (id: UInt64, amount: Quantity), _ order: Order?, isNamed: Bool) -> String {
        LiveStage.deal(
            deal.id, of: isNamed ? order?.id : nil, "\(deal.amount)", price: order?.price ?? "1")
    }

    private func list(_ orders: [Order], _ asked: Asked) -> String {
        let name = asked.value("client_id")
        return LiveStage.page(orders.filter { name.isEmpty || $0.client == name }.map(\.text))
    }

    private mutating func place(_ client: String, _ asked: Asked) -> String {
        add(
            client, asked.value("type"), asked.value("price"), try! Quantity(asked.value("amount")))
    }

    private mutating func placeBatch(_ asked: Asked) -> String {
        // The orders stand in a text: quotes are escaped in it.
        let rows = asked.parameters.split(separator: "{").dropFirst().map { part in
            let row = Asked(asked, parameters: String(part).replacing("\\\"", with: "\""))
            return #"{"code":0,"data":\#(place(row.value("client_id"), row)),"message":"OK"}"#
        }
        return "[\(rows.joined(separator: ","))]"
    }

    private mutating func add(_ client: String, _ side: String, _ price: String, _ amount: Quantity) -> String
    {
        lastID += 1
        orders.append(Order(id: lastID, client: client, side: side, price: price, amount: amount))
        pushes.append(.order(1, orders[orders.count - 1], 0, .zero))
        return orders[orders.count - 1].text
    }

    private mutating func modify(_ asked: Asked) -> String {
        guard let index = orders.firstIndex(where: { "\($0.id)" == asked.value("id") && $0.isOpen }) else {
            return Self.refusal(600)
        }
        orders[index].isOpen = false
        let old = orders[index]
        pushes.append(.order(3, old, 0, .zero))
        return whole(
            add(
                keepsNames ? old.client : "", old.side, asked.value("price"),
                try! Quantity(asked.value("amount"))))
    }

    private mutating func cancel(_ isIt: (Order) -> Bool) -> String {
        guard let index = orders.firstIndex(where: { $0.isOpen && isIt($0) }) else {
            return Self.refusal(600)
        }
        let before = orders[index].text
        orders[index].isOpen = false
        pushes.append(.order(3, orders[index], 0, .zero))
        return whole(before)
    }

    private mutating func cancelByName(_ name: String) -> String {
        guard let index = orders.firstIndex(where: { $0.isOpen && $0.client == name }) else {
            return whole("[]")
        }
        let before = orders[index].text
        orders[index].isOpen = false
        pushes.append(.order(3, orders[index], 0, .zero))
        return whole(#"[{"code":0,"order":\#(before),"message":""}]"#)
    }

    private func whole(_ data: String) -> String { #"{"code":0,"data":\#(data),"message":"Ok"}"# }
    static func refusal(_ code: Int) -> String { #"{"code":\#(code),"data":{},"message":"no"}"# }
}

/// A push of the model venue.
enum ModelPush {
    case order(Int, ModelVenue.Order, UInt64, Quantity)
    case deal(ModelVenue.Order, UInt64, Quantity)
}

extension Asked {
    /// A part of a request.
    init(_ asked: Asked, parameters: String) {
        request = asked.request
        call = asked.call
        self.parameters = parameters
    }
}
