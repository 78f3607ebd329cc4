import CrossVenueMakerStrategy
import DcaStrategy
import EmaCrossStrategy
import GridStrategy
import Launcher
import MarketMakerStrategy
import MomentumStrategy
import Runtime
import StopLossStrategy
import TriangularArbitrageStrategy
import TwapStrategy
import VolatilityGateStrategy

Program.main(
    "martlet",
    [
        StrategyBinding(CrossVenueMaker.self),
        StrategyBinding(Dca.self),
        StrategyBinding(EmaCross.self),
        StrategyBinding(Grid.self),
        StrategyBinding(MarketMaker.self),
        StrategyBinding(Momentum.self),
        StrategyBinding(StopLoss.self),
        StrategyBinding(TriangularArbitrage.self),
        StrategyBinding(Twap.self),
        StrategyBinding(VolatilityGate.self),
    ], example: "market-maker")
