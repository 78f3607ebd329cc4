/// Frames in the shapes of the venue, with invented numbers.
enum Sample {
    static let spotTicker =
        #"""
        {"u":7001,"s":"ABCUSDT","b":"25.35000000","B":"31.21000000","a":"25.36000000",\#
        "A":"0.00040000"}
        """#
    static let futuresTicker =
        #"""
        {"e":"bookTicker","u":7002,"s":"ABCUSDT","b":"25.3","B":"31","a":"25.4","A":"40.125",\#
        "T":1700000000123,"E":1700000000124}
        """#
    static let spotTrade =
        #"""
        {"e":"trade","E":1700000000130,"s":"ABCUSDT","t":345,"p":"25.36000000","q":"0.02000000",\#
        "T":1700000000129,"m":true,"M":true}
        """#
    static let futuresTrade =
        #"""
        {"e":"trade","E":1700000000130,"T":1700000000128,"s":"ABCUSDT","t":346,"p":"25.4",\#
        "q":"0.006","X":"MARKET","m":false}
        """#
    static let spotDepth =
        #"""
        {"e":"depthUpdate","E":1700000000200,"s":"ABCUSDT","U":101,"u":105,"b":[["25.35000000",\#
        "1.50000000"],["25.30000000","0.00000000"]],"a":[["25.36000000","2.00000000"]]}
        """#
    static let futuresDepth =
        #"""
        {"e":"depthUpdate","E":1700000000200,"T":1700000000199,"s":"ABCUSDT","U":110,"u":120,\#
        "pu":99,"b":[],"a":[["25.4","0.000"],["25.5","7.5"]]}
        """#
    static let spotSnapshot =
        #"""
        {"lastUpdateId":103,"bids":[["25.35000000","1.00000000"],["25.34000000","4.00000000"]],\#
        "asks":[["25.37000000","3.00000000"]]}
        """#
    static let futuresSnapshot =
        #"""
        {"lastUpdateId":115,"E":1700000000190,"T":1700000000189,"bids":[["25.3","1"]],\#
        "asks":[["25.4","3"],["25.5","4"]]}
        """#

    static func wrapped(_ payload: String, _ stream: String) -> String {
        #"{"stream":"abcusdt@\#(stream)","data":\#(payload)}"#
    }

    static let naked = [
        spotTicker, futuresTicker, spotTrade, futuresTrade, spotDepth, futuresDepth, spotSnapshot,
        futuresSnapshot,
    ]

    static let all =
        naked + [
            wrapped(spotTicker, "bookTicker"), wrapped(futuresTicker, "bookTicker"),
            wrapped(spotTrade, "trade"), wrapped(futuresTrade, "trade"),
            wrapped(spotDepth, "depth@100ms"), wrapped(futuresDepth, "depth@0ms"),
            wrapped(spotDepth, "depth"),
        ]
}
