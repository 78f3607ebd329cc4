import CoinExVenue
import MarketModel
import Quantities
import Signing
import Testing
import WireCodecs

struct SignatureV2Tests {
    static let secret = "B51068CF10B34E7789C374AB932696A05E0A629BE7BFC62F"
    static let time: Int64 = 1_700_490_703_564

    private static func wire(_ write: (inout CoinExRequestWriter, inout WireBuffer) -> Void) -> String {
        var writer = CoinExRequestWriter(
            CoinExHost(api: .v2),
            credentials: CoinExCredentials(accessID: "KEY", secret: Secret(secret)))
        var wire = WireBuffer()
        // The second time everything that is kept from request to request is used again.
        write(&writer, &wire)
        wire.removeAll()
        write(&writer, &wire)
        return wire.text
    }

    private static func signature(_ request: some CoinExRequest) -> String? {
        let text = wire { $0.write(request, tonce: time, into: &$1) }
        #expect(!text.contains(secret))
        return text.split(separator: "\r\n").first { $0.hasPrefix("x-coinex-sign: ") }.map {
            String($0.dropFirst(15))
        }
    }

    /// A request whose parameters stand in the order of the vectors.
    private struct Vector: CoinExRequest {
        let endpoint: CoinExEndpoint<CoinExDone>
        let parameters: [(StaticString, String)]

        func write(to parameters: inout CoinExParameters) {
            for (name, text) in self.parameters { parameters.text(name, text) }
        }
    }

    @Test func `the signature is that of the protocol's vectors`() {
        let query = Vector(
            endpoint: CoinExEndpoint(.get, "/spot/pending-order", .query, in: .v2),
            parameters: [
                ("market", "BTCUSDT"), ("market_type", "SPOT"), ("side", "buy"), ("page", "1"),
                ("limit", "10"),
            ])
        #expect(
            Self.signature(query) == "95cec09e8f5687c4a3031924c5e594b69755188c6759f6640c622f0cc08763b7")
        let order = Vector(
            endpoint: CoinExEndpoint(.post, "/spot/order", .place, in: .v2),
            parameters: [
                ("market", "BTCUSDT"), ("market_type", "SPOT"), ("side", "buy"), ("type", "limit"),
                ("amount", "0.001"), ("price", "10000"),
            ])
        #expect(
            Self.signature(order) == "4b7fe9f002b1c311ba04ca066e57c7c90ec351721002f60e305f653ee81558a3")
        // What a placement writes is that body.
        let terms = CoinExV2OrderTerms(
            .buy, amount("0.001"), .limit(price("10000"), .limit), in: "BTCUSDT")
        #expect(Self.signature(CoinExV2PlaceOrder(terms)) == Self.signature(order))
    }

    @Test func `a session signs as the protocol's vector says`() {
        let credentials = CoinExCredentials(accessID: "KEY", secret: Secret(Self.secret))
        #expect(
            CoinExV2Request.signing(credentials, milliseconds: Self.time)
                == .sign(
                    accessID: "KEY",
                    signature: "75c7f4bf13c7fa5165821691a52ed0026d6bd959727ee296caec76578d056c2e",
                    milliseconds: Self.time))
    }

    @Test func `an order has its parameters in the body, and its key in the head`() throws {
        let terms = CoinExV2OrderTerms(
            .sell, amount("1.50"), .limit(price("1100.0"), .makerOnly), in: "ETHUSDT",
            clientID: CoinExClientID("grid-1-7-5"), isHidden: true, selfTrade: .cancelBoth)
        let text = Self.wire { $0.write(CoinExV2PlaceOrder(terms), tonce: Self.time, into: &$1) }
        let signature = try #require(Self.signature(CoinExV2PlaceOrder(terms)))
        let body =
            #"{"market":"ETHUSDT","market_type":"SPOT","side":"sell","type":"maker_only","amount":"1.5","#
            + #""price":"1100","client_id":"grid-1-7-5","is_hide":true,"stp_mode":"both"}"#
        #expect(
            text == """
                POST /v2/spot/order HTTP/1.1\r
                host: api.coinex.com\r
                user-agent: Mozilla/5.0 martlet\r
                accept: application/json\r
                x-coinex-key: KEY\r
                x-coinex-timestamp: 1700490703564\r
                x-coinex-sign: \(signature)\r
                content-type: application/json; charset=utf-8\r
                content-length: \(body.utf8.count)\r
                \r
                \(body)
                """)
    }

    @Test func `what is public is not signed, and an empty query adds no question mark`() {
        let text = Self.wire { $0.write(CoinExV2.time(), tonce: Self.time, into: &$1) }
        #expect(text.hasPrefix("GET /v2/time HTTP/1.1\r\n") && !text.contains("x-coinex"))
    }

    @Test func `batches are lists, of objects and of numbers`() {
        let first = CoinExV2OrderTerms(.buy, amount("1"), .limit(price("2"), .limit), in: "ETHUSDT")
        let second = CoinExV2OrderTerms(.sell, amount("3"), .market(.base("ETH")), in: "ETHUSDT")
        let batch = Self.wire {
            $0.write(CoinExV2PlaceBatch([first, second]), tonce: Self.time, into: &$1)
        }
        #expect(
            batch.hasSuffix(
                #"{"orders":[{"market":"ETHUSDT","market_type":"SPOT","side":"buy","type":"limit","amount":"1","#
                    + #""price":"2"},{"market":"ETHUSDT","market_type":"SPOT","side":"sell","type":"market","#
                    + #""amount":"3","ccy":"ETH"}]}"#))
        let cancels = Self.wire {
            $0.write(
                CoinExV2.cancelBatch([VenueOrderID(5), VenueOrderID(77)], in: "ETHUSDT"), tonce: Self.time,
                into: &$1)
        }
        #expect(cancels.hasSuffix(#"{"market":"ETHUSDT","order_ids":[5,77]}"#))
    }
}
