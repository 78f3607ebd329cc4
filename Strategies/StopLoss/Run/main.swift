import Launcher
import StopLossStrategy

Program.main("stop-loss-bot", StopLoss.self)
