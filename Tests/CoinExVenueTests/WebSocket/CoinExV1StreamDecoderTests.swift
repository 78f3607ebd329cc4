import CoinExVenue
import MarketModel
import Quantities
import Testing
import WireCodecs

struct CoinExV1StreamDecoderTests {
    /// Decodes a message and lends the decoder while the bytes live; the error's text when it is none.
    private func decode<Result>(
        _ text: String, _ body: (CoinExV1StreamDecoder, CoinExV1StreamDecoder.Message) -> Result
    ) throws(CoinExV1StreamError) -> Result {
        let outcome: Swift.Result<Result, CoinExV1StreamError> = withWire(text) { bytes in
            var decoder = CoinExV1StreamDecoder()
            do throws(CoinExV1StreamError) {
                let message = try decoder.decode(bytes)
                return .success(body(decoder, message))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func refusal(_ text: String) -> String {
        do throws(CoinExV1StreamError) {
            return try decode(text) { _, _ in "none" }
        } catch {
            return error.description
        }
    }

    // MARK: - Books and trades

    @Test func `a book is read with the digits that it came with`() throws {
        let text =
            #"{"method":"depth.update","params":[true,{"asks":[["46350.52","1.07871851"],["46351","2"]],"#
            + #""bids":[["46349.610","0.04000000"]],"last":"46349.93","time":1639987469166,"#
            + #""checksum":1533284725},"BTCUSDT"],"id":null}"#
        try decode(text) { decoder, _ in
            #expect(decoder.depth.market.text == "BTCUSDT")
            #expect(decoder.depth.isFull)
            #expect(decoder.depth.last == price("46349.93"))
            #expect(decoder.depth.time == Instant(milliseconds: 1_639_987_469_166))
            #expect(decoder.depth.checksum == 1_533_284_725)
            let asks = decoder.levels[decoder.depth.asks]
            #expect(asks.map(\.price) == [price("46350.52"), price("46351")])
            #expect(asks.map(\.priceDecimals) == [2, 0])
            #expect(asks.map(\.quantityDecimals) == [8, 0])
            let bids = decoder.levels[decoder.depth.bids]
            #expect(bids.map(\.quantity) == [quantity("0.04")])
            #expect(bids.map(\.priceDecimals) == [3])
        }
    }

    @Test func `an absent side is unchanged, and a checksum may have a sign`() throws {
        let text =
            #"{"id":null,"params":[false,{"bids":[["1.5","0"]],"time":1,"checksum":-1672062819,"new":[{}]},"A"],"#
            + #""method":"depth.update"}"#
        try decode(text) { decoder, _ in
            #expect(decoder.depth.asks.isEmpty)
            #expect(decoder.depth.bids.count == 1)
            #expect(!decoder.depth.isFull)
            #expect(decoder.depth.last == nil)
            #expect(decoder.depth.checksum == 2_622_904_477)
            #expect(decoder.unknownFields == 1)
        }
    }

    @Test func `trades are read in the order of the wire`() throws {
        let text =
            #"{"method":"deals.update","params":["BTCUSDT",[{"type":"sell","time":1496458040.059284,"#
            + #""price":"46444.74","id":29433,"amount":"0.00120000"},{"type":"buy","time":1496458039,"#
            + #""price":"1","id":29432,"amount":"2"}],true],"id":null}"#
        try decode(text) { decoder, _ in
            #expect(decoder.market.text == "BTCUSDT")
            #expect(decoder.deals.map(\.id) == [29_433, 29_432])
            #expect(decoder.deals.map(\.side) == [.sell, .buy])
            #expect(decoder.deals[0].time == Instant(nanoseconds: 1_496_458_040_059_284_000))
            #expect(decoder.deals[1].time == Instant(nanoseconds: 1_496_458_039_000_000_000))
            #expect(decoder.deals[0].amount == quantity("0.0012"))
        }
    }

    @Test func `own deals name their order`() throws {
        let text =
            #"{"method":"deals_own.update","params":["BTCUSDT",[{"type":"sell","time":1496458040.059284,"#
            + #""price":"46444.74","id":29433,"amount":"0.0012","order_id":523941,"client_id":"c"}]],"id":null}"#
        try decode(text) { decoder, _ in
            #expect(decoder.deals.map(\.orderID) == [523_941])
            #expect(decoder.deals.map(\.clientID.text) == ["c"])
        }
        let nameless = text.replacing(#""order_id":523941,"#, with: "")
        let place = end(of: #""c"}"#, in: nameless)
        #expect(refusal(nameless) == "deals_own.update, orderID is missing at byte \(place)")
    }

    @Test func `statistics, indexes, candles and notices are read`() throws {
        let state =
            #"{"method":"state.update","params":[{"BTCUSDT":{"open":"47598.70","last":"46318.55","#
            + #""high":"48262.66","low":"46111.11","deal":"26883503.601234567890123456","volume":"572.07","#
            + #""sell_total":"11.74","buy_total":"6.76","period":86400},"ETHUSDT":{"open":"1","last":"2","#
            + #""high":"3","low":"0.5","close":"2","volume":"4"}}],"id":15}"#
        try decode(state) { decoder, _ in
            #expect(decoder.states.map(\.market.text) == ["BTCUSDT", "ETHUSDT"])
            #expect(decoder.states[0].deal == notional("26883503.601234567890"))
            #expect(decoder.states[1].low == price("0.5"))
            #expect(decoder.unknownFields == 0)
        }
        try decode(#"{"method":"index.update","params":["BTCUSDT","46123.5"],"id":null}"#) { decoder, _ in
            #expect(decoder.indexes.map(\.price) == [price("46123.5")])
        }
        let candle =
            #"{"method":"kline.update","params":[[1492358400,"7000.00","8000.00","8100.00","6800.00","1000.00","#
            + #""123456.78","BTCUSDT"]],"id":null}"#
        try decode(candle) { decoder, _ in
            #expect(decoder.candles.map(\.close) == [price("8000")])
            #expect(decoder.candles.map(\.high) == [price("8100")])
            #expect(decoder.candles.map(\.market.text) == ["BTCUSDT"])
        }
        let notice =
            #"{"method":"notice.update","params":[101,{"started_at":1639982322,"ended_at":1639985922,"#
            + #""scope":["SPOT"]}],"id":null}"#
        try decode(notice) { decoder, _ in
            #expect(decoder.notice.kind == 101)
            #expect(decoder.notice.touchesSpot && !decoder.notice.touchesFutures)
        }
    }

    // MARK: - Orders and balances

    private let order =
        #"{"method":"order.update","params":[1,{"id":77782469357,"type":1,"side":2,"user":1849116,"account":0,"#
        + #""option":2,"ctime":1653961043.048967,"mtime":1653961043.048967,"market":"BTCUSDT","source":"web","#
        + #""client_id":"","price":"1.00","amount":"1.00000000","taker_fee":"0.0020","maker_fee":"0.0020","#
        + #""left":"1.00000000","deal_stock":"0","deal_money":"0","money_fee":"0","stock_fee":"0","#
        + #""asset_fee":"0","fee_discount":"1","last_deal_amount":"0","last_deal_price":"0","last_deal_time":0,"#
        + #""last_deal_id":0,"last_role":0,"fee_asset":null,"stop_id":0}],"id":null}"#

    @Test func `an order is read whole`() throws {
        try decode(order) { decoder, _ in
            let order = decoder.orders[0]
            #expect(decoder.orderEvent == .put)
            #expect(order.id == 77_782_469_357)
            #expect(!order.isMarketOrder)
            #expect(order.side == .buy)
            #expect(order.options == .feeInQuote)
            #expect(order.changed == Instant(nanoseconds: 1_653_961_043_048_967_000))
            #expect(order.left == amount("1"))
            #expect(order.lastDealTime == .distantPast)
            #expect(order.feeAsset.isEmpty && order.clientID.isEmpty)
            #expect(decoder.unknownFields == 0)
        }
    }

    @Test func `an order in a list of one is the same`() throws {
        let text = order.replacing("[1,{", with: "[3,[{").replacing("}],\"id\":null", with: "}]],\"id\":null")
        try decode(text) { decoder, _ in
            #expect(decoder.orderEvent == .finish)
            #expect(decoder.orders.map(\.id) == [77_782_469_357])
        }
    }

    @Test func `dust beyond the twelfth digit is nothing, and long figures do not overflow`() throws {
        let text = order.replacing(#""left":"1.00000000""#, with: #""left":"0.0000000000004106354""#)
            .replacing(#""deal_money":"0""#, with: #""deal_money":"1.4999999985893646123456789012""#)
            .replacing(#""money_fee":"0""#, with: #""money_fee":"-0.5""#)
        try decode(text) { decoder, _ in
            #expect(decoder.orders[0].left == .zero)
            #expect(decoder.orders[0].dealMoney == notional("1.499999998589"))
            #expect(decoder.orders[0].moneyFee == amount("-0.5"))
        }
    }

    /// Where a part of a text ends.
    private func end(of part: String, in text: String) -> Int {
        guard let range = text.firstRange(of: part) else { return -1 }
        return text.utf8.distance(from: text.startIndex, to: range.upperBound)
    }

    @Test func `what is unknown of an order is loud`() {
        // What is replaced by what, where the bad value begins, and what is said of it.
        let table: [(String, String, String, String)] = [
            ("[1,{", "[4,{", "[", "event has an unknown value"),
            (#""type":1"#, #""type":3"#, #""type":"#, "type has an unknown value"),
            (#""side":2"#, #""side":0"#, #""side":"#, "side has an unknown value"),
            (#""last_role":0"#, #""last_role":7"#, #""last_role":"#, "lastRole has an unknown value"),
            (#""id":77782469357,"#, "", #""stop_id":0}"#, "id is missing"),
            (#""left":"1.00000000","#, "", #""stop_id":0}"#, "left is missing"),
        ]
        for (part, other, place, words) in table {
            let text = order.replacing(part, with: other, maxReplacements: 1)
            #expect(text != order)
            #expect(refusal(text) == "order.update, \(words) at byte \(end(of: place, in: text))")
        }
        for (field, bad) in [("amount", "1,0"), ("price", "-1"), ("price", "01"), ("price", "01.00")] {
            let place = "\"\(field)\":"
            let text = order.replacing("\(place)\"1.00", with: "\(place)\"\(bad)", maxReplacements: 1)
            #expect(refusal(text) == "order.update, \(field): refused at byte \(end(of: place, in: text))")
        }
    }

    @Test func `stop orders tell whether an order came of them`() throws {
        let text =
            #"{"method":"order.update_stop","params":[2,{"id":78006745870,"type":1,"side":2,"user":1849116,"#
            + #""account":1,"option":70,"direction":1,"ctime":1654171725.131976,"mtime":1654171725.131976,"#
            + #""market":"BTCUSDT","source":"web","client_id":"x","stop_price":"1.00","price":"1.00","#
            + #""amount":"1.00000000","taker_fee":"0.0020","maker_fee":"0.0020","fee_discount":"1","#
            + #""fee_asset":null,"status":2}],"id":null}"#
        try decode(text) { decoder, _ in
            #expect(decoder.stopEvent == .active)
            #expect(decoder.stops.map(\.status) == [.failed])
            #expect(decoder.stops.map(\.account) == [1])
            #expect(decoder.stops[0].options.contains(.ofStop))
        }
    }

    @Test func `balances have an account, which old servers leave out`() throws {
        let text =
            #"{"method":"asset.update","params":[{"BTC":{"available":"250","frozen":"10","#
            + #""timestamp":1640500112.2},"USDT":{"available":" 5","frozen":"0"}},3],"id":null}"#
        try decode(text) { decoder, _ in
            #expect(decoder.assets.map(\.coin.text) == ["BTC", "USDT"])
            #expect(decoder.assets.map(\.account) == [3, 3])
            #expect(decoder.assets[0].timestamp == Instant(nanoseconds: 1_640_500_112_200_000_000))
            #expect(decoder.assets[1].available == amount("5"))
            #expect(decoder.assets[1].timestamp == .distantPast)
        }
        try decode(text.replacing("},3]", with: "}]")) { decoder, _ in
            #expect(decoder.assets.map(\.account) == [0, 0])
        }
    }

    // MARK: - The envelope

    @Test func `a push is known by its method, whatever its id and wherever it stands`() throws {
        for text in [
            #"{"method":"index.update","params":["A","1"],"id":15}"#,
            #"{"id":null,"params":["A","1"],"method":"index.update"}"#,
            #"{"params":["A","1"],"method":"index.update"}"#,
        ] {
            try decode(text) { decoder, message in
                guard case .push(.indexUpdate) = message else {
                    Issue.record("no push: \(text)")
                    return
                }
                #expect(decoder.indexes.map(\.market.text) == ["A"])
            }
        }
    }

    @Test func `unknown methods are counted`() throws {
        try decode(#"{"method":"bbo.update","params":[{"a":[1]}],"id":null}"#) { decoder, message in
            guard case .foreign = message else {
                Issue.record("a known method")
                return
            }
            #expect(decoder.foreignMessages == 1)
        }
    }

    @Test func `messages that lack something say what`() {
        #expect(
            refusal(#"{"method":"index.update","id":null}"#) == "index.update, params is missing at byte 35")
        #expect(refusal(#"{"error":null,"result":"pong"}"#) == "id is missing at byte 30")
        #expect(refusal(#"{"error":null,"id":4}"#) == "result is missing at byte 21")
        #expect(refusal(#"{"error":{"message":"x"},"result":null,"id":4}"#) == "code is missing at byte 24")
        #expect(
            refusal(#"{"method":"index.update","params":["A"],"id":null}"#)
                == "index.update, index: missingElement at byte 38")
        #expect(refusal(#"[]"#) == "message: wrongKind at byte 0")
        #expect(refusal(#"{"error":null,"result":"pong","id":1}x"#) == "message: trailingBytes at byte 37")
    }
}
