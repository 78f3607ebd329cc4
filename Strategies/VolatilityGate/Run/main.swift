import Launcher
import VolatilityGateStrategy

Program.main("volatility-gate-bot", VolatilityGate.self)
