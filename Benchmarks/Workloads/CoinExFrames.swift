import CoinExVenue
import Quantities

/// Messages in the shape that CoinEx sends, of a made-up market, one behind the other in one buffer.
struct CoinExFrames {
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []
    var random = SeededRandom(seed: 17)

    /// Whole books and changes of them, as a connection brings them; without checksums.
    static func depths(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            let isFull = index % 300 == 0
            let levels = isFull ? 20 : 1 + frames.random.below(12)
            let time = 1_640_000_000_000 + index * 200
            return
                "{\"method\": \"depth.update\", \"params\": [\(isFull), {\"asks\": \(frames.levels(levels, 60_000)), "
                + "\"bids\": \(frames.levels(levels, 50_000)), \"last\": \"\(frames.price(50_000))\", "
                + "\"time\": \(time)}, \"OAKPINE\"], \"id\": null}"
        }
    }

    /// One to four trades per message; own ones name their orders.
    static func deals(_ count: Int, own: Bool = false) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            var rows: [String] = []
            for row in 0...frames.random.below(4) {
                let side = frames.random.chance(0.5) ? "sell" : "buy"
                let number = index * 4 + row
                let order =
                    own
                    ? ", \"order_id\": \(90_000_000_000 + number), \"client_id\": \"bench-1-\(number)-a\""
                    : ""
                rows.append(
                    "{\"id\": \(3_000_000_000 + number), \"time\": \(frames.time(index)), "
                        + "\"price\": \"\(frames.price(50_000))\", \"amount\": \"\(frames.size())\", "
                        + "\"type\": \"\(side)\"\(order)}")
            }
            let method = own ? "deals_own" : "deals"
            return
                "{\"method\": \"\(method).update\", \"params\": [\"OAKPINE\", [\(rows.joined(separator: ", "))]], "
                + "\"id\": null}"
        }
    }

    /// Orders that were placed, filled in part, or have ended.
    static func orders(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            "{\"method\": \"order.update\", \"params\": [\(1 + frames.random.below(3)), {\"id\": "
                + "\(90_000_000_000 + index), \"type\": 1, \"side\": \(1 + frames.random.below(2)), \"user\": 1357911, "
                + "\"account\": 0, \"option\": 2, \"ctime\": \(frames.time(index)), \"mtime\": "
                + "\(frames.time(index)), \"market\": \"OAKPINE\", \"source\": \"api.v1\", \"client_id\": "
                + "\"bench-1-\(index)-a\", \"price\": \"\(frames.price(50_000))\", \"amount\": "
                + "\"\(frames.size())\", \"taker_fee\": \"0.0020\", \"maker_fee\": \"0.0020\", \"left\": "
                + "\"\(frames.size())\", \"deal_stock\": \"\(frames.size())\", \"deal_money\": "
                + "\"\(frames.price(1_000))\(frames.digits(10))\", \"money_fee\": \"0.\(frames.digits(12))\", "
                + "\"stock_fee\": \"0\", \"asset_fee\": \"0\", \"fee_discount\": \"1\", \"fee_asset\": null, "
                + "\"last_deal_amount\": \"\(frames.size())\", \"last_deal_price\": "
                + "\"\(frames.price(50_000))\", \"last_deal_time\": \(frames.time(index)), \"last_deal_id\": "
                + "\(3_000_000_000 + index), \"last_role\": \(1 + frames.random.below(2))}], \"id\": null}"
        }
    }

    /// What an account holds of one to four coins.
    static func assets(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            let coins = ["OAK", "PINE", "MAPLE", "BIRCH"].prefix(1 + frames.random.below(4)).map {
                "\"\($0)\": {\"available\": \"\(frames.price(1_000))\(frames.digits(6))\", \"frozen\": "
                    + "\"\(frames.size())\", \"timestamp\": \(frames.time(index))}"
            }
            return "{\"method\": \"asset.update\", \"params\": [{\(coins.joined(separator: ", "))}, 0], "
                + "\"id\": null}"
        }
    }

    /// A book of 20 levels a side, one to six of which change at a time, with the checksum of each state.
    static func books(_ count: Int, in api: CoinExAPI = .v1) -> CoinExFrames {
        var book = CoinExBook(limit: 20)
        var checksum = CoinExChecksum()
        return CoinExFrames(count) { frames, index in
            let isFull = index == 0
            var sides: [[CoinExBookLevel]] = [[], []]
            for side in 0..<2 {
                let base = side == 0 ? 59_000 : 60_000
                let changed =
                    isFull ? Array(0..<20) : (0...frames.random.below(6)).map { _ in frames.random.below(20) }
                sides[side] = changed.map { frames.level(base + $0) }
            }
            let at = Instant(milliseconds: 1_640_000_000_000 + Int64(index) * 200)
            _ = book.apply(
                isFull: isFull, bids: sides[0], asks: sides[1], time: at, checksum: nil, &checksum)
            // The first generation writes blanks behind commas and colons, the second none.
            let blank = api == .v1 ? " " : ""
            let texts = sides.map { side in
                let levels = side.map {
                    "[\"\($0.price.text(decimals: 2))\",\(blank)\"\($0.quantity.text(decimals: 8))\"]"
                }
                return "[" + levels.joined(separator: "," + blank) + "]"
            }
            let time = at.nanoseconds / 1_000_000
            let sum = checksum.of(book.bids, book.asks)
            return switch api {
            case .v1:
                "{\"method\": \"depth.update\", \"params\": [\(isFull), {\"asks\": \(texts[1]), \"bids\": "
                    + "\(texts[0]), \"last\": \"59000.00\", \"time\": \(time), \"checksum\": \(sum)}, "
                    + "\"OAKPINE\"], \"id\": null}"
            case .v2:
                "{\"method\":\"depth.update\",\"data\":{\"market\":\"OAKPINE\",\"is_full\":\(isFull),\"depth\":"
                    + "{\"asks\":\(texts[1]),\"bids\":\(texts[0]),\"last\":\"59000.00\",\"updated_at\":"
                    + "\(time),\"checksum\":\(sum)}},\"id\":null}"
            }
        }
    }

    private mutating func level(_ price: Int) -> CoinExBookLevel {
        let lots = Int128(1 + random.below(2_000_000_000)) * 10_000
        return CoinExBookLevel(
            price: Price(price), quantity: Quantity(raw: lots), priceDecimals: 2, quantityDecimals: 8)
    }

    init(_ count: Int, _ frame: (inout CoinExFrames, Int) -> String) {
        for index in 0..<count {
            let start = bytes.count
            bytes.append(contentsOf: frame(&self, index).utf8)
            ranges.append(start..<bytes.count)
        }
    }

    private mutating func time(_ index: Int) -> String { "\(1_640_000_000 + index).\(digits(6))" }
    mutating func price(_ base: Int) -> String { "\(base + random.below(9_000)).\(digits(2))" }
    mutating func size() -> String { "\(random.below(20)).\(digits(8))" }

    mutating func digits(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text.append(String(random.below(10))) }
        return text
    }

    mutating func levels(_ count: Int, _ base: Int) -> String {
        var texts: [String] = []
        for _ in 0..<count { texts.append("[\"\(price(base))\", \"\(size())\"]") }
        return "[" + texts.joined(separator: ", ") + "]"
    }
}
