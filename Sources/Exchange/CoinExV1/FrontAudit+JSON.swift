import MarketModel
import Quantities
import WireCodecs

extension CoinExFront {
    /// The audit with every account's balances, orders and deals as one JSON object: `{"sound": true, …}`.
    ///
    /// At most 1,000 rows of a kind are told of each account, the newest ones.
    package mutating func auditJSON() -> String {
        let audit = core.audit()
        var json = JSONWriter(capacity: 64 << 10)
        json.object { json in
            json.key("sound")
            json.bool(audit.isSound)
            json.key("problems")
            json.array { json in
                for fault in audit.faults { json.string("\(fault)") }
            }
            json.key("assets")
            json.array { json in
                for index in names.assets.indices { write(audit, asset: index, to: &json) }
            }
            json.key("accounts")
            json.array { json in
                for row in people.rows { write(row, to: &json) }
            }
            json.key("faults")
            json.array { json in
                for row in faults.counts {
                    json.object { json in
                        json.key("kind")
                        json.string(row.kind.rawValue)
                        json.key("count")
                        json.int(Int64(row.count))
                    }
                }
            }
        }
        return json.withBytes { String(decoding: $0, as: UTF8.self) } + "\n"
    }

    private func write(_ audit: ExchangeAudit, asset: Int, to json: inout JSONWriter) {
        json.object { json in
            json.key("asset")
            json.string(names.assets[asset])
            json.key("deposited")
            json.shortest(audit.deposited[asset])
            json.key("owned")
            json.shortest(audit.owned[asset])
            json.key("crowd")
            json.shortest(audit.crowds[asset])
            json.key("fees")
            json.shortest(audit.fees[asset])
        }
    }

    private func write(_ row: FrontPeople.Row, to json: inout JSONWriter) {
        let page = PageRequest(limit: Self.rowsMax)
        json.object { json in
            json.key("name")
            json.string(row.name)
            json.key("balances")
            list(&json, { () throws(ExchangeRefusal) in try core.balances(of: row.id) }) { balance, json in
                json.key("asset")
                json.string(names[balance.asset])
                json.key("available")
                json.shortest(balance.available)
                json.key("frozen")
                json.shortest(balance.frozen)
            }
            json.key("open")
            list(
                &json,
                { () throws(ExchangeRefusal) in
                    try core.pendingOrders(of: row.id, RowFilter(), page).rows
                }
            ) {
                write($0, to: &$1)
            }
            json.key("stops")
            list(
                &json,
                { () throws(ExchangeRefusal) in
                    try core.pendingStops(of: row.id, RowFilter(), page).rows
                }
            ) {
                stop, json in
                json.key("id")
                json.uint(stop.id.raw)
                json.key("market")
                json.string(names[stop.market].name)
                json.key("side")
                json.string("\(stop.side)")
                json.key("amount")
                json.shortest(stop.amount)
                json.key("stop_price")
                json.shortest(stop.stopPrice)
                json.key("client_id")
                json.string("\(stop.clientID)")
            }
            json.key("ended")
            list(
                &json,
                { () throws(ExchangeRefusal) in
                    try core.finishedOrders(of: row.id, RowFilter(), page).rows
                }
            ) {
                write($0, to: &$1)
            }
            json.key("deals")
            list(
                &json,
                { () throws(ExchangeRefusal) in
                    try core.deals(of: row.id, RowFilter(), page).rows
                }
            ) {
                write($0, to: &$1)
            }
        }
    }

    private func list<Row>(
        _ json: inout JSONWriter, _ rows: () throws(ExchangeRefusal) -> [Row],
        _ write: (Row, inout JSONWriter) -> Void
    ) {
        var found: [Row] = []
        do throws(ExchangeRefusal) {
            found = try rows()
        } catch {
            preconditionFailure("the exchange's own accounts can be asked: \(error)")
        }
        json.array { json in
            for row in found { json.object { write(row, &$0) } }
        }
    }

    private func write(_ order: ExchangeOrder, to json: inout JSONWriter) {
        json.key("id")
        json.uint(order.id.raw)
        json.key("market")
        json.string(names[order.market].name)
        json.key("side")
        json.string("\(order.side)")
        json.key("amount")
        json.shortest(order.amount)
        json.key("price")
        if let price = order.price { json.shortest(price) } else { json.null() }
        json.key("traded")
        json.shortest(order.dealBase)
        json.key("money")
        json.shortest(order.dealQuote)
        json.key("status")
        json.string("\(order.status.word)")
        json.key("client_id")
        json.string("\(order.clientID)")
    }

    private func write(_ deal: OwnDeal, to json: inout JSONWriter) {
        json.key("id")
        json.uint(deal.id.raw)
        json.key("order")
        json.uint(deal.order.raw)
        json.key("market")
        json.string(names[deal.market].name)
        json.key("side")
        json.string("\(deal.side)")
        json.key("amount")
        json.shortest(deal.quantity)
        json.key("price")
        json.shortest(deal.price)
        json.key("fee")
        json.shortest(deal.fee)
        json.key("fee_asset")
        json.string(names[deal.feeAsset])
    }
}
