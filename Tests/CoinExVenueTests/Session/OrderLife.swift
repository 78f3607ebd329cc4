import CoinExVenue
import MarketModel
import Quantities
import VenueKit

/// The life of one order at the venue, and the messages that follow from it.
struct OrderLife {
    struct Part {
        var quantity: String
        var price: String
    }

    enum Ending {
        case filled
        case cancelled
        case open
    }

    var name: String
    var ticket: OrderTicket
    /// Fills on entry, which come with one push, and fills at rest, which come one by one.
    var entry: [Part] = []
    var rest: [Part] = []
    var ending: Ending
    /// What was left in the quote coin of a market buy that was placed in it; empty for all others.
    var dust = ""
    var number: UInt64 = 1_000
    var stopNumber: UInt64 = 0

    static let fee = try! FeeRate("0.002")
    var parts: [Part] { entry + rest }
    var endsOnEntry: Bool { ticket.endsAtOnce || (rest.isEmpty && ending == .filled) }
    var filled: Quantity { parts.reduce(.zero) { $0 + size($1.quantity) } }

    var closing: OrderState {
        switch ending {
        case .filled: .closed(.filled)
        case .cancelled: .closed(.cancelled)
        case .open: .active(.open)
        }
    }

    /// The pushes of orders and deals, in the order of their truth.
    func pushes(_ order: OrderID) -> [String] {
        var pushes: [String] = []
        for index in parts.indices { pushes.append(deal(index, order)) }
        if endsOnEntry { return pushes + [event(3, entry.count, order)] }
        pushes.append(event(1, entry.count, order))
        for count in rest.indices {
            let isLast = count == rest.count - 1 && ending == .filled
            pushes.append(event(isLast ? 3 : 2, entry.count + count + 1, order))
        }
        if ending == .cancelled { pushes.append(event(3, parts.count, order)) }
        return pushes
    }

    /// What a query about the order is answered with once it is over.
    func answer(_ order: OrderID) -> [VenueFact] {
        var facts = deals(order).map { VenueFact.deal($0) }
        let phase: OrderProgress.Phase
        switch ending {
        case .filled: phase = .filled
        case .cancelled: phase = .cancelled
        case .open: phase = .open
        }
        facts.append(
            .progress(
                OrderProgress(
                    order: order, venueOrder: VenueOrderID(number), phase: phase, filled: filled,
                    venueTime: Exchange.start)))
        return facts
    }

    func deals(_ order: OrderID) -> [Deal] {
        parts.enumerated().map { index, part in
            let value = notional(upTo: index + 1) - notional(upTo: index)
            return Deal(
                id: DealID(dealID(index)), market: MarketID(0), order: order,
                liquidity: index < entry.count ? .taker : .maker, price: price(part.price),
                quantity: size(part.quantity), notional: value, fee: fee(value),
                feeAsset: Exchange.usdt, venueTime: Exchange.start + .milliseconds(Int64(index)))
        }
    }

    private func size(_ text: String) -> Quantity { try! Quantity(text) }
    private func dealID(_ index: Int) -> UInt64 { number * 100 + UInt64(index) }
    private func fee(_ value: Notional) -> Amount {
        Amount(try! value.times(Self.fee, .towardZero))
    }

    private func notional(upTo count: Int) -> Notional {
        parts.prefix(count).reduce(.zero) {
            $0 + (try! price($1.price).times(size($1.quantity), .towardZero))
        }
    }

    private func time(_ index: Int) -> String { "1640000000.\(String(1_000 + index).suffix(3))" }

    private func deal(_ index: Int, _ order: OrderID) -> String {
        #"{"method":"deals_own.update","params":["BTCUSDT",[{"type":"buy","time":\#(time(index)),"#
            + #""price":"\#(parts[index].price)","id":\#(dealID(index)),"amount":"\#(parts[index].quantity)","#
            + #""order_id":\#(number),"client_id":"\#(Exchange.clientID(order))"}]],"id":null}"#
    }

