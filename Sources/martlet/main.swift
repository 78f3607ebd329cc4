import EmaCrossStrategy
import GridStrategy
import Launcher
import MarketMakerStrategy
import Runtime

Program.main(
    "martlet",
    [StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self), StrategyBinding(Grid.self)])
