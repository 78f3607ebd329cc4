extension VenueFrames {
    /// Streams of Jayx, in its plain framing.
    static let jayx: [Stream] = [
        Stream(name: "kline", frames: 2_000) { frames, index in
            let open = frames.time(index) / 60_000 * 60
            var ticks: Int { 6_600_000 + frames.below(99_999) }
            return framed(
                "kline",
                "{\"add\":null,\"modify\":{\"_id\":\"\(frames.digits(24))\",\"created\":\(open),"
                    + "\"o\":\(ticks),\"h\":\(ticks),\"l\":\(ticks),\"c\":\(ticks),"
                    + "\"v\":\(frames.below(900_000)),\"m\":\(open + frames.below(60)),"
                    + "\"symbol\":\"OAKPINE\"}}")
        },
        Stream(name: "orderbook", frames: 1_000) { frames, index in
            let trades = frames.list(5) { frames, trade in
                "{\"lots\":\(frames.below(90_000)),\"ticks\":\(6_600_000 + frames.below(99_999)),"
                    + "\"side\":\"\(frames.below(2) == 0 ? "BUY" : "SELL")\","
                    + "\"created\":\(frames.time(index) - trade * 50)}"
            }
            return framed(
                "orderbook",
                "{\"orderBook\":{\"asks\":\(frames.lots()),\"bids\":\(frames.lots())},\"trades\":\(trades)}")
        },
        Stream(name: "positions", frames: 2_000) { frames, _ in
            let list = frames.list(4) { frames, asset in
                "{\"asset\":\"OAK\(asset)\",\"balance\":\"\(frames.below(9_000)).\(frames.digits(5))\","
                    + "\"available\":\"\(frames.below(9_000)).\(frames.digits(5))\"}"
            }
            return framed("positions", "{\"spot\":\(list)}")
        },
        Stream(name: "openorders", frames: 2_000) { frames, index in
            let time = frames.time(index)
            let list = frames.list(2) { frames, order in
                "{\"id\":\(117_000_000 + index * 2 + order),\"type\":\"LIMIT\",\"state\":\"NEW\","
                    + "\"side\":\"\(order == 0 ? "BUY" : "SELL")\",\"resd\":\(frames.below(9_000_000)),"
                    + "\"exec\":0,\"cost\":0,\"lastLots\":null,\"lastTicks\":null,\"created\":\(time - 900),"
                    + "\"modified\":\(time),\"symbol\":\"OAKPINE\",\"price\":\"\(frames.below(9_000_000))\","
                    + "\"quantity\":\"\(frames.below(90_000))\"}"
            }
            return framed("openorders", "{\"cancel\":[],\"modify\":\(list)}")
        },
    ]

    private mutating func lots() -> String {
        list(10) { frames, _ in
            "{\"ticks\":\(6_600_000 + frames.below(99_999)),\"lots\":\(frames.below(900_000)),"
                + "\"count\":\(1 + frames.below(9))}"
        }
    }

    private static func framed(_ event: String, _ data: String) -> String {
        "{\"event\":\"\(event)\",\"data\":\(data)}"
    }
}
