import JayxVenue
import Quantities
import TestSupport
import Testing
import WireValues

struct JayxEventTests {
    static let order =
        #"{"id":117805625,"type":"LIMIT","state":"NEW","side":"BUY","resd":1000000,"exec":0,"cost":0,"#
        + #""lastLots":null,"lastTicks":null,"created":1716135452487,"modified":1716135452487,"#
        + #""symbol":"BTCUSDT","price":"1000","quantity":"1000"}"#
    static let payloads = [
        #"{"add":null,"modify":{"_id":"66","created":1716131580,"o":6678147,"h":6690062,"l":6674783,"#
            + #""c":6689523,"v":241690,"m":1716131619,"symbol":"BTCUSDT"}}"#,
        #"{"orderBook":{"asks":[{"ticks":2,"lots":1,"count":1}],"bids":[]},"trades":[{"lots":3779,"#
            + #""ticks":6667418,"side":"BUY","created":1716136436758}]}"#,
        #"{"spot":[{"asset":"BTC","balance":"0.000998","available":"0.000998"}]}"#,
        #"{"cancel":[],"modify":[\#(order)]}"#, #"{"cancel":[7,"8",{"id":9},\#(order)],"modify":[]}"#,
    ]
    static let names = ["kline", "orderbook", "positions", "openorders", "openorders"]
    static let kinds = ["kline", "orderBook", "positions", "openOrders", "openOrders"]

    @Test func `events are read in every framing, and bare by their members`() {
        for (index, payload) in Self.payloads.enumerated() {
            let name = Self.names[index]
            #expect(JayxText.decode(#"42["\#(name)",\#(payload)]"#, "socket.io") == Self.kinds[index])
            #expect(JayxText.decode(#"42/spot,17["\#(name)",\#(payload)]"#, "socket.io") == Self.kinds[index])
            #expect(
                JayxText.decode(#"{"event":"\#(name)","data":\#(payload)}"#, "json-data") == Self.kinds[index]
            )
            #expect(JayxText.decode(payload, "payload") == Self.kinds[index])
            #expect(!JayxText.decode(payload, name).hasPrefix("refused"))
        }
    }

    @Test(
        arguments: [
            (#"42["kline",{"add":null}]"#, "kline"),
            (#"42["trades",{}]"#, "refused: unknown value at byte 3, in 'event'"),
            (
                #"42["kline",{"modify":{"_id":"1","created":"x"}}]"#,
                "refused: 'symbol' is missing, at byte 46"
            ),
            (
                #"42["orderbook",{"orderBook":{"asks":[{"ticks":-1,"lots":1,"count":1}],"bids":[]}}]"#,
                "refused: less than zero at byte 46, in 'ticks'"
            ),
            (#"42["kline"]"#, "refused: missingElement at byte 10"), ("", "refused: truncated at byte 0"),
            ("4", "refused: truncated at byte 1"), ("9", "refused: unexpectedByte at byte 0"),
            (
                #"0{"sid":"a","pingInterval":0,"pingTimeout":1}"#,
                "refused: outOfRange at byte 27, in 'pingInterval'"
            ),
            ("6", "ignored"), ("43[1]", "ignored"), ("41", "closed"), ("1", "closed"), ("2", "ping"),
            ("3", "pong"),
        ])
    func `what is no event is told apart, and errors tell the byte of the message`(
        text: String, verdict: String
    ) {
        #expect(JayxText.decode(text, "socket.io") == verdict)
    }

    @Test func `damaged messages are read or refused, and never end the program`() {
        let seed = FuzzSettings.seed(4)
        var random = SeededRandom(seed: seed)
        let texts = zip(Self.names, Self.payloads).flatMap { name, payload in
            [
                (#"42["\#(name)",\#(payload)]"#, "socket.io"),
                (#"{"event":"\#(name)","message":\#(payload)}"#, "json-message"),
            ]
        }
        for number in 0..<FuzzSettings.cases(5_000) {
            let (text, name) = texts[random.below(texts.count)]
            var bytes = Array(text.utf8)
            for _ in 0...random.below(3) {
                let place = random.below(bytes.count + 1)
                switch random.below(3) {
                case 0: bytes.removeSubrange(place...)
                case 1: bytes.insert(UInt8(random.below(128)), at: place)
                default: if place < bytes.count { bytes[place] = UInt8(random.below(128)) }
                }
            }
            #expect(
                !JayxText.decode(String(decoding: bytes, as: UTF8.self), name).isEmpty,
                "seed \(seed), \(number)")
        }
        for (text, name) in texts {
            for length in 0..<text.utf8.count {
                let verdict = JayxText.decode(String(text.prefix(length)), name)
                #expect(verdict.hasPrefix("refused"), "\(text.prefix(length)) is \(verdict)")
            }
        }
    }

    @Test func `a key is not shown`() {
        let subscription = JayxSubscription.openOrders(key: "hush", symbol: "BTCUSDT")
        #expect("\(subscription)" == "openorders (secret) BTCUSDT")
        #expect(String(decoding: JayxFraming.data.codec.encode(subscription), as: UTF8.self).contains("hush"))
    }
}
