import CoinExVenue
import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// CRC-32 as the venue computes it over the text of a book.
enum Checksum {
    static func of(_ text: String) -> UInt32 {
        var crc: UInt32 = .max
        for byte in text.utf8 {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

/// Orders and deals in the venue's words.
extension LiveStage {
    static func page(_ rows: [String], hasNext: Bool = false) -> String {
        #"{"data":[\#(rows.joined(separator: ","))],"curr_page":1,"has_next":\#(hasNext),"count":\#(rows.count)}"#
    }

    static func name(_ order: OrderID) -> String { Market.naming.name(order, of: StrategyID(0)).description }

    /// An order as REST writes it.
    static func order(
        _ id: UInt64, _ status: String = "not_deal", client: String, amount: String = "1",
        filled: String = "0",
        price: String = "100", side: String = "buy"
    ) -> String {
        #"""
        {"id":\#(id),"create_time":1700000000,"finished_time":null,"amount":"\#(amount)","price":"\#(price)",
        "deal_amount":"\#(filled)","deal_money":"0","left":"0","market":"BTCUSDT","order_type":"limit",
        "type":"\#(side)","status":"\#(status)","client_id":"\#(client)"}
        """#
    }

    static func stop(_ id: UInt64, client: String) -> String {
        #"""
        {"order_id":\#(id),"account_id":0,"create_time":1700000000,"amount":"1","price":"90","stop_price":"91",
        "state":1,"market":"BTCUSDT","order_type":"limit","type":"sell","client_id":"\#(client)"}
        """#
    }

    /// A deal as REST writes it; the fee is a thousandth, in USDT.
    static func deal(
        _ id: UInt64, of order: UInt64?, _ amount: String = "1", price: String = "100", role: String = "maker"
    ) -> String {
        let money = try! Price(price).times(Quantity(amount), .toNearestOrEven)
        let fee = try! money.times(FeeRate("0.001"), .toNearestOrEven)
        return #"""
            {"id":\#(id),"order_id":\#(order.map(String.init) ?? "null"),"create_time":1700000000,"role":"\#(role)",
            "price":"\#(price)","amount":"\#(amount)","fee":"\#(fee)","fee_asset":"USDT","deal_money":"\#(money)",
            "market":"BTCUSDT"}
            """#
    }

    /// A push about an order: 1 put, 2 updated, 3 finished.
    func pushOrder(
        _ event: Int, _ id: UInt64, client: String, amount: String = "1", filled: String = "0",
        deal: UInt64 = 0, last: String = "0", price: String = "100", stop: UInt64 = 0, side: Int = 2
    ) {
        let all = try! Quantity(amount)
        let done = try! Quantity(filled)
        let money = try! Price(price).times(done, .toNearestOrEven)
        let fee = try! money.times(FeeRate("0.001"), .toNearestOrEven)
        push(
            #"""
            {"method":"order.update","params":[\#(event),{"id":\#(id),"type":1,"side":\#(side),"user":1,"account":0,
            "option":2,"ctime":1700000000.5,"mtime":\#(seconds).5,"market":"BTCUSDT","source":"api.v1",
            "client_id":"\#(client)","price":"\#(price)","amount":"\#(amount)","taker_fee":"0.001","maker_fee":"0.001",
            "left":"\#(all - done)","deal_stock":"\#(filled)","deal_money":"\#(money)","money_fee":"\#(fee)",
            "stock_fee":"0","asset_fee":"0","fee_discount":"1","last_deal_amount":"\#(last)",
            "last_deal_price":"\#(deal == 0 ? "0" : price)","last_deal_time":\#(deal == 0 ? "0" : "1700000000.5"),
            "last_deal_id":\#(deal),"last_role":\#(deal == 0 ? 0 : 1),"fee_asset":null,"stop_id":\#(stop)}],"id":null}
            """#)
    }

    func pushDeal(
        _ id: UInt64, of order: UInt64, client: String, _ amount: String = "1", price: String = "100"
    ) {
        push(
            #"""
            {"method":"deals_own.update","params":["BTCUSDT",[{"type":"buy","time":\#(seconds).5,"price":"\#(price)",
            "id":\#(id),"amount":"\#(amount)","order_id":\#(order),"client_id":"\#(client)"}]],"id":null}
            """#)
    }

    func pushStop(_ event: Int, _ id: UInt64, client: String) {
        push(
            #"""
            {"method":"order.update_stop","params":[\#(event),{"id":\#(id),"type":1,"side":1,"user":1,"account":0,
            "option":70,"direction":1,"ctime":1700000000.5,"mtime":\#(seconds).5,"market":"BTCUSDT","source":"api",
            "client_id":"\#(client)","stop_price":"91","price":"90","amount":"1","taker_fee":"0.001",
            "maker_fee":"0.001","fee_discount":"1","fee_asset":null,"status":\#(event == 2 ? 1 : 0)}],"id":null}
            """#)
    }

    private var seconds: Int64 { now.nanoseconds / 1_000_000_000 }
}
