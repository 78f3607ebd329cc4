import DcaStrategy
import EmaCrossStrategy
import GridStrategy
import Launcher
import MarketMakerStrategy
import MomentumStrategy
import Runtime
import StopLossStrategy
import TwapStrategy

Program.main(
    "martlet",
    [
        StrategyBinding(Dca.self),
        StrategyBinding(EmaCross.self),
        StrategyBinding(Grid.self),
        StrategyBinding(MarketMaker.self),
        StrategyBinding(Momentum.self),
        StrategyBinding(StopLoss.self),
        StrategyBinding(Twap.self),
    ], example: "market-maker")
