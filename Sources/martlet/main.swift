import EmaCrossStrategy
import GridStrategy
import Launcher
import MarketMakerStrategy
import MomentumStrategy
import Runtime

Program.main(
    "martlet",
    [
        StrategyBinding(EmaCross.self),
        StrategyBinding(Grid.self),
        StrategyBinding(MarketMaker.self),
        StrategyBinding(Momentum.self),
    ], example: "market-maker")
