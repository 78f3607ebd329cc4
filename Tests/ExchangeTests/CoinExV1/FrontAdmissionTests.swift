import CoinExVenue
import Foundation
import Quantities
import Testing
import VenueKit

@testable import Exchange

/// Who is let in, and how often.
struct FrontAdmissionTests {
    /// The protocol's vectors: `4DA3…`, `B510…`, at 1513746038205.
    private static let key = (
        id: "4DA36FFC61334695A66F8D29020EB589", secret: "B51068CF10B34E7789C374AB932696A05E0A629BE7BFC62F"
    )

    private func isRight(_ signature: String, _ body: String) throws -> Bool {
        var parameters = FrontParameters()
        try Array(body.utf8).withUnsafeBytes { try parameters.read(body: $0) }
        var checker = FrontSignature()
        let secret = FrontKey(Self.key.id, secret: Self.key.secret, account: .firstClient).secret
        return Array(signature.utf8).withUnsafeBytes {
            checker.isRight($0, of: &parameters, with: secret)
        }
    }

    @Test(arguments: [
        (#""#, "4A2216ED09BB42CE279621EE2C1CE124"),
        (#","market":"ETHUSDT","id":462672"#, "ACBBE934F6995AA7CAB47D340DDFBCFF"),
        (
            #", "hide": true,"type":"buy","price":"1100","amount":"1","option":"NORMAL","#
                + #""market":"ETHUSDT","account_id":0,"client_id":"client1""#,
            "D96D846517A655D2040FF69747EC2DB4"
        ),
        (
            #","batch_orders":"[{\"type\":\"buy\",\"amount\":\"1\",\"price\":\"1100\"}]","#
                + #""account_id":0,"market":"ETHUSDT""#,
            "A9546CFA0D1D5B4FC61A9AFF42C12CEC"
        ),
        (
            #","allow_trade":true,"allowed_ips":["1.1.1.1","1.1.1.2"],"remark":"test","#
                + #""sub_user_name":"sub1""#,
            "C5D3660D5822580F534C9E84BD795C49"
        ),
    ])
    func `the protocol's signatures are right, and no others`(more: String, signature: String) throws {
        let body = #"{"access_id":"\#(Self.key.id)","tonce":1513746038205\#(more)}"#
        #expect(try isRight(signature, body))
        #expect(try !isRight(signature.lowercased(), body))
        #expect(try !isRight("", body))
        let other = body.replacingOccurrences(of: "1513746038205", with: "1513746038206")
        #expect(try !isRight(signature, other))
    }

    @Test func `values of a query are signed as they are meant, not as they travel`() throws {
        let stage = try FrontStage()
        let reply = stage.call(
            "GET", "/order/pending", ["market": "", "page": 1, "limit": 10, "type": "buy"])
        #expect(reply.code == 0)
        let odd = stage.call("GET", "/order/pending", ["page": 1, "limit": 10, "odd": "a b:c'd%&é+"])
        #expect(odd.code == 0)
    }

    @Test func `keys that do not exist, secrets that are wrong, clocks that are off`() throws {
        let stage = try FrontStage()
        let now = Int(stage.now.nanoseconds / 1_000_000)
        func code(
            _ key: (id: String, secret: String) = FrontStage.first, tonce: Int? = nil
        ) -> [Int] {
            let reply = stage.call("GET", "/balance/info", as: key, tonce: tonce)
            return [reply.status, reply.code]
        }
        #expect(code() == [200, 0])
        #expect(code(("nobody", "x")) == [200, 24])
        #expect(code((FrontStage.first.id, "wrong")) == [200, 25])
        #expect(code(tonce: now - 60_000) == [200, 0])
        #expect(code(tonce: now + 60_000) == [200, 0])
        #expect(code(tonce: now - 60_001) == [200, 227])
        #expect(code(tonce: now + 60_001) == [200, 227])
        // A time may be used again.
        #expect(code(tonce: now) == [200, 0])
        #expect(stage.send("GET", "/balance/info").code == 24)
        #expect(stage.send("GET", "/balance/info", ["access_id": .text(FrontStage.first.id)]).code == 25)
    }

    @Test func `a key may be for looking only, and for some addresses only`() throws {
        let stage = try FrontStage { _, settings in
            settings.keys[0].mayTrade = false
            settings.keys[1].addresses = ["10.0.0.1"]
        }
        #expect(stage.call("GET", "/balance/info").code == 0)
        #expect(stage.call("DELETE", "/order/pending", ["market": "BTCUSDT"]).code == 158)
        #expect(stage.call("GET", "/balance/info", as: FrontStage.second).code == 23)
    }

    @Test func `unknown paths and methods are the gateway's`() throws {
        let stage = try FrontStage()
        for (method, target, status) in [
            ("GET", "/v1/no/such", 404), ("GET", "/v2/market/list", 404), ("GET", "/", 404),
            ("GET", "/v1", 404),
            ("GET", "/v1/order/limit", 405), ("POST", "/v1/market/list", 405),
            ("PATCH", "/v1/market/list", 405),
            ("GET", "/v1/market/list/", 200), ("GET", "/v1/market/list?", 200),
        ] {
            let reply = stage.raw(method, target)
            #expect(reply.status == status, "\(method) \(target)")
            #expect(reply.type == (status == 200 ? "application/json" : "text/html"))
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "1", #"{"access_id":{"a":1}}"#, #"{"a":1,"a":2}"#, #"{"a":"\ud800"}"#, "{}x",
        #"{"access_id":"x""#,
    ])
    func `bodies that are no object of plain values are refused`(body: String) throws {
        let stage = try FrontStage()
        let reply = stage.raw("POST", "/v1/order/limit", body: Data(body.utf8), authorization: "x")
        #expect(reply.status == 200)
        // Without a body the parameters are those of the query: there is no key among them.
        #expect(reply.code == (body.isEmpty ? 24 : 2))
        #expect(stage.call("GET", "/balance/info").code == 0)
    }

    @Test func `bytes that are no text are refused`() throws {
        let stage = try FrontStage()
        #expect(
            stage.raw("POST", "/v1/order/limit", body: Data([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])).code
                == 2)
        #expect(stage.raw("GET", "/v1/market/depth?market=%FF").code == 2)
        #expect(stage.raw("GET", "/v1/market/depth?market=%4").code == 2)
        let many = (0..<65).map { "a\($0)=1" }.joined(separator: "&")
        #expect(stage.raw("GET", "/v1/market/list?" + many).code == 2)
    }

    @Test func `a group of endpoints has a sliding window of its own per account`() throws {
        let stage = try FrontStage()
        let query: [String: WireValue] = ["page": 1, "limit": 10]
        for index in 0..<20 {
            let reply = stage.call("GET", "/order/finished", query)
            #expect(reply.code == 0)
            #expect(reply.quota == FrontQuota(limit: 20, remaining: 19 - index))
            stage.pass(.milliseconds(50))
        }
        let refused = stage.call("GET", "/order/finished", query)
        #expect(refused.status == 200)
        #expect(refused.code == 213)
        #expect(refused.quota == FrontQuota(limit: 20, remaining: 0))
        // Another group, and another account.
        #expect(stage.call("GET", "/balance/info").code == 0)
        #expect(stage.call("GET", "/order/finished", query, as: FrontStage.second).code == 0)
        // Two seconds behind the first request there is room for one more.
        stage.pass(.milliseconds(1_000))
        #expect(stage.call("GET", "/order/finished", query).code == 0)
        #expect(stage.call("GET", "/order/finished", query).code == 213)
    }

    @Test func `refusals for rate can come with status 429, and addresses have a ceiling`() throws {
        let stage = try FrontStage { _, settings in
            settings.limits = .none
            settings.limits.refusalStatus = 429
            settings.limits.address = RateLimit(requests: 5, window: .seconds(1))
        }
        for _ in 0..<5 { #expect(stage.raw("GET", "/v1/market/list").status == 200) }
        let refused = stage.raw("GET", "/v1/market/list")
        #expect(refused.status == 429)
        #expect(refused.code == 213)
        stage.pass(.seconds(1))
        #expect(stage.raw("GET", "/v1/market/list").status == 200)
    }
}
