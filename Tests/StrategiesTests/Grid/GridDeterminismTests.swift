import GridStrategy
import Quantities
import StrategyTesting
import Testing

struct GridDeterminismTests {
    @Test(arguments: [Grid.Recentring.never, .both])
    func `the same market leads to the same decisions`(recentre: Grid.Recentring) throws {
        let crowd = SyntheticCrowd { $0.annualVolatility = 5 }
        try assertDeterministic(
            Grid.self, over: .synthetic(crowd, duration: .minutes(5)), setup: .oakpine()
        ) {
            $0.orderSize = Quantity(1)
            $0.levels = 5
            $0.spacing = 3
            $0.recentre = recentre
        }
    }
}
