extension VenueFrames {
    /// Streams of combined connections of Binance Options, of both generations.
    static let options: [Stream] = [
        Stream(name: "index", frames: 2_000) { frames, index in
            wrapped(
                "OAKPINE@index",
                "{\"e\":\"index\",\"E\":\(frames.time(index)),\"s\":\"OAKPINE\",\"p\":\(frames.sum())}")
        },
        Stream(name: "kline", frames: 2_000) { frames, index in
            wrapped("OAK-261127-50000-C@kline_1m", frames.kline(index, first: "F"))
        },
        Stream(name: "markPrice", frames: 100) { frames, index in
            let list = frames.list(50) { frames, _ in
                "{\"e\":\"markPrice\",\"E\":\(frames.time(index)),\"s\":\(frames.option()),"
                    + "\"mp\":\(frames.premium())}"
            }
            return wrapped("OAK@markPrice", list)
        },
        Stream(name: "optionMarkPrice", frames: 60) { frames, index in
            wrapped(
                "oakpine@optionMarkPrice", frames.list(50) { frames, _ in frames.valuation(index) })
        },
        Stream(name: "option_pair", frames: 2_000) { frames, index in
            wrapped(
                "option_pair",
                "{\"e\":\"OPTION_PAIR\",\"E\":\(frames.time(index)),\"u\":\"OAKPINE\",\"qa\":\"PINE\","
                    + "\"s\":\(frames.option()),\"unit\":1,\"mq\":\"0.01\",\"d\":\"CALL\","
                    + "\"sp\":\"\(50 + frames.below(50))000\",\"ed\":\(frames.time(index) + 86_400_000)}")
        },
        Stream(name: "openInterest", frames: 100) { frames, index in
            let list = frames.list(50) { frames, _ in
                "{\"e\":\"openInterest\",\"E\":\(frames.time(index)),\"s\":\(frames.option()),"
                    + "\"o\":\(frames.contracts()),\"h\":\(frames.sum())}"
            }
            return wrapped("OAK@openInterest@261127", list)
        },
        Stream(name: "depth20", frames: 1_000) { frames, index in
            wrapped(
                "OAK-261127-50000-C@depth20@100ms",
                "{\"e\":\"depth\",\"E\":\(frames.time(index)),\"T\":\(frames.time(index) - 3),"
                    + "\"s\":\(frames.option()),\"u\":\(700_000 + index),\"pu\":\(699_999 + index),"
                    + "\"b\":\(frames.premiums(20)),\"a\":\(frames.premiums(20))}")
        },
        Stream(name: "ticker", frames: 2_000) { frames, index in
            wrapped("OAK-261127-50000-C@ticker", frames.optionTicker(index))
        },
        Stream(name: "optionTicker", frames: 2_000) { frames, index in
            wrapped("oak-261127-50000-c@optionTicker", frames.statistics(index))
        },
        Stream(name: "trade", frames: 2_000) { frames, index in
            let (time, isSell) = (frames.time(index), frames.below(2) == 0)
            let order = 4_611_781_675_939_000_000 + index
            return wrapped(
                "OAK-261127-50000-C@trade",
                "{\"e\":\"trade\",\"E\":\(time),\"s\":\(frames.option()),\"t\":\"\(90_000 + index)\","
                    + "\"p\":\(frames.premium()),\"q\":\"\(isSell ? "-" : "")\(1 + frames.below(9))\","
                    + "\"b\":\(order),\"a\":\(order + 7),\"T\":\(time - 2),\"S\":\"\(isSell ? "-1" : "1")\","
                    + "\"X\":\"MARKET\"}")
        },
        Stream(name: "optionTrade", frames: 2_000) { frames, index in
            let (time, isSell) = (frames.time(index), frames.below(2) == 0)
            return wrapped(
                "oak-261127-50000-c@optionTrade",
                "{\"e\":\"trade\",\"E\":\(time),\"T\":\(time - 2),\"s\":\(frames.option()),"
                    + "\"t\":\(90_000 + index),\"p\":\(frames.premium()),\"q\":\(frames.contracts()),"
                    + "\"X\":\"MARKET\",\"S\":\"\(isSell ? "SELL" : "BUY")\",\"m\":\(isSell)}")
        },
    ]

    /// A mark price of the second generation, whose kind does not come first.
    private mutating func valuation(_ index: Int) -> String {
        "{\"s\":\(option()),\"mp\":\(premium()),\"E\":\(time(index)),\"e\":\"markPrice\",\"i\":\(sum()),"
            + "\"P\":\"0.000\",\"bo\":\(premium()),\"ao\":\(premium()),\"bq\":\(contracts()),"
            + "\"aq\":\(contracts()),\"b\":\(volatility()),\"a\":\(volatility()),\"hl\":\(premium()),"
            + "\"ll\":\(premium()),\"vo\":\(volatility()),\"rf\":\"0.0\",\"d\":\(greek()),\"t\":\(greek()),"
            + "\"g\":\(greek()),\"v\":\(greek())}"
    }

    private mutating func optionTicker(_ index: Int) -> String {
        "{\"e\":\"24hrTicker\",\"E\":\(time(index)),\"T\":\(time(index) - 5),\"s\":\(option()),"
            + "\"o\":\(premium()),\"h\":\(premium()),\"l\":\(premium()),\"c\":\(premium()),"
            + "\"V\":\(contracts()),\"A\":\(sum()),\"P\":\(greek()),\"p\":\(change()),\"Q\":\(contracts()),"
            + "\"F\":\"\(below(900))\",\"L\":\"\(900 + below(900))\",\"n\":\(below(900)),\"bo\":\(premium()),"
            + "\"ao\":\(premium()),\"bq\":\(contracts()),\"aq\":\(contracts()),\"b\":\(volatility()),"
            + "\"a\":\(volatility()),\"d\":\(greek()),\"t\":\(greek()),\"g\":\(greek()),\"v\":\(greek()),"
            + "\"vo\":\(volatility()),\"mp\":\(premium()),\"hl\":\(premium()),\"ll\":\(premium()),"
            + "\"eep\":\"0\"}"
    }

    private mutating func statistics(_ index: Int) -> String {
        "{\"e\":\"24hrTicker\",\"E\":\(time(index)),\"s\":\(option()),\"p\":\(change()),\"P\":\(percent()),"
            + "\"w\":\(premium()),\"c\":\(premium()),\"Q\":\(contracts()),\"o\":\(premium()),"
            + "\"h\":\(premium()),\"l\":\(premium()),\"v\":\(contracts()),\"q\":\(sum()),"
            + "\"O\":\(time(index) - 86_400_000),\"C\":\(time(index)),\"F\":\(below(900)),"
            + "\"L\":\(900 + below(900)),\"n\":\(below(900))}"
    }
}
