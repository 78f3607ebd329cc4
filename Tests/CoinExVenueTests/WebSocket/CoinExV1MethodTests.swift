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
