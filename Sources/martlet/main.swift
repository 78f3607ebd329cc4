import EmaCrossStrategy
import Launcher
import MarketMakerStrategy
import Runtime

Program.main("martlet", [StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self)])
