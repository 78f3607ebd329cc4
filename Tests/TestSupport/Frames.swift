/// A recording of raw frames of BTCUSDT, written line by line: milliseconds after a beginning, and a frame.
package enum Frames {
    package static let start: Int64 = 1_700_000_000_000

    package static func line(_ milliseconds: Int64, _ frame: String) -> String {
        "\((start + milliseconds) * 1_000_000) \(frame)"
    }

    package static func ticker(_ update: Int, _ bid: String, _ ask: String) -> String {
        #"""
        {"stream":"x@bookTicker","data":{"u":\#(update),"s":"BTCUSDT","b":"\#(bid)","B":"5.00000",\#
        "a":"\#(ask)","A":"5.00000"}}
        """#
    }

    package static func trade(_ id: Int, _ price: String, at milliseconds: Int64) -> String {
        #"""
        {"stream":"x@trade","data":{"e":"trade","E":0,"s":"BTCUSDT","t":\#(id),"p":"\#(price)",\#
        "q":"0.1","T":\#(start + milliseconds),"m":false}}
        """#
    }

    package static func depth(_ first: Int, _ last: Int, bids: String = "[]", asks: String = "[]") -> String {
        #"""
        {"stream":"x@depth","data":{"e":"depthUpdate","E":\#(start),"s":"BTCUSDT","U":\#(first),\#
        "u":\#(last),"b":\#(bids),"a":\#(asks)}}
        """#
    }

    package static let snapshot =
        #"{"lastUpdateId":100,"bids":[["60000.00","1.0"]],"asks":[["60001.00","1.0"]]}"#

    /// Quotes that walk up and down, one every hundred milliseconds.
    package static func walk(_ count: Int, from first: Int64 = 0) -> [String] {
        (0..<count).map { index in
            let cents = 6_000_000 + (index * 7) % 400
            return line(
                first + Int64(index) * 100,
                ticker(index + 1, "\(cents / 100).\(cents % 100 / 10)\(cents % 10)", "60010.00"))
        }
    }
}
