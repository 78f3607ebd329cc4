import Quantities

/// A recording of raw frames of BTCUSDT: quotes and trades that swing, with a little chance in them.
enum Frames {
    static let start: Int64 = 1_700_000_000_000

    /// So many quotes, ten a second, every fifth with a trade at it.
    static func swings(_ count: Int) -> [String] {
        var random = SeededRandom(seed: 7)
        var cents = 6_000_000
        return (0..<count).flatMap { index -> [String] in
            let trend = (index / 150) % 2 == 0 ? 1 : -1
            cents += trend * 60 + random.below(301) - 150
            let time = start + Int64(index) * 100
            let (bid, ask) = (price(cents), price(cents + 100))
            let quote = "\(time * 1_000_000) " + ticker(index + 1, bid, ask)
            guard index % 5 == 0 else { return [quote] }
            let at = random.chance(0.5) ? bid : ask
            return [quote, "\(time * 1_000_000 + 1) " + trade(index + 1, at, time)]
        }
    }

    private static func price(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 / 10)\(cents % 10)"
    }

    private static func ticker(_ update: Int, _ bid: String, _ ask: String) -> String {
        #"""
        {"stream":"x@bookTicker","data":{"u":\#(update),"s":"BTCUSDT","b":"\#(bid)","B":"5.00000",\#
        "a":"\#(ask)","A":"5.00000"}}
        """#
    }

    private static func trade(_ id: Int, _ price: String, _ milliseconds: Int64) -> String {
        #"""
        {"stream":"x@trade","data":{"e":"trade","E":0,"s":"BTCUSDT","t":\#(id),"p":"\#(price)",\#
        "q":"0.1","T":\#(milliseconds),"m":false}}
        """#
    }
}
