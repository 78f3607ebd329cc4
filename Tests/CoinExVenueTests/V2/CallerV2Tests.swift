import CoinExVenue
import Quantities
import Testing
import WireCodecs

struct CallerV2Tests {
    private func text(_ call: CoinExSessionCall, _ caller: inout CoinExCaller) -> String {
        var buffer = WireBuffer()
        guard caller.write(call, id: 9, venueTime: Instant(milliseconds: 1_513_746_038_205), to: &buffer)
        else { return "none" }
        return buffer.text
    }

    @Test func `a family is subscribed as a whole`() {
        var subscriptions = CoinExSubscriptions(markets: ["BTCUSDT", "ETHUSDT"], limit: 5)
        subscriptions.orders = []
        var caller = CoinExCaller(subscriptions, api: .v2)
        let both = #"{"market_list":["BTCUSDT","ETHUSDT"]}"#
        let all = #"{"market_list":[]}"#
        let expected: [CoinExStream: (String, String)] = [
            .depth: (
                "depth.subscribe", #"{"market_list":[["BTCUSDT",5,"0",false],["ETHUSDT",5,"0",false]]}"#
            ),
            .deals: ("deals.subscribe", both), .bestPrices: ("bbo.subscribe", both),
            .state: ("state.subscribe", both), .index: ("index.subscribe", both),
            .order: ("order.subscribe", all), .stop: ("stop.subscribe", all),
            .ownDeals: ("user_deals.subscribe", both), .asset: ("balance.subscribe", #"{"ccy_list":[]}"#),
            .notice: ("notice.subscribe", #"{"channels":[101]}"#),
        ]
        for stream in CoinExStream.allCases {
            let call = expected[stream].map { #"{"method":"\#($0)","params":\#($1),"id":9}"# }
            // There are no candles.
            #expect(text(.subscribe(stream), &caller) == call ?? "none")
        }
        #expect(text(.ping, &caller) == #"{"method":"server.ping","params":{},"id":9}"#)
    }
}
