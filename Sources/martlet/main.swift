import EmaCrossStrategy
import Launcher
import MarketMakerStrategy
import Runtime

Program.main(
    "martlet",
    [
        StrategyBinding(EmaCross.self),
        StrategyBinding(MarketMaker.self),
    ], example: "market-maker")
