extension VenueFrames {
    /// Streams of combined connections of Binance Spot.
    static let spot: [Stream] = [
        Stream(name: "aggTrade", frames: 2_000) { frames, index in
            let (trade, time) = (3_000_000_000 + index * 3, frames.time(index))
            return wrapped(
                "oakpine@aggTrade",
                "{\"e\":\"aggTrade\",\"E\":\(time),\"s\":\"OAKPINE\",\"a\":\(1_500_000_000 + index),"
                    + "\"p\":\(frames.price()),\"q\":\(frames.size()),\"f\":\(trade),\"l\":\(trade + 2),"
                    + "\"T\":\(time - 1),\"m\":\(frames.below(2) == 0),\"M\":true}")
        },
        Stream(name: "trade", frames: 2_000) { frames, index in
            let time = frames.time(index)
            return wrapped(
                "oakpine@trade",
                "{\"e\":\"trade\",\"E\":\(time),\"s\":\"OAKPINE\",\"t\":\(3_000_000_000 + index),"
                    + "\"p\":\(frames.price()),\"q\":\(frames.size()),\"T\":\(time - 1),"
                    + "\"m\":\(frames.below(2) == 0),\"M\":true}")
        },
        Stream(name: "kline", frames: 2_000) { frames, index in
            wrapped("oakpine@kline_1m", frames.kline(index, first: "f"))
        },
        Stream(name: "miniTicker", frames: 2_000) { frames, index in
            wrapped("oakpine@miniTicker", frames.miniTicker("OAKPINE", index))
        },
        Stream(name: "miniTicker-all", frames: 100) { frames, index in
            let list = frames.list(50) { frames, market in frames.miniTicker("OAK\(market)", index) }
            return wrapped("!miniTicker@arr", list)
        },
        Stream(name: "ticker", frames: 2_000) { frames, index in
            wrapped("oakpine@ticker", frames.ticker(index))
        },
        Stream(name: "ticker_1h", frames: 2_000) { frames, index in
            wrapped("oakpine@ticker_1h", frames.rollingTicker("OAKPINE", index))
        },
        Stream(name: "ticker_1h-all", frames: 100) { frames, index in
            let list = frames.list(50) { frames, market in frames.rollingTicker("OAK\(market)", index) }
            return wrapped("!ticker_1h@arr", list)
        },
        Stream(name: "bookTicker", frames: 2_000) { frames, index in
            wrapped(
                "oakpine@bookTicker",
                "{\"u\":\(50_000_000_000 + index),\"s\":\"OAKPINE\",\"b\":\(frames.price()),"
                    + "\"B\":\(frames.size()),\"a\":\(frames.price()),\"A\":\(frames.size())}")
        },
        Stream(name: "depth20", frames: 1_000) { frames, index in
            wrapped(
                "oakpine@depth20@100ms",
                "{\"lastUpdateId\":\(50_000_000_000 + index),\"bids\":\(frames.levels(20)),"
                    + "\"asks\":\(frames.levels(20))}")
        },
        Stream(name: "depth", frames: 1_000) { frames, index in
            let update = 50_000_000_000 + index * 9
            return wrapped(
                "oakpine@depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":\(frames.time(index)),\"s\":\"OAKPINE\",\"U\":\(update),"
                    + "\"u\":\(update + 8),\"b\":\(frames.levels(frames.below(20))),"
                    + "\"a\":\(frames.levels(frames.below(20)))}")
        },
    ]

    /// - Parameter first: the name of the first trade's number.
    mutating func kline(_ index: Int, first: String) -> String {
        let trade = 3_000_000_000 + index
        let open = time(index) / 60_000 * 60_000
        return "{\"e\":\"kline\",\"E\":\(time(index)),\"s\":\"OAKPINE\",\"k\":{\"t\":\(open),"
            + "\"T\":\(open + 59_999),\"s\":\"OAKPINE\",\"i\":\"1m\",\"\(first)\":\(trade),\"L\":\(trade + 900),"
            + "\"o\":\(price()),\"c\":\(price()),\"h\":\(price()),\"l\":\(price()),\"v\":\(sum()),"
            + "\"n\":\(below(2_000)),\"x\":\(below(30) == 0),\"q\":\(quoteSum()),\"V\":\(sum()),"
            + "\"Q\":\(quoteSum()),\"B\":\"0\"}}"
    }

    private mutating func miniTicker(_ symbol: String, _ index: Int) -> String {
        "{\"e\":\"24hrMiniTicker\",\"E\":\(time(index)),\"s\":\"\(symbol)\",\"c\":\(price()),\"o\":\(price()),"
            + "\"h\":\(price()),\"l\":\(price()),\"v\":\(sum()),\"q\":\(quoteSum())}"
    }

    private mutating func ticker(_ index: Int) -> String {
        "{\"e\":\"24hrTicker\",\"E\":\(time(index)),\"s\":\"OAKPINE\",\"p\":\(change()),\"P\":\(percent()),"
            + "\"w\":\(price()),\"x\":\(price()),\"c\":\(price()),\"Q\":\(size()),\"b\":\(price()),"
            + "\"B\":\(size()),\"a\":\(price()),\"A\":\(size()),\"o\":\(price()),\"h\":\(price()),"
            + "\"l\":\(price()),\"v\":\(sum()),\"q\":\(quoteSum())," + window(index)
    }

    private mutating func rollingTicker(_ symbol: String, _ index: Int) -> String {
        "{\"e\":\"1hTicker\",\"E\":\(time(index)),\"s\":\"\(symbol)\",\"p\":\(change()),\"P\":\(percent()),"
            + "\"o\":\(price()),\"h\":\(price()),\"l\":\(price()),\"c\":\(price()),\"w\":\(price()),"
            + "\"v\":\(sum()),\"q\":\(quoteSum())," + window(index)
    }

    private mutating func window(_ index: Int) -> String {
        let (trade, count) = (3_000_000_000 + index, below(1_000_000))
        return "\"O\":\(time(index) - 86_400_000),\"C\":\(time(index)),\"F\":\(trade - count),\"L\":\(trade),"
            + "\"n\":\(count + 1)}"
    }
}
