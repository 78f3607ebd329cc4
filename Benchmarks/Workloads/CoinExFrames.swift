import CoinExVenue
import Quantities

/// Messages in the shape that CoinEx sends, of a made-up market, one behind the other in one buffer.
struct CoinExFrames {
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []
    private var random = SeededRandom(seed: 17)

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

    /// One to four trades per message.
    static func deals(_ count: Int) -> CoinExFrames {
        CoinExFrames(count) { frames, index in
            var rows: [String] = []
            for row in 0...frames.random.below(4) {
                let side = frames.random.chance(0.5) ? "sell" : "buy"
                let time = "\(1_640_000_000 + index).\(frames.digits(6))"
                rows.append(
                    "{\"id\": \(3_000_000_000 + index * 4 + row), \"time\": \(time), "
                        + "\"price\": \"\(frames.price(50_000))\", \"amount\": \"\(frames.size())\", "
                        + "\"type\": \"\(side)\"}")
            }
            return
                "{\"method\": \"deals.update\", \"params\": [\"OAKPINE\", [\(rows.joined(separator: ", "))]], "
                + "\"id\": null}"
        }
    }

    /// A book of 20 levels a side, one to six of which change at a time, with the checksum of each state.
    static func books(_ count: Int) -> CoinExFrames {
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
            let time = Instant(milliseconds: 1_640_000_000_000 + Int64(index) * 200)
            _ = book.apply(
                isFull: isFull, bids: sides[0], asks: sides[1], time: time, checksum: nil, &checksum)
            let texts = sides.map { side in
                "["
                    + side.map { "[\"\($0.price.text(decimals: 2))\", \"\($0.quantity.text(decimals: 8))\"]" }
                    .joined(separator: ", ") + "]"
            }
            return "{\"method\": \"depth.update\", \"params\": [\(isFull), {\"asks\": \(texts[1]), \"bids\": "
                + "\(texts[0]), \"last\": \"59000.00\", \"time\": \(time.nanoseconds / 1_000_000), \"checksum\": "
                + "\(checksum.of(book.bids, book.asks))}, \"OAKPINE\"], \"id\": null}"
        }
    }

    private mutating func level(_ price: Int) -> CoinExBookLevel {
        let lots = Int128(1 + random.below(2_000_000_000)) * 10_000
        return CoinExBookLevel(
            price: Price(price), quantity: Quantity(raw: lots), priceDecimals: 2, quantityDecimals: 8)
    }

    private init(_ count: Int, _ frame: (inout CoinExFrames, Int) -> String) {
        for index in 0..<count {
            let start = bytes.count
            bytes.append(contentsOf: frame(&self, index).utf8)
            ranges.append(start..<bytes.count)
        }
    }

    private mutating func price(_ base: Int) -> String { "\(base + random.below(9_000)).\(digits(2))" }
    private mutating func size() -> String { "\(random.below(20)).\(digits(8))" }

    private mutating func digits(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text.append(String(random.below(10))) }
        return text
    }

    private mutating func levels(_ count: Int, _ base: Int) -> String {
        var texts: [String] = []
        for _ in 0..<count { texts.append("[\"\(price(base))\", \"\(size())\"]") }
        return "[" + texts.joined(separator: ", ") + "]"
    }
}
