import CoinExVenue
import MarketModel
import Testing

struct CoinExOrderNamingTests {
    private let naming = CoinExOrderNaming(bot: "grid", run: 12_345)

    @Test(arguments: [
        (UInt64(1), 0), (1, 65_535), (4_294_967_296, 7), (UInt64.max >> 16, 65_535),
    ])
    func `a name goes there and back`(sequence: UInt64, slot: Int) throws {
        let naming = try #require(CoinExOrderNaming(bot: "marketm", run: .max))
        let order = OrderID(sequence: sequence, slot: slot)
        let name = naming.name(order, of: StrategyID(63))
        #expect(name.count <= CoinExClientID.lengthMax)
        #expect(
            name.description.utf8.allSatisfy {
                $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
            })
        let named = try #require(naming.order(named: name.description))
        #expect(named.order == order && named.run == .max && named.strategy == StrategyID(63))
    }

    @Test(arguments: [
        "", "x", "grid", "grid-", "grid-1-2", "grid-1-2-", "grid-1-2-3-4", "grid-64-2-3", "grid-01-2-3",
        "grid-1-2-0",
        "grid-1-2-zzzzzzzzzzzzzzzzz", "grid-1-zzzzzzzz-3", "gridx-1-2-3", "xgrid-1-2-3", "grid-1-2-3 ",
        "GRID-1-2-3",
        "x-167673045-d4e03c38f4d19b4e",
    ])
    func `other names are nobody's`(text: String) throws {
        let naming = try #require(naming)
        #expect(naming.order(named: text) == nil)
    }

    @Test(arguments: ["", "grid-bot", "Grid", "toolongx", "gr id"])
    func `a tag has one to seven lower case letters and digits`(bot: String) {
        #expect(CoinExOrderNaming(bot: bot, run: 1) == nil)
    }
}
