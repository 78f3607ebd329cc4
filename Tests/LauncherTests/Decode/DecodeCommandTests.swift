import TestSupport
import Testing

@testable import Launcher

@Suite struct DecodeCommandTests {
    private let scratch = ScratchFolder()

    @Test func `a reply is shown as the value that it stands for`() {
        let file = scratch.write(
            #"{"code":0,"data":{"BTC":{"available":"1.50","frozen":"0"}},"message":"Ok"}"#, "reply")
        let caught = Caught(["decode", "coinex", "GET /balance/info", file], in: scratch)
        #expect(caught.code == .success && caught.errors == "")
        #expect(
            caught.output == #"{"rows":[{"name":"BTC","value":{"available":"1.5","frozen":"0"}}]}"# + "\n")
    }

    @Test func `words, times and numbers are shown as such, and a secret not at all`() {
        let key = #"""
            {"code":0,"data":{"user_auth_id":554,"create_time":1642145331,"access_id":"x","allowed_ips":["1.1.1.1"],
            "allow_withdraw":false,"allow_trade":true,"is_expires":false,"expired_time":0,"secret_key":"hush"}}
            """#
        let file = scratch.write(key, "reply")
        let caught = Caught(["decode", "coinex", "POST /sub_account/auth/api", file], in: scratch)
        #expect(
            caught.output == #"""
                {"id":554,"createdAt":"2022-01-14T07:28:51.000000000Z","remark":"","accessID":"x",\#
                "allowedAddresses":["1.1.1.1"],"mayTrade":true,"mayWithdraw":false,"isExpiring":false,"expiresAt":null,\#
                "secret":"(secret)"}

                """#)
    }

    @Test func `what cannot be read is told with member and byte`() {
        let file = scratch.write(#"{"code":0,"data":{"loan_id":"7"},"message":"Ok"}"#, "reply")
        let caught = Caught(["decode", "coinex", "POST /margin/loan", file], in: scratch)
        #expect(caught.code == .badInput && caught.output == "")
        #expect(caught.errors == "POST /margin/loan: wrongKind at byte 28, in 'loan_id'\n")
    }

    @Test func `names are checked, and the nearest is offered`() {
        let caught = Caught(["decode", "coinex", "POST /order/limits"], in: scratch)
        #expect(caught.code == .usage && caught.errors.contains("did you mean 'POST /order/limit'?"))
        #expect(Caught(["decode", "coinexx", "x"], in: scratch).code == .usage)
        #expect(Caught(["decode"], in: scratch).code == .usage)
    }

    @Test(
        arguments: [
            (
                "binance", "bnbbtc@bookTicker",
                #"{"u":4,"s":"BNBUSDT","b":"25.3","B":"31.21","a":"25.4","A":"40.66"}"#,
                #"{"update":4,"symbol":"BNBUSDT","bid":"25.3","bidSize":"31.21","ask":"25.4","askSize":"40.66","#
                    + #""eventTime":null,"transactionTime":null}"#
            ),
            (
                "binance", "reply", #"{"error":{"code":2,"msg":"no"},"id":1}"#,
                #"{"id":{"number":1},"outcome":{"refused":{"code":2,"message":"no"}}}"#
            ),
            (
                "binance-options", "ETHUSDT@index", #"{"e":"index","E":0,"s":"ETHUSDT","p":"1707.89"}"#,
                #"{"eventTime":"1970-01-01T00:00:00.000000000Z","pair":"ETHUSDT","price":"1707.89"}"#
            ),
            (
                "jayx", "positions", #"{"spot":[{"asset":"BTC","balance":"1.50","available":"1"}]}"#,
                #"{"spot":[{"asset":"BTC","balance":"1.5","available":"1"}]}"#
            ),
        ])
    func `texts of every venue are shown`(venue: String, name: String, text: String, shown: String) {
        let caught = Caught(["decode", venue, name, scratch.write(text, "text")], in: scratch)
        #expect(caught.code == .success && caught.output == shown + "\n", "\(caught.errors)")
    }

    @Test func `streams that a venue has withdrawn are told with what to use`() {
        let caught = Caught(["decode", "binance", "!ticker@arr", scratch.write("[]", "text")], in: scratch)
        #expect(caught.code == .usage && caught.errors.contains("use !miniTicker@arr"))
    }
}
