import Launcher
import MomentumStrategy

Program.main("momentum-bot", Momentum.self)
