import Quantities
import StrategyTesting

extension TapeSetup {
    /// A market in which an order is worth at least 5 and has at least 0.1 of the base asset.
    static func oakpine(base: Amount = Amount(1_000), makerFee: FeeRate = .zero) -> TapeSetup {
        TapeSetup {
            $0.market.minimumQuantity = Quantity(raw: 100_000_000_000)
            $0.market.minimumNotional = Notional(5)
            $0.market.makerFee = makerFee
            $0.balances = ["OAK": base]
        }
    }
}
