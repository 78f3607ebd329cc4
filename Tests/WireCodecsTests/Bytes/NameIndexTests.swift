import Testing
import WireCodecs

struct NameIndexTests {
    private func find(_ name: String, in index: NameIndex) -> Int? {
        Array(name.utf8).withUnsafeBufferPointer { index.number(of: $0) }
    }

    @Test(arguments: [0, 1, 2, 3, 1_000])
    func `every name is found and no other`(count: Int) {
        let names = (0..<count).map { "ABC\($0)USDT" }
        let index = NameIndex(names)
        for (number, name) in names.enumerated() {
            #expect(find(name, in: index) == number)
            #expect(find(name.lowercased(), in: index) == nil)
        }
        for name in ["", "ABC", "ABC0USD", "ABC0USDTT", "ABC\(count)USDT"] {
            #expect(find(name, in: index) == nil)
        }
    }

    @Test func `of equal names the first counts`() {
        #expect(find("B", in: NameIndex(["A", "B", "B"])) == 1)
    }
}
