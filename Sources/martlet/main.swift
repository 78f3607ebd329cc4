import EmaCrossStrategy
import Launcher
import MarketMakerStrategy
import MomentumStrategy
import Runtime

Program.main(
    "martlet",
    [StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self), StrategyBinding(Momentum.self)])
