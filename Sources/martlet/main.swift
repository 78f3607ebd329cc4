import EmaCrossStrategy
import GridStrategy
import Launcher
import MarketMakerStrategy
import MomentumStrategy
import Runtime

Program.main(
    "martlet",
    [
        StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self), StrategyBinding(Grid.self),
        StrategyBinding(Momentum.self),
    ])
