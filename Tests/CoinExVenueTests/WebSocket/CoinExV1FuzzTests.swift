import CoinExVenue
import MarketModel
import Quantities
import Testing
import VenueKit

struct CoinExV1FuzzTests {
    /// One message of each kind.
    private static let samples: [String] = [
        #"{"method":"depth.update","params":[true,{"asks":[["46350.52","1.07871851"]],"bids":[["46349.61","#
            + #""0.04000000"]],"last":"46349.93","time":1639987469166,"checksum":1533284725},"BTCUSDT"],"id":null}"#,
        #"{"method":"deals.update","params":["BTCUSDT",[{"type":"sell","time":1496458040.059284,"#
            + #""price":"46444.74","id":29433,"amount":"0.00120000"}]],"id":null}"#,
        #"{"method":"deals_own.update","params":["BTCUSDT",[{"type":"buy","time":1496458040.059284,"#
            + #""price":"1","id":29433,"amount":"2","order_id":5,"client_id":"test-0-7-a"}]],"id":null}"#,
        #"{"method":"state.update","params":[{"BTCUSDT":{"open":"1","last":"2","high":"3","low":"1","#
            + #""volume":"4","deal":"5","period":86400}}],"id":null}"#,
        OrderLife.all[3].pushes(OrderID(raw: 70_000))[3],
        OrderLife.stop(2, 1_000, OrderID(raw: 70_000), status: 2),
        #"{"method":"asset.update","params":[{"BTC":{"available":"250","frozen":"10","#
            + #""timestamp":1640500112.2}},0],"id":null}"#,
        #"{"method":"index.update","params":["BTCUSDT","46000.5"],"id":null}"#,
        #"{"method":"kline.update","params":[[1492358400,"1","2","3","1","5","6","BTCUSDT"]],"id":null}"#,
        #"{"method":"notice.update","params":[101,{"started_at":1,"ended_at":2,"scope":["SPOT"]}],"id":null}"#,
        #"{"error": null, "result": {"status": "success"}, "id": 2}"#,
        #"{"error": {"code": 6, "message": "require auth"}, "result": null, "id": 2}"#,
    ]

    @Test func `every sample is good, and every true beginning of it is truncated`() {
        for sample in Self.samples {
            var whole = FeedProbe()
            let word = whole.receive(sample)
            #expect(!word.contains("byte"), "\(word)")
            let bytes = Array(sample.utf8)
            for count in 0..<bytes.count {
                var probe = FeedProbe()
                let word = probe.receive(String(decoding: bytes[..<count], as: UTF8.self))
                #expect(word.contains("truncated"), "\(count) bytes of \(sample): \(word)")
                #expect(probe.events.isEmpty && probe.facts.isEmpty)
            }
        }
    }

    @Test func `damaged messages are read or refused, and nothing else happens`() {
        let seed = FuzzChoice.seed
        var random = SeededRandom(seed: seed)
        let alphabet = Array(#"{}[]",:.-+e0123456789ntfabz\u00é"#.utf8)
        var probe = FeedProbe()
        var refused = 0
        for _ in 0..<FuzzChoice.cases(20_000) {
            var bytes = Array(Self.samples[random.below(Self.samples.count)].utf8)
            for _ in 0...random.below(3) {
                guard !bytes.isEmpty else { break }
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[place] = alphabet[random.below(alphabet.count)]
                case 1: bytes.insert(alphabet[random.below(alphabet.count)], at: place)
                case 2: bytes.remove(at: place)
                default:
                    let end = min(bytes.count, place + random.below(20))
                    bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
                }
            }
            var decoder = CoinExV1StreamDecoder()
            let good = withWire(bytes) { text in
                do throws(CoinExFeedError) {
                    var events = probe.events
                    let arrival = try probe.feed.receive(
                        text, at: probe.now, events: &events, facts: &probe.facts)
                    guard case .reply = arrival else { return true }
                    for method in CoinExV1Method.allCases where method.stream == nil {
                        do throws(CoinExV1StreamError) {
                            guard case .reply(let reply) = try decoder.decode(text) else { return false }
                            _ = try decoder.decodeResult(reply, of: method)
                        } catch {
                            if error.offset > text.count { return false }
                        }
                    }
                    return true
                } catch {
                    refused += 1
                    return error.offset <= text.count
                }
            }
            #expect(good, "seed \(seed)")
            probe.events.removeAll(keepingCapacity: true)
            probe.facts.removeAll(keepingCapacity: true)
        }
        #expect(refused > 0)
    }
}
