import CoinExVenue
import TestSupport
import Testing

struct EndpointTableTests {
    @Test func `the documentation has the table of all endpoints`() {
        let steps = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
        let page = steps.joined(separator: "/") + "/docs/venues/coinex.md"
        let text = String(decoding: ScratchFolder.read(page), as: UTF8.self)
        #expect(
            text.contains(CoinExV1.endpointTable),
            "the table of docs/venues/coinex.md is to be:\n\(CoinExV1.endpointTable)")
    }

    @Test func `the documentation has the table of the second generation`() {
        let steps = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
        let page = steps.joined(separator: "/") + "/docs/venues/coinex-v2.md"
        let text = String(decoding: ScratchFolder.read(page), as: UTF8.self)
        #expect(
            text.contains(CoinExV2.endpointTable),
            "the table of docs/venues/coinex-v2.md is to be:\n\(CoinExV2.endpointTable)")
        let names = CoinExV2.endpoints.map(\.name)
        #expect(Set(names).count == names.count && names.count == 35)
        #expect(CoinExV2.endpoints.allSatisfy { $0.isSigned == ($0.group != .market) })
    }

    @Test func `no two endpoints have the same name, and only public ones are unsigned`() {
        let names = CoinExV1.endpoints.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(CoinExV1.endpoints.allSatisfy { $0.isSigned == ($0.group != .market) })
        #expect(names.count == 79)
    }
}
