import EmaCrossStrategy
import GridStrategy
import Launcher
import MarketMakerStrategy
import Runtime

Program.main(
    "martlet",
    [
        StrategyBinding(EmaCross.self),
        StrategyBinding(Grid.self),
        StrategyBinding(MarketMaker.self),
    ], example: "market-maker")
