import Launcher
import TriangularArbitrageStrategy

Program.main("triangular-arbitrage-bot", TriangularArbitrage.self)
