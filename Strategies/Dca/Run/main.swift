import DcaStrategy
import Launcher

Program.main("dca-bot", Dca.self)
