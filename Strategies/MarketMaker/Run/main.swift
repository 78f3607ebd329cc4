import Launcher
import MarketMakerStrategy

Program.main("market-maker-bot", MarketMaker.self)
