import MarketModel
import Quantities
import StrategyKit
import Testing

struct PositionTests {
    private func fill(
        _ side: Side, _ quantity: String, at price: String, _ liquidity: Liquidity = .maker
    ) throws -> Fill {
        let quantity = try Quantity(quantity)
        let price = try Price(price)
        return Fill(
            market: MarketID(0), deal: DealID(1), order: .none, strategy: StrategyID(0), side: side,
            liquidity: liquidity, price: price, quantity: quantity,
            notional: try quantity.times(price, .towardZero), fee: .zero, feeAsset: AssetID(1),
            venueTime: .distantPast, receivedAt: .distantPast)
    }

    private func book(_ position: inout Position, _ side: Side, _ quantity: String, at price: String) throws {
        try position.book(fill(side, quantity, at: price), mid: nil, feeValue: .zero)
    }

    @Test func `long: bought twice, averaged, sold in part, sold off`() throws {
        var position = Position()
        try book(&position, .buy, "1", at: "100")
        try book(&position, .buy, "3", at: "104")
        #expect(position.quantity == Quantity(4))
        #expect(position.openCost == Notional(412))
        #expect(position.averagePrice == Price(103))
        try book(&position, .sell, "1", at: "110")
        #expect(position.openCost == Notional(309))
        #expect(position.averagePrice == Price(103), "selling does not change the average")
        #expect(position.realised == Notional(7))
        try book(&position, .sell, "3", at: "102")
        #expect(position.isFlat)
        #expect(position.openCost.isZero)
        #expect(position.averagePrice == nil)
        #expect(position.realised == Notional(4))
        #expect(try position.profit(at: Price(1)) == Notional(4), "flat: the mark does not matter")
        #expect(position.turnover == Notional(828))
        #expect(position.fillCount == 4)
    }

    @Test func `short: sold, bought back in part`() throws {
        var position = Position()
        try book(&position, .sell, "4", at: "50")
        #expect(position.quantity == Quantity(-4))
        #expect(position.openCost == Notional(-200))
        #expect(position.averagePrice == Price(50))
        try book(&position, .buy, "1", at: "40")
        #expect(position.realised == Notional(10))
        #expect(try position.profit(at: Price(60)) == Notional(-20))
        #expect(position.openCost == Notional(-150))
    }

    @Test(arguments: [Side.buy, .sell])
    func `turned over: the rest was opened by that fill`(side: Side) throws {
        var position = Position()
        try book(&position, side, "2", at: "100")
        try book(&position, side.opposite, "5", at: "110")
        #expect(position.quantity == Quantity(side == .buy ? -3 : 3))
        #expect(position.averagePrice == Price(110))
        #expect(position.openCost == Notional(side == .buy ? -330 : 330))
        #expect(position.realised == Notional(side == .buy ? 20 : -20))
    }

    @Test func `fees and rebates come off the profit, whatever asset they were paid in`() throws {
        var position = Position()
        try position.book(fill(.buy, "1", at: "100", .taker), mid: nil, feeValue: Notional("0.2"))
        #expect(position.fees == (try Notional("0.2")))
        #expect(try position.profit(at: Price(100)) == Notional("-0.2"))
        try position.book(fill(.sell, "1", at: "100"), mid: nil, feeValue: Notional("-0.05"))
        #expect(position.fees == (try Notional("0.15")))
        #expect(try position.profit(at: Price(100)) == Notional("-0.15"))
        #expect(position.makerFillCount == 1)
    }

    @Test func `a fee in the base asset is missing from what is held`() throws {
        var position = Position()
        try position.book(
            fill(.buy, "1", at: "100"), mid: nil, feeValue: Notional("0.2"), feeInBase: Quantity("0.002"))
        #expect(position.quantity == (try Quantity("0.998")))
        #expect(position.fees == (try Notional("0.2")))
        #expect(try position.profit(at: Price(100)) == Notional("-0.2"))
        #expect(position.averagePrice == Price(100))
        try book(&position, .sell, "0.998", at: "110")
        #expect(position.isFlat)
        #expect(try position.profit(at: Price(110)) == Notional("9.78"))
    }

    @Test func `a fill better than the mid price is spread, and what the mid does later is not`() throws {
        var position = Position()
        try position.book(fill(.buy, "2", at: "99"), mid: Price(100), feeValue: .zero)
        #expect(position.spread == Notional(2))
        try position.book(fill(.sell, "2", at: "89"), mid: Price(90), feeValue: .zero)
        #expect(position.spread == Notional(0))
        #expect(try position.profit(at: Price(90)) == Notional(-20), "all of it inventory")
    }

    @Test func `numbers that do not fit are refused`() throws {
        var position = Position()
        let most = Quantity(raw: Int128.max - 1)
        position.quantity = most
        #expect(throws: ArithmeticError.overflow) { try book(&position, .buy, "1", at: "100") }
        #expect(throws: ArithmeticError.overflow) { _ = try position.profit(at: Price(2)) }
        position.cashFlow = Notional(raw: Int128.max - 1)
        #expect(throws: ArithmeticError.overflow) { _ = try position.profit(at: Price(1)) }
    }
}
