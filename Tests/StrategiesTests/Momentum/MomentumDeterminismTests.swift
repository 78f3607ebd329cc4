import MomentumStrategy
import Quantities
import StrategyTesting
import Testing

struct MomentumDeterminismTests {
    @Test(arguments: Momentum.Sizing.allCases)
    func `the same market leads to the same decisions`(sizing: Momentum.Sizing) throws {
        let crowd = SyntheticCrowd { $0.annualVolatility = 5 }
        try assertDeterministic(
            Momentum.self, over: .synthetic(crowd, duration: .minutes(5)), setup: .oakpine()
        ) {
            $0.candle = .seconds(2)
            $0.entryCandles = 6
            $0.exitCandles = 4
            $0.rangeCandles = 5
            $0.minStop = 0.5
            $0.allowShort = true
            $0.sizing = sizing
            $0.quantity = Quantity(1)
        }
    }
}
