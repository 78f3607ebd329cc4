import Quantities

/// Frames in the shape that Binance sends, of a made-up market, one behind the other in one buffer.
///
/// Tens of thousands of different ones: a few that come again and again would teach the branch predictor
/// their digits.
struct SyntheticFrames {
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []
    private var random = SeededRandom(seed: 13)

    static func bookTickers(_ count: Int) -> SyntheticFrames {
        SyntheticFrames(count) { frames, index in
            let bid = frames.price()
            return wrapped(
                "bookTicker",
                "{\"u\":\(50_000_000_000 + index),\"s\":\"OAKPINE\",\"b\":\"\(bid)\",\"B\":\"\(frames.size())\","
                    + "\"a\":\"\(frames.price())\",\"A\":\"\(frames.size())\"}")
        }
    }

    static func trades(_ count: Int) -> SyntheticFrames {
        SyntheticFrames(count) { frames, index in
            let time = 1_700_000_000_000 + index
            let isSell = frames.random.chance(0.5)
            return wrapped(
                "trade",
                "{\"e\":\"trade\",\"E\":\(time),\"s\":\"OAKPINE\",\"t\":\(3_000_000_000 + index),"
                    + "\"p\":\"\(frames.price())\",\"q\":\"\(frames.size())\",\"T\":\(time),\"m\":\(isSell),"
                    + "\"M\":true}")
        }
    }

    /// Depth updates of 1 to 20 levels a side.
    static func depths(_ count: Int) -> SyntheticFrames {
        SyntheticFrames(count) { frames, index in
            let update = 50_000_000_000 + index * 2
            return wrapped(
                "depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":\(1_700_000_000_000 + index * 100),\"s\":\"OAKPINE\","
                    + "\"U\":\(update),\"u\":\(update + 1),\"b\":\(frames.levels()),\"a\":\(frames.levels())}"
            )
        }
    }

    private init(_ count: Int, _ frame: (inout SyntheticFrames, Int) -> String) {
        for index in 0..<count {
            let start = bytes.count
            bytes.append(contentsOf: frame(&self, index).utf8)
            ranges.append(start..<bytes.count)
        }
    }

    private static func wrapped(_ stream: String, _ data: String) -> String {
        "{\"stream\":\"oakpine@\(stream)\",\"data\":\(data)}"
    }

    private mutating func price() -> String { "\(50_000 + random.below(20_000)).\(digits(2))000000" }

    private mutating func size() -> String { "\(random.below(20)).\(digits(5))000" }

    private mutating func digits(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text.append(String(random.below(10))) }
        return text
    }

    private mutating func levels() -> String {
        var texts: [String] = []
        for _ in 0...random.below(20) { texts.append("[\"\(price())\",\"\(size())\"]") }
        return "[" + texts.joined(separator: ",") + "]"
    }
}
