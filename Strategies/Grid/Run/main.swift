import GridStrategy
import Launcher

Program.main("grid-bot", Grid.self)
