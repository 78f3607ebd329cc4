import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Fees in every kind of asset: booked once, in balances and in the profit.
struct FeeTests {
    private func buy(fee: String, in asset: Int, _ prepare: (Stage<Probe>) -> Void = { _ in }) -> Stage<Probe>
    {
        let stage = Stage.one()
        prepare(stage)
        let id = stage.rest(Money.limit(.buy, "1", at: "99"))
        stage.feed(Money.deal(1, id, "1", at: "99", fee: fee, in: asset))
        return stage
    }

    @Test func `a fee in the quote asset`() {
        let stage = buy(fee: "0.198", in: Money.usdt)
        #expect(stage.position().fees == Money.notional("0.198"))
        #expect(stage.balance(Money.usdt) == Money.amount("999900.802"))
        #expect(stage.balance(Money.btc) == Amount(1_001))
    }

    @Test func `a fee in the base asset`() {
        let stage = buy(fee: "0.002", in: Money.btc)
        #expect(stage.position().quantity == Money.quantity("0.998"))
        #expect(stage.position().fees == Money.notional("0.198"))
        #expect(stage.balance(Money.usdt) == Amount(999_901))
        #expect(stage.balance(Money.btc) == Money.amount("1000.998"))
        #expect(stage.filled(stage.placed[0]) == Quantity(1))
    }

    @Test func `a fee in a third asset is valued at its mid price`() {
        let stage = buy(fee: "3", in: Money.cet) { $0.quote("0.04", "0.06", 1) }
        #expect(stage.position().fees == Money.notional("0.15"))
        #expect(stage.balance(Money.cet) == Amount(997))
        #expect(stage.balance(Money.usdt) == Amount(999_901))
        #expect(stage.alerts == [])
    }

    @Test func `a fee that cannot be valued is told`() {
        let stage = buy(fee: "3", in: Money.doge)
        #expect(stage.position().fees.isZero)
        #expect(stage.balance(Money.doge) == Amount(997))
        #expect(stage.alerts == [.feeNotValued(AssetID(Money.doge))])
    }

    @Test func `a rebate`() {
        let stage = buy(fee: "-0.05", in: Money.usdt)
        #expect(stage.position().fees == Money.notional("-0.05"))
        #expect(stage.balance(Money.usdt) == Money.amount("999901.05"))
    }
}