    /// An event after so many fills.
    func event(_ event: Int, _ count: Int, _ order: OrderID) -> String {
        let filled = parts.prefix(count).reduce(Quantity.zero) { $0 + size($1.quantity) }
        let value = notional(upTo: count)
        let left = dust.isEmpty ? "\(ticket.quantity - filled)" : dust
        let whole = dust.isEmpty ? "\(ticket.quantity)" : "\(value + (try! Notional(dust)))"
        let last = count > 0 ? parts[count - 1] : Part(quantity: "0", price: "0")
        let role = count == 0 ? 0 : (count <= entry.count ? 2 : 1)
        let type = ticket.kind == .market || ticket.kind == .stopMarket ? 2 : 1
        return #"{"method":"order.update","params":[\#(event),{"id":\#(number),"type":\#(type),"#
            + #""side":\#(ticket.side == .buy ? 2 : 1),"user":1,"account":0,"option":2,"#
            + #""ctime":1640000000.0,"mtime":\#(time(count)),"market":"BTCUSDT","source":"api.v1","#
            + #""client_id":"\#(Exchange.clientID(order))","price":"\#(ticket.price)","amount":"\#(whole)","#
            + #""left":"\#(left)","deal_stock":"\#(filled)","deal_money":"\#(value)","#
            + #""money_fee":"\#(fee(value))","stock_fee":"0","asset_fee":"0","fee_asset":null,"#
            + #""last_deal_amount":"\#(last.quantity)","last_deal_price":"\#(last.price)","#
            + #""last_deal_time":\#(count > 0 ? time(count - 1) : "0"),"#
            + #""last_deal_id":\#(count > 0 ? dealID(count - 1) : 0),"last_role":\#(role),"#
            + #""stop_id":\#(stopNumber)}],"id":null}"#
    }

    /// A push of a stop order: 1 placed, 2 fired, 3 cancelled.
    static func stop(_ event: Int, _ number: UInt64, _ order: OrderID, status: Int = 0) -> String {
        #"{"method":"order.update_stop","params":[\#(event),{"id":\#(number),"type":1,"side":1,"account":0,"#
            + #""option":70,"direction":1,"ctime":1640000000.0,"mtime":1640000000.5,"market":"BTCUSDT","#
            + #""client_id":"\#(Exchange.clientID(order))","stop_price":"95","price":"94","amount":"1","#
            + #""fee_asset":null,"status":\#(status)}],"id":null}"#
    }
}

extension OrderLife {
    private static func limit(_ duration: OrderDuration = .goodTillCancelled) -> OrderTicket {
        .limit(.buy, Quantity(1), at: price("100"), in: MarketID(0), duration)
    }

    /// The cases of the venue's protocol.
    static let all: [OrderLife] = [
        OrderLife(name: "rests untouched", ticket: limit(), ending: .open),
        OrderLife(name: "is cancelled untouched", ticket: limit(), ending: .cancelled),
        OrderLife(
            name: "is partly filled on entry and cancelled", ticket: limit(),
            entry: [Part(quantity: "0.25", price: "99.5"), Part(quantity: "0.125", price: "100")],
            ending: .cancelled),
        OrderLife(
            name: "takes several levels on entry", ticket: limit(),
            entry: [
                Part(quantity: "0.25", price: "99.5"), Part(quantity: "0.5", price: "99.75"),
                Part(quantity: "0.25", price: "100"),
            ], ending: .filled),
        OrderLife(
            name: "is filled at rest", ticket: limit(),
            rest: [
                Part(quantity: "0.25", price: "100"), Part(quantity: "0.25", price: "100"),
                Part(quantity: "0.5", price: "100"),
            ], ending: .filled),
        OrderLife(
            name: "is filled on entry and at rest, and cancelled", ticket: limit(),
            entry: [Part(quantity: "0.5", price: "99")], rest: [Part(quantity: "0.25", price: "100")],
            ending: .cancelled),
        OrderLife(
            name: "is a market order", ticket: .market(.buy, Quantity(1), in: MarketID(0)),
            entry: [Part(quantity: "0.5", price: "100"), Part(quantity: "0.5", price: "100.5")],
            ending: .filled),
        OrderLife(
            name: "is a market order that leaves dust", ticket: .market(.buy, Quantity(1), in: MarketID(0)),
            entry: [Part(quantity: "0.5", price: "100"), Part(quantity: "0.5", price: "100.5")],
            ending: .filled, dust: "0.00000000141"),
        OrderLife(
            name: "is immediate and partly filled", ticket: limit(.immediateOrCancel),
            entry: [Part(quantity: "0.25", price: "100")], ending: .cancelled),
    ]
}
