import BinanceVenue
import Quantities
import TestSupport
import Testing
import WireValues

/// Messages that are cut, changed and joined are decoded or refused, and never end the program.
struct DamagedMessageTests {
    static let fragments = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "-1", "1e9", "null", "true", "\"e\":\"kline\"",
        "\"o\":[",
        "\"data\":{", "99999999999999999999", "\"\"", "[[",
    ].map { Array($0.utf8) }

    @Test func `damaged messages of every kind`() throws {
        let seed = FuzzSettings.seed(11)
        var random = SeededRandom(seed: seed)
        let samples = Messages.all.map { Array($0.utf8) }
        for number in 0..<FuzzSettings.cases(20_000) {
            var bytes = samples[random.below(samples.count)]
            for _ in 0..<(1 + random.below(3)) { Self.damage(&bytes, &random) }
            try Self.decodeAll(bytes, "seed \(seed), case \(number)")
        }
    }

    @Test func `every beginning of a message is refused, and only the whole is taken`() {
        for sample in Messages.all {
            let bytes = Array(sample.utf8)
            for length in 0..<bytes.count {
                #expect(!Self.decodes(Array(bytes[..<length])), "\(length) bytes of \(sample)")
            }
            #expect(Self.decodes(bytes), "\(sample)")
        }
    }

    /// Whether any of the decoders of connections takes it.
    private static func decodes(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            if (try? BinanceMessage(decoding: bytes)) != nil { return true }
            if (try? BinanceAPIMessage(decoding: bytes)) != nil { return true }
            return (try? BinanceOptionsMessage(decoding: bytes)) != nil
        }
    }

    private static func decodeAll(_ bytes: [UInt8], _ comment: String) throws {
        bytes.withUnsafeBufferPointer { buffer in
            check(buffer, BinanceMessage.self, comment)
            check(buffer, BinanceAPIMessage.self, comment)
            check(buffer, BinanceOptionsMessage.self, comment)
        }
    }

    private static func check<Value: WireValue>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ type: Value.Type, _ comment: String
    ) {
        do throws(WireError) {
            _ = try Value(decoding: bytes)
        } catch {
            #expect((0...bytes.count).contains(error.offset), "\(comment): \(error)")
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count + 1)
        switch random.below(4) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.insert(contentsOf: fragments[random.below(fragments.count)], at: place)
        case 2: if place < bytes.count { bytes[place] = UInt8(random.below(256)) }
        default: if place < bytes.count { bytes.remove(at: place) }
        }
    }
}

/// Messages in the shapes of the venue, with invented numbers.
enum Messages {
    static let spot = [
        #"{"e":"aggTrade","E":1,"s":"AB","a":1,"p":"0.1","q":"1","f":1,"l":2,"T":1,"m":true,"M":true}"#,
        #"{"e":"blockTrade","E":1,"s":"AB","t":1,"p":"0.1","q":"1","T":1,"m":true}"#,
        #"{"e":"24hrMiniTicker","E":1,"s":"AB","c":"1","o":"1","h":"1","l":"1","v":"1","q":"1"}"#,
        #"[{"e":"24hrMiniTicker","E":1,"s":"AB","c":"1","o":"1","h":"1","l":"1","v":"1","q":"1"}]"#,
        #"{"e":"4hTicker","E":1,"s":"AB","p":"-1","P":"-2.5","o":"1","h":"1","l":"1","c":"1","w":"1","v":"1","#
            + #""q":"1","O":0,"C":1,"F":0,"L":1,"n":2}"#,
        #"{"stream":"ab@kline_1s@+08:00","data":{"e":"kline","E":1,"s":"AB","k":{"t":1,"T":2,"s":"AB","i":"1s","#
            + #""f":-1,"L":-1,"o":"1","c":"1","h":"1","l":"1","v":"0","n":0,"x":true,"q":"0","V":"0","Q":"0"}}}"#,
        #"{"e":"referencePrice","s":"AB","r":null,"t":1}"#,
        #"{"lastUpdateId":1,"bids":[],"asks":[["1","2"]]}"#,
        #"{"result":null,"id":"a1"}"#, #"{"code":2,"msg":"no","id":null}"#,
    ]

    static let account = [
        #"{"subscriptionId":0,"event":{"e":"outboundAccountPosition","E":1,"u":1,"B":[{"a":"A","f":"1","l":"0"}]}}"#,
        #"{"e":"balanceUpdate","E":1,"a":"A","d":"-1.5","T":1}"#,
        #"{"e":"listStatus","E":1,"s":"AB","g":2,"c":"OCO","l":"X","L":"Y","r":"NONE","C":"c","T":1,"#
            + #""O":[{"s":"AB","i":1,"c":"c"}]}"#,
        #"{"id":1,"status":200,"result":{"subscriptionId":0},"rateLimits":[{"rateLimitType":"R","#
            + #""interval":"MINUTE","intervalNum":1,"limit":6000,"count":1}]}"#,
        #"{"id":null,"status":401,"error":{"code":-2015,"msg":"key"}}"#,
    ]

    static let options = [
        #"[{"e":"markPrice","E":1,"s":"A-1-2-C","mp":"3.5"}]"#,
        #"{"e":"depth","E":1,"T":1,"s":"A-1-2-C","u":2,"pu":1,"b":[["1","2"]],"a":[]}"#,
        #"{"e":"trade","E":1,"s":"A-1-2-C","t":"1","p":"10","q":"-2","b":4611781675939004001,"a":1,"T":1,"#
            + #""S":"-1","X":"MARKET"}"#,
        #"{"e":"ORDER_TRADE_UPDATE","E":1,"o":[{"T":1,"t":1,"s":"S","c":"","oid":"46","p":"1","q":"1","stp":0,"#
            + #""r":false,"po":true,"S":"PARTIALLY_FILLED","e":"0.1","ec":"1","f":"2","tif":"GTC","oty":"LIMIT","#
            + #""fi":[{"t":"20","p":"1","q":"0.1","T":1,"m":"TAKER","f":"0.0002"}]}]}"#,
        #"{"e":"GREEK_UPDATE","E":1,"T":1,"G":[{"u":"AB","d":"-0.1","g":"-1e-7","t":"1","v":"2"}]}"#,
    ]

    static let all = spot + account + options + Sample.all
}
