import Launcher
import TwapStrategy

Program.main("twap-bot", Twap.self)
