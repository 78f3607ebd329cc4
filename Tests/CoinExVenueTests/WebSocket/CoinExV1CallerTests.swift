import CoinExVenue
import Quantities
import Signing
import Testing
import WireCodecs

struct CoinExV1CallerTests {
    private func text(_ call: CoinExSessionCall, _ caller: inout CoinExCaller) -> String {
        var buffer = WireBuffer()
        guard caller.write(call, id: 9, venueTime: Instant(milliseconds: 1_513_746_038_205), to: &buffer)
        else { return "none" }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test func `a session signs as the venue's vector says, again and again`() {
        let credentials = CoinExCredentials(
            accessID: SignatureTests.accessID, secret: Secret(SignatureTests.secret))
        var caller = CoinExCaller(CoinExSubscriptions(markets: ["BTCUSDT"]), credentials)
        for _ in 0..<2 {
            #expect(
                text(.sign, &caller)
                    == #"{"id":9,"method":"server.sign","params":["4DA36FFC61334695A66F8D29020EB589","#
                    + #""4A2216ED09BB42CE279621EE2C1CE124",1513746038205]}"#)
        }
    }

    @Test func `a family is subscribed as a whole`() {
        var subscriptions = CoinExSubscriptions(markets: ["BTCUSDT", "ETHUSDT"], limit: 5)
        subscriptions.orders = []
        var caller = CoinExCaller(subscriptions)
        let expected: [CoinExStream: String] = [
            .depth: #""depth.subscribe_multi","params":[["BTCUSDT",5,"0",true],["ETHUSDT",5,"0",true]]"#,
            .deals: #""deals.subscribe","params":["BTCUSDT","ETHUSDT"]"#,
            .state: #""state.subscribe","params":["BTCUSDT","ETHUSDT"]"#,
            .kline: #""kline.subscribe","params":["BTCUSDT",60]"#,
            .index: #""index.subscribe","params":["BTCUSDT","ETHUSDT"]"#,
            .order: #""order.subscribe","params":[]"#,
            .ownDeals: #""deals_own.subscribe","params":["BTCUSDT","ETHUSDT"]"#,
            .asset: #""asset.subscribe","params":[]"#, .notice: #""notice.subscribe","params":[101]"#,
        ]
        for stream in CoinExStream.allCases {
            let call = expected[stream].map { #"{"id":9,"method":\#($0)}"# }
            // Stop orders come with the orders, and the best prices with the books.
            #expect(text(.subscribe(stream), &caller) == call ?? "none")
        }
        #expect(text(.ping, &caller) == #"{"id":9,"method":"server.ping","params":[]}"#)
    }
}
