import CoinExVenue
import MarketModel
import Quantities
import Signing
import Testing
import WireCodecs

struct SignatureTests {
    static let accessID = "4DA36FFC61334695A66F8D29020EB589"
    static let secret = "B51068CF10B34E7789C374AB932696A05E0A629BE7BFC62F"
    static let tonce: Int64 = 1_513_746_038_205

    static func writer() -> CoinExRequestWriter {
        CoinExRequestWriter(credentials: CoinExCredentials(accessID: accessID, secret: Secret(secret)))
    }

    private static let get = CoinExEndpoint<CoinExDone>(.get, "/x", .query)
    private static let post = CoinExEndpoint<CoinExDone>(.post, "/x", .place)

    /// The vectors of the protocol's section 2.2.
    static let vectors: [(CoinExCall<CoinExDone>, String)] = [
        (CoinExCall(get), "4A2216ED09BB42CE279621EE2C1CE124"),
        (
            CoinExCall(get, ["id": .number(462_672), "market": .text("ETHUSDT")]),
            "ACBBE934F6995AA7CAB47D340DDFBCFF"
        ),
        (
            CoinExCall(
                post,
                [
                    "type": .text("buy"), "price": .text("1100"), "option": .text("NORMAL"),
                    "market": .text("ETHUSDT"), "hide": .bool(true), "client_id": .text("client1"),
                    "amount": .text("1"), "account_id": .number(0),
                ]), "D96D846517A655D2040FF69747EC2DB4"
        ),
        (
            CoinExCall(
                post,
                [
                    "account_id": .number(0), "market": .text("ETHUSDT"),
                    "batch_orders": .text(#"[{"type":"buy","amount":"1","price":"1100"}]"#),
                ]), "A9546CFA0D1D5B4FC61A9AFF42C12CEC"
        ),
        (
            CoinExCall(
                post,
                [
                    "sub_user_name": .text("sub1"), "allow_trade": .bool(true),
                    "allowed_ips": .texts(["1.1.1.1", "1.1.1.2"]), "remark": .text("test"),
                ]), "C5D3660D5822580F534C9E84BD795C49"
        ),
    ]

    @Test(arguments: 0..<5)
    func `the signature is that of the protocol's vectors`(vector: Int) {
        let (call, signature) = Self.vectors[vector]
        var writer = Self.writer()
        // The second time everything that is kept from request to request is used again.
        for _ in 0..<2 {
            var wire = WireBuffer()
            writer.write(call, tonce: Self.tonce, into: &wire)
            #expect(wire.text.contains("\r\nauthorization: \(signature)\r\n"))
            #expect(!wire.text.contains(Self.secret))
        }
    }

    @Test func `a signed query has the whole request in its head`() {
        var writer = Self.writer()
        var wire = WireBuffer()
        let orders = [VenueOrderID(1), VenueOrderID(22)]
        writer.write(CoinExV1.orders(orders, in: "ETHUSDT"), tonce: Self.tonce, into: &wire)
        let signed = "access_id=\(Self.accessID)&batch_ids=1,22&market=ETHUSDT&tonce=\(Self.tonce)"
        #expect(
            wire.text == """
                GET /v1/order/status/batch?access_id=\(Self.accessID)&batch_ids=1%2C22&market=ETHUSDT\
                &tonce=\(Self.tonce) HTTP/1.1\r
                host: api.coinex.com\r
                user-agent: Mozilla/5.0 martlet\r
                accept: application/json\r
                authorization: \(Self.signature(signed))\r
                \r

                """)
    }

