import CoinExVenue
import Testing

struct CoinExV1MethodTests {
    @Test func `every name is written once and leads back to its method`() {
        let names = CoinExV1Method.allCases.map(\.description)
        #expect(Set(names).count == names.count)
        for method in CoinExV1Method.allCases { #expect(CoinExV1Method(name: method.description) == method) }
        #expect(CoinExV1Method(name: "order.put") == nil)
    }

    @Test func `pushes are the methods that belong to a stream`() {
        for method in CoinExV1Method.allCases {
            #expect((method.stream != nil) == CoinExV1Method.pushes.contains(method), "\(method)")
        }
    }

    @Test func `a set of fields fits a word`() {
        #expect(CoinExV1Field.allCases.count <= 64)
    }
}

struct CoinExV1MethodDecoderTests {
    private func read(_ method: String, _ text: String) -> String {
        guard let decoder = CoinExDecoders.named(method) else { return "no decoder" }
        return withWire(text) { bytes in
            do {
                return "\(try decoder.decode(bytes))"
            } catch {
                return "\(error)"
            }
        }
    }

    @Test func `messages are read by the name of their method`() {
        let push = #"{"method":"index.update","params":["BTCUSDT","46000.5"],"id":null}"#
        #expect(read("index.update", push) == #"["index.update", "BTCUSDT 46000.5"]"#)
        let answer = #"{"error":null,"result":{"BTC":{"available":"1","frozen":"2"}},"id":3}"#
        #expect(
            read("asset.query", answer)
                == #"["answer to call 3, asset.query: assets", "BTC of account 0: 1 and 2 frozen"]"#)
        for method in CoinExV1Method.allCases { #expect(CoinExDecoders.named("\(method)") != nil) }
    }

    @Test func `a message of another method is refused`() {
        let push = #"{"method":"index.update","params":["BTCUSDT","46000.5"],"id":null}"#
        #expect(read("order.update", push) == "order.update, method has an unknown value at byte 0")
        #expect(read("index.query", push) == "index.query, method has an unknown value at byte 0")
    }
}
