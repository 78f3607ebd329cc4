import CoinExVenue
import Testing

/// Replies that say the same in another way than most: numbers as texts, empty and absent members, new ones.
struct LenientV2Tests {
    private static let order =
        #"{"code":0,"data":{"order_id":13400,"market":"CETUSDT","market_type":"SPOT","ccy":"CET","side":"buy","#
        + #""type":"limit","amount":"10","price":"1","unfilled_amount":"4","filled_amount":"6","filled_value":"6","#
        + #""client_id":"c1","base_fee":"0","quote_fee":"0","discount_fee":"0","maker_fee_rate":"0","#
        + #""taker_fee_rate":"0.0003","last_filled_amount":"0","last_filled_price":"0","#
        + #""created_at":1691482451000,"updated_at":1691482451000},"message":"OK"}"#

    private func verdict(_ text: String, _ name: String) throws -> String {
        let decoder = try #require(CoinExDecoders.named(name, in: .v2))
        do {
            _ = try Array(text.utf8).withUnsafeBufferPointer { try decoder.decode($0) }
            return "read"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        (#":13400,"#, #":"13400","#), (#":1691482451000"#, #":"1691482451000""#),
        (#""base_fee":"0""#, #""base_fee":"""#), (#""base_fee":"0""#, #""base_fee":null"#),
        (#""base_fee":"0","#, ""), (#""ccy":"CET","#, ""), (#""ccy":"CET""#, #""ccy":"""#),
        (#""last_filled_amount":"0""#, #""last_fill_amount":null"#),
        (#""last_filled_amount":"0""#, #""last_fill_amount":"1""#),
        (#""market_type":"SPOT","#, ""), (#""client_id":"c1""#, #""client_id":null"#),
        (#""amount":"10""#, #""amount":10"#), (#""side":"buy""#, #""side":"buy","tomorrow":{"a":[1,null]}"#),
    ])
    func `an order is read that is told otherwise`(from: String, to: String) throws {
        let text = Self.order.replacing(from, with: to)
        #expect(text != Self.order)
        #expect(try verdict(text, "POST /spot/order") == "read", "\(to)")
    }

    @Test(arguments: [
        (#""side":"buy""#, #""side":"hold""#), (#""type":"limit""#, #""type":"iceberg""#),
        (#""filled_amount":"6""#, #""filled_amount":"""#), (#""unfilled_amount":"4","#, ""),
        (#":13400,"#, #":"13x","#), (#":13400,"#, #":-1,"#), (#":13400,"#, #":"","#),
    ])
    func `what decides about money is never guessed`(from: String, to: String) throws {
        let text = Self.order.replacing(from, with: to)
        #expect(text != Self.order)
        #expect(try verdict(text, "POST /spot/order") != "read", "\(to)")
    }

    @Test func `numbers of the socket may be texts`() throws {
        let push =
            #"{"method":"user_deals.update","data":{"deal_id":"123","created_at":1689152421692,"order_id":"45","#
            + #""client_id":"c1","market":"BTCUSDT","side":"buy","price":"1","amount":"2","role":"taker","#
            + #""fee":"0.1","fee_ccy":"USDT"},"id":null}"#
        #expect(try verdict(push, "user_deals.update") == "read")
        #expect(try verdict(push.replacing(#""45""#, with: #""4 5""#), "user_deals.update") != "read")
    }

    @Test(arguments: [
        "GET /assets/credit/balance", "GET /futures/liquidation-history",
        "GET /assets/spot/transcation-history", "POST /spot/tomorrow",
    ])
    func `a reply that was never seen is refused, and not guessed`(name: String) throws {
        let verdict = try verdict(#"{"code":0,"data":[],"message":"OK"}"#, name)
        #expect(verdict == "not read: no reply of this kind was ever seen, and its members are not guessed")
    }

    @Test func `margin accounts are read with the member that the venue has misspelt`() throws {
        let pair = #"{"base_ccy":"0","quote_ccy":"0"}"#
        for name in ["risk_rate", "rik_rate"] {
            let text =
                #"{"data":[{"margin_account":"BTCUSDT","base_ccy":"BTC","quote_ccy":"USDT","available":\#(pair),"#
                + #""frozen":\#(pair),"repaid":\#(pair),"interest":\#(pair),"\#(name)":"","liq_price":""}],"#
                + #""code":0,"message":"OK"}"#
            #expect(try verdict(text, "GET /assets/margin/balance") == "read")
        }
    }
}
