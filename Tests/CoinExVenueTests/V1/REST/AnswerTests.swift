import CoinExVenue
import MarketModel
import Quantities
import Testing
import WireCodecs

struct AnswerTests {
    @Test(arguments: Samples.all.map(\.name))
    func `a sample of the documents is read by its endpoint`(name: String) throws {
        let sample = try #require(Samples.all.first { $0.name == name })
        let decoder = try #require(CoinExDecoders.named(name), "no endpoint \(name)")
        #expect(throws: Never.self) { try sample.data.enveloped.withAnswer { try decoder.decode($0) } }
    }

    @Test func `an order is read with all that counts`() throws {
        let order: CoinExOrder = try Samples.order.enveloped.reply()
        #expect(order.id == VenueOrderID(35_435_972))
        #expect(order.createdAt == Instant(milliseconds: 1_636_019_392_000))
        #expect(order.finishedAt == nil && order.account == nil && order.amountAsset == nil)
        #expect(order.status == .done && order.type == .limit && order.side == .buy)
        #expect(try order.dealAmount == Quantity("0.01") && order.dealMoney == Notional("560"))
        #expect(order.clientID == "abcd222" && order.source == "1234" && order.feeAsset == "CET")
    }

    @Test func `a market buy in units of the quote asset leaves dust and is done`() throws {
        let text = #"""
            {"id":1,"create_time":1,"amount":"1.5","price":"0","deal_amount":"10.55703267",
            "deal_money":"1.4999999985893646","left":"0.0000000014106354","market":"CETUSDT","order_type":"market",
            "type":"buy","status":"done","source_id":7,"amount_asset":"USDT","finished_time":0}
            """#
        let order: CoinExOrder = try text.enveloped.reply()
        #expect(order.status == .done && order.source == "7" && order.amountAsset == "USDT")
        #expect(try order.left == Amount("0.000000001410") && order.dealAmount == Quantity("10.55703267"))
    }

    @Test func `candles are open, close, high, low`() throws {
        let text = #"[[1492358400,"1","2","3","0.5","10","100","BTCUSDT"]]"#
        let candle = try #require(try text.enveloped.reply([CoinExCandle].self).first)
        #expect(candle.open == Price(1) && candle.close == Price(2) && candle.high == Price(3))
        #expect(try candle.low == Price("0.5"))
    }

    @Test func `one that pays for making is read`() throws {
        let text = #"{"spot":{},"perpetual":{"ALL":{"taker":"0.00025","maker":"-0.00025"}}}"#
        let fees: CoinExAllFeeRates = try text.enveloped.reply()
        #expect(try fees.perpetual["ALL"]?.maker == FeeRate("-0.00025"))
    }

    @Test(arguments: ["null", "{}", #"{"status":"success"}"#])
    func `done has three shapes`(data: String) throws {
        #expect(throws: Never.self) { try data.enveloped.reply(CoinExDone.self) }
        let failure = #expect(throws: CoinExFailure.self) {
            try #"{"status":"no"}"#.enveloped.reply(CoinExDone.self)
        }
        guard case .malformed = failure else {
            Issue.record("another status is not success")
            return
        }
    }

    @Test(arguments: [
        #"{"code":0,"data":[],"message":"Ok"}"#, #"{"data":[],"message":"Ok","code":0}"#,
        #"{"code":0,"message":"Ok"}"#, #"{"code":213,"data":{},"message":"slow"}"#,
        #"{"code":0,"data":[{}]}"#,
        #"{"code":0,"data":[]}x"#, "", "<html>", #"{"data":[]}"#, #"{"code":0,"data":[{"id":-1}]}"#,
    ])
    func `an answer read in place is taken as any other`(body: String) {
        var read: [CoinExFailure?] = []
        var deals = CoinExMarketDeals()
        do throws(CoinExFailure) {
            try body.withAnswer { bytes throws(CoinExFailure) in
                try CoinExAnswer.read(status: 200, bytes) { json throws(CoinExDecodeError) in
                    try deals.decode(&json)
                }
            }
            read.append(nil)
        } catch {
            read.append(error)
        }
        do throws(CoinExFailure) {
            _ = try body.reply(CoinExMarketDeals.self)
            read.append(nil)
        } catch {
            read.append(error)
        }
        #expect(read[0] == read[1])
    }

    // MARK: What is no reply

    @Test(arguments: [
        (502, "<html>Bad Gateway</html>"), (429, "Too Many Requests"), (200, ""), (503, ""), (200, "[]"),
        (200, #"{"data":{}}"#), (200, #"{"code":"0","data":{}}"#), (200, #"{"code":0,"data":{}"#),
        (200, #"{"code":0,"data":{}}x"#),
    ])
    func `what is no envelope keeps its status and how it begins`(status: Int, body: String) {
        let failure = #expect(throws: CoinExFailure.self) { try body.reply(CoinExDone.self, status: status) }
        guard case .gateway(let answer) = failure else {
            Issue.record("not from a gateway: \(String(describing: failure))")
            return
        }
        #expect(answer.status == status && answer.prefix == body)
        #expect(answer.isRateLimit == (status == 429))
    }

    @Test func `only the beginning of a long page is kept`() {
        let page = String(repeating: "x", count: 5_000)
        let failure = #expect(throws: CoinExFailure.self) { try page.reply(CoinExDone.self, status: 520) }
        guard case .gateway(let answer) = failure else { return }
        #expect(answer.prefix.utf8.count == CoinExGatewayAnswer.prefixMax)
    }

    @Test(arguments: [
        #"{"code":25,"data":{},"message":"Signature error."}"#, #"{"message":"Signature error.","code":25}"#,
        #"{"code":25,"data":null,"message":"Signature error."}"#,
    ])
    func `an error code comes before the data`(body: String) {
        let refusal = CoinExRefusal(CoinExErrorCode(rawValue: 25), "Signature error.")
        #expect(throws: CoinExFailure.refused(refusal)) { try body.reply(CoinExOrder.self) }
    }

    @Test(arguments: [
        // What is changed, what is then wrong, and in which member.
        (#""status":"done""#, #""status":"melted""#, CoinExDecodeError.Kind.unknownValue, "status"),
        (#""type":"buy""#, #""type":"both""#, .unknownValue, "type"),
        (#""order_type":"limit""#, #""order_type":"stop""#, .unknownValue, "order_type"),
        (#""id":35435972,"#, "", .missingField, "id"),
        (#""deal_amount":"0.01","#, "", .missingField, "deal_amount"),
        (#""id":35435972"#, #""id":"35435972""#, .json(.wrongKind), "id"),
        (#""price":"56000""#, #""price":"5e4""#, .json(.refused), "price"),
        (#""price":"56000""#, #""price":"""#, .json(.refused), "price"),
        (#""price":"56000""#, #""price":"0.0000000000001""#, .lostDigits, "price"),
        (#""market":"BTCUSDT""#, #""market":7"#, .json(.wrongKind), "market"),
        (#""create_time":1636019392"#, #""create_time":-1"#, .json(.outOfRange), "create_time"),
        (#""create_time":1636019392"#, #""create_time":99999999999999"#, .json(.outOfRange), "create_time"),
    ])
    func `an order with a fault says which member, and where`(
        good: String, bad: String, kind: CoinExDecodeError.Kind, field: String
    ) throws {
        let body = Samples.order.enveloped.replacing(good, with: bad)
        let failure = #expect(throws: CoinExFailure.self) { try body.reply(CoinExOrder.self) }
        guard case .malformed(let error) = failure else {
            Issue.record("not malformed: \(String(describing: failure))")
            return
        }
        #expect(error.kind == kind && error.field.description == field)
        if kind != .missingField {
            let value = try #require(body.firstRange(of: bad)).upperBound
            #expect(error.offset < body[..<value].utf8.count)
            #expect(error.offset > body.utf8.count - Samples.order.enveloped.utf8.count)
        }
    }

    @Test func `a word that only describes may be new`() throws {
        let text = #"""
            [{"coin_withdraw_id":206,"create_time":1,"amount":"1","actual_amount":"1","tx_fee":"0","tx_id":"",
            "coin_address":"x","coin_type":"BCH","confirmations":0,"status":"pondering"}]
            """#
        let list: CoinExPageOrList<CoinExWithdrawal> = try text.enveloped.reply()
        #expect(list.rows.first?.status == .unknown("pondering"))
    }

    @Test func `the same list comes bare and as a page`() throws {
        let page = #"{"data":[],"curr_page":1,"has_next":true,"count":0}"#
        #expect(try page.enveloped.reply(CoinExPageOrList<CoinExWithdrawal>.self).hasNext)
        #expect(try "[]".enveloped.reply(CoinExPageOrList<CoinExWithdrawal>.self).rows.isEmpty)
    }

    @Test func `members beyond the most are refused`() {
        let members = (0..<60).map { #""m\#($0)":1"# }.joined(separator: ",")
        let failure = #expect(throws: CoinExFailure.self) {
            try "{\(members)}".enveloped.reply(CoinExOrder.self)
        }
        guard case .malformed(let error) = failure else { return }
        #expect(error.kind == .tooMany)
    }
}
