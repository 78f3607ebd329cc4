import Exchange
import Quantities

// The same messages in the shape of the second generation.

extension CoinExFrames {
    /// Whole books and changes of them; without checksums.
    static func depthsV2(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            let isFull = index % 300 == 0
            let levels = isFull ? 20 : 1 + frames.random.below(12)
            return
                "{\"method\":\"depth.update\",\"data\":{\"market\":\"OAKPINE\",\"is_full\":\(isFull),"
                + "\"depth\":{\"asks\":\(frames.levels(levels, 60_000)),\"bids\":"
                + "\(frames.levels(levels, 50_000)),\"last\":\"\(frames.price(50_000))\",\"updated_at\":"
                + "\(1_640_000_000_000 + index * 200)}},\"id\":null}"
        }
    }

    /// One to four trades per message.
    static func dealsV2(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            let rows = (0...frames.random.below(4)).map { row in
                "{\"deal_id\":\(3_000_000_000 + index * 4 + row),\"created_at\":"
                    + "\(1_640_000_000_000 + index),\"side\":\"\(frames.random.chance(0.5) ? "sell" : "buy")\","
                    + "\"price\":\"\(frames.price(50_000))\",\"amount\":\"\(frames.size())\"}"
            }
            return "{\"method\":\"deals.update\",\"data\":{\"market\":\"OAKPINE\",\"deal_list\":["
                + "\(rows.joined(separator: ","))]},\"id\":null}"
        }
    }

    /// One deal per message, with its fee.
    static func ownDealsV2(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            "{\"method\":\"user_deals.update\",\"data\":{\"deal_id\":\(3_000_000_000 + index),\"created_at\":"
                + "\(1_640_000_000_000 + index),\"order_id\":\(90_000_000_000 + index),\"client_id\":"
                + "\"bench-1-\(index)-a\",\"position_id\":0,\"market\":\"OAKPINE\",\"side\":\"buy\",\"price\":"
                + "\"\(frames.price(50_000))\",\"amount\":\"\(frames.size())\",\"role\":\"maker\",\"fee\":"
                + "\"0.\(frames.digits(10))\",\"fee_ccy\":\"PINE\"},\"id\":null}"
        }
    }

    /// Orders that were placed, filled in part, or have ended.
    static func ordersV2(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            let event = ["put", "update", "finish"][frames.random.below(3)]
            return
                "{\"method\":\"order.update\",\"data\":{\"event\":\"\(event)\",\"order\":{\"order_id\":"
                + "\(90_000_000_000 + index),\"market\":\"OAKPINE\",\"margin_market\":\"\",\"type\":\"limit\","
                + "\"side\":\"sell\",\"amount\":\"\(frames.size())\",\"price\":\"\(frames.price(50_000))\","
                + "\"unfilled_amount\":\"\(frames.size())\",\"filled_amount\":\"\(frames.size())\","
                + "\"filled_value\":\"\(frames.price(1_000))\",\"taker_fee_rate\":\"0.002\",\"maker_fee_rate\":"
                + "\"0.002\",\"base_ccy_fee\":\"0\",\"quote_ccy_fee\":\"0.\(frames.digits(10))\","
                + "\"discount_ccy_fee\":\"0\",\"last_filled_amount\":\"\(frames.size())\","
                + "\"last_filled_price\":\"\(frames.price(50_000))\",\"created_at\":\(1_640_000_000_000 + index),"
                + "\"updated_at\":\(1_640_000_000_000 + index),\"client_id\":\"bench-1-\(index)-a\"}},\"id\":null}"
        }
    }

    /// Each message packed by itself.
    var packed: [[UInt8]] {
        var gzip = FrontGzip()
        return ranges.map { gzip.pack(Array(bytes[$0])) }
    }
}