    @Test func `an order has its parameters in the body, as JSON`() throws {
        var writer = Self.writer()
        var wire = WireBuffer()
        let naming = try #require(CoinExOrderNaming(bot: "grid", run: 7))
        let name = naming.name(OrderID(sequence: 3, slot: 5), of: StrategyID(1))
        let order = CoinExPlaceOrder(
            .buy, try Amount("1.50"), .limit(try Price("1100.0"), .makerOnly), in: "ETHUSDT", clientID: name,
            isHidden: true)
        writer.write(order, tonce: Self.tonce, into: &wire)
        let body = """
            {"access_id":"\(Self.accessID)","account_id":0,"amount":"1.5","client_id":"grid-1-7-47ph","hide":true,\
            "market":"ETHUSDT","option":"MAKER_ONLY","price":"1100","tonce":\(Self.tonce),"type":"buy"}
            """
        let signed = """
            access_id=\(Self.accessID)&account_id=0&amount=1.5&client_id=grid-1-7-47ph&hide=True&market=ETHUSDT\
            &option=MAKER_ONLY&price=1100&tonce=\(Self.tonce)&type=buy
            """
        #expect(
            wire.text == """
                POST /v1/order/limit HTTP/1.1\r
                host: api.coinex.com\r
                user-agent: Mozilla/5.0 martlet\r
                accept: application/json\r
                authorization: \(Self.signature(signed))\r
                content-type: application/json\r
                content-length: \(body.utf8.count)\r
                \r
                \(body)
                """)
    }

    @Test func `a text of JSON is signed as it is and quoted in the body`() throws {
        var writer = Self.writer()
        var wire = WireBuffer()
        let order = CoinExPlaceOrder(.sell, try Amount("1"), .limit(try Price("2"), .normal), in: "ETHUSDT")
        writer.write(CoinExPlaceBatch([order], in: "ETHUSDT"), tonce: Self.tonce, into: &wire)
        let text = #"[{"type":"sell","amount":"1","price":"2","option":"NORMAL"}]"#
        let quoted = text.replacing(#"""#, with: #"\""#)
        #expect(wire.text.contains(#""batch_orders":"\#(quoted)","market""#))
        let signed =
            "access_id=\(Self.accessID)&account_id=0&batch_orders=\(text)&market=ETHUSDT&tonce=\(Self.tonce)"
        #expect(wire.text.contains("authorization: \(Self.signature(signed))\r\n"))
    }

    @Test func `public requests have neither key nor signature`() throws {
        var writer = CoinExRequestWriter(
            CoinExHost(name: "localhost:8443", base: "", agent: "test"), credentials: nil)
        var wire = WireBuffer()
        let market = try #require(CoinExMarketName("BTCUSDT"))
        writer.write(CoinExV1.depth(market, merge: "0.01"), tonce: Self.tonce, into: &wire)
        #expect(
            wire.text == """
                GET /market/depth?limit=20&market=BTCUSDT&merge=0.01 HTTP/1.1\r
                host: localhost:8443\r
                user-agent: test\r
                accept: application/json\r
                \r

                """)
    }

    @Test func `a part of a path is encoded and does not travel twice`() {
        var writer = Self.writer()
        var wire = WireBuffer()
        writer.write(CoinExV1.depositAddress("A/B"), tonce: Self.tonce, into: &wire)
        #expect(wire.text.hasPrefix("GET /v1/balance/deposit/address/A%2FB?access_id="))
        wire.removeAll()
        writer.write(CoinExV1.cancelStop(VenueOrderID(9), in: "BTCUSDT"), tonce: Self.tonce, into: &wire)
        #expect(wire.text.hasPrefix("DELETE /v1/order/stop/pending/9?access_id="))
    }

    @Test func `the time goes where its name belongs`() {
        var writer = Self.writer()
        var wire = WireBuffer()
        let amount = Amount(1)
        writer.write(
            CoinExV1.subTransfer(amount, of: "BTC", .into, account: "sun"), tonce: 5, into: &wire)
        #expect(
            wire.text.contains(#""coin_type":"BTC","tonce":5,"transfer_account":"sun","transfer_side":"in"}"#)
        )
        wire.removeAll()
        writer.write(
            CoinExV1.marginTransfer(amount, of: "BTC", from: 0, to: 2), tonce: 5, into: &wire)
        #expect(wire.text.contains(#""from_account":0,"to_account":2,"tonce":5}"#))
    }

    /// The recipe, said once more and in another way.
    static func signature(_ text: String) -> String {
        var digester = Digester(.md5)
        Array("\(text)&secret_key=\(secret)".utf8).withUnsafeBytes { digester.add($0) }
        return digester.finish { Hexadecimal.text($0, .upper) }
    }
}
