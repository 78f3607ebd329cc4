import CrossVenueMakerStrategy
import Launcher

Program.main("cross-venue-maker-bot", CrossVenueMaker.self)
