import Quantities

/// Frames of the streams of Binance Spot, Binance Options and Jayx, of made-up markets, a list for each stream.
///
/// Numbers differ from frame to frame in their digits, and where venues do not pad them in their length.
struct VenueFrames {
    /// A stream and what makes one frame of it.
    struct Stream: Sendable {
        let name: String
        let frames: Int
        let frame: @Sendable (inout VenueFrames, Int) -> String
    }

    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []
    private var random = SeededRandom(seed: 17)

    init(_ stream: Stream) {
        for index in 0..<stream.frames {
            let start = bytes.count
            bytes.append(contentsOf: stream.frame(&self, index).utf8)
            ranges.append(start..<bytes.count)
        }
    }

    // MARK: Numbers

    mutating func below(_ limit: Int) -> Int { random.below(limit) }

    mutating func digits(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text.append(String(below(10))) }
        return text
    }

    /// With eight decimals, as spot pads them.
    mutating func price() -> String { "\"\(50_000 + below(20_000)).\(digits(2))000000\"" }
    mutating func size() -> String { "\"\(below(20)).\(digits(5))000\"" }
    mutating func change() -> String { "\"\(below(2) == 0 ? "-" : "")\(below(900)).\(digits(2))000000\"" }
    mutating func percent() -> String { "\"\(below(2) == 0 ? "-" : "")\(below(6)).\(digits(3))\"" }
    mutating func sum() -> String { "\"\(1_000 + below(90_000)).\(digits(8))\"" }
    mutating func quoteSum() -> String { "\"\(1_000_000_000 + below(900_000_000)).\(digits(8))\"" }

    /// As options write them: short, and of different length.
    mutating func premium() -> String { "\"\(below(5_000)).\(digits(1 + below(3)))\"" }
    mutating func contracts() -> String { "\"\(below(100)).\(digits(2))\"" }
    mutating func greek() -> String { "\"\(below(2) == 0 ? "-" : "")0.\(digits(8))\"" }
    mutating func volatility() -> String { "\"0.\(digits(8))\"" }
    mutating func option() -> String {
        "\"OAK-26\(10 + below(3))\(10 + below(20))-\(50 + below(50))000-\(below(2) == 0 ? "C" : "P")\""
    }

    func time(_ index: Int) -> Int { 1_700_000_000_000 + index * 137 }

    mutating func list(_ count: Int, _ element: (inout VenueFrames, Int) -> String) -> String {
        var texts: [String] = []
        for index in 0..<count { texts.append(element(&self, index)) }
        return "[" + texts.joined(separator: ",") + "]"
    }

    mutating func levels(_ count: Int) -> String {
        list(count) { frames, _ in "[\(frames.price()),\(frames.size())]" }
    }

    mutating func premiums(_ count: Int) -> String {
        list(count) { frames, _ in "[\(frames.premium()),\(frames.contracts())]" }
    }

    static func wrapped(_ stream: String, _ data: String) -> String {
        "{\"stream\":\"\(stream)\",\"data\":\(data)}"
    }
}
