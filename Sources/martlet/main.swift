import DcaStrategy
import EmaCrossStrategy
import Launcher
import MarketMakerStrategy
import Runtime
import StopLossStrategy

Program.main(
    "martlet",
    [
        StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self), StrategyBinding(StopLoss.self),
        StrategyBinding(Dca.self),
    ])
