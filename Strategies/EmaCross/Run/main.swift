import EmaCrossStrategy
import Launcher

Program.main("ema-cross-bot", EmaCross.self)
