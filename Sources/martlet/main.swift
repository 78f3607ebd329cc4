import EmaCrossStrategy
import Launcher
import MarketMakerStrategy
import Runtime
import TwapStrategy

Program.main(
    "martlet",
    [StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self), StrategyBinding(Twap.self)])
