import MarketModel
import Quantities
import Runtime
import TradingCore

/// The picture of a session at one moment, in one size: the same input gives the same picture.
package struct SessionPicture {
    /// The smallest screen that the view can be read on.
    package static let smallest = ScreenSize(columns: 60, rows: 16)
    /// From here on there are three columns of panels, not two.
    private static let columnsForThree = 130
    /// From here on there is room for a chart in the middle one.
    private static let rowsForChart = 28

    let session: SessionSnapshot
    let state: ViewState
    let meter: RateMeter
    let glyphs: Glyphs

    package init(_ session: SessionSnapshot, _ state: ViewState, _ meter: RateMeter, _ glyphs: Glyphs) {
        self.session = session
        self.state = state
        self.meter = meter
        self.glyphs = glyphs
    }

    /// How many levels per side a screen can show.
    package static func levels(_ size: ScreenSize) -> Int { max(1, size.rows / 2) }

    package func screen(_ size: ScreenSize) -> Screen {
        var screen = Screen(size)
        guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
            drawTooSmall(&screen)
            return screen
        }
        HeadLines(picture: self).draw(&screen)
        let body = Area(column: 0, row: 2, columns: size.columns, rows: size.rows - 3)
        if state.isHelpShown {
            HelpPanel().draw(&screen, body, glyphs)
        } else {
            drawPanels(&screen, body)
        }
        return screen
    }

    private func drawTooSmall(_ screen: inout Screen) {
        let lines = [
            "\(Self.smallest.columns) x \(Self.smallest.rows) needed,",
            "\(screen.size.columns) x \(screen.size.rows) here",
            "q quits",
        ]
        for (row, line) in lines.enumerated() {
            screen.write(glyphs.fit(line, screen.size.columns), .plain, column: 0, row: row)
        }
    }

    // MARK: - Columns of panels

    private func drawPanels(_ screen: inout Screen, _ body: Area) {
        let book = BookPanel(picture: self)
        let standings = StandingsPanel(picture: self)
        let risk = RiskPanel(picture: self)
        let rates = RatesPanel(picture: self)
        let fills = FillsPanel(picture: self)
        let messages = MessagesPanel(picture: self)
        var stacks: [(width: Int, panels: [any Panel])]
        if body.columns >= Self.columnsForThree {
            let left = min(56, body.columns / 4)
            let right = min(72, (body.columns - left - 2) / 2)
            let hasChart = body.rows >= Self.rowsForChart
            let chart: [any Panel] = hasChart ? [ProfitPanel(picture: self)] : []
            stacks = [
                (left, [book]), (body.columns - left - right - 2, [standings] + chart + [fills]),
                (right, [risk, rates, messages]),
            ]
        } else {
            let left = min(40, max(27, body.columns * 2 / 5))
            stacks = [
                (left, [book, rates]), (body.columns - left - 1, [standings, risk, fills, messages]),
            ]
        }
        var column = body.column
        for (index, stack) in stacks.enumerated() {
            let area = Area(column: column, row: body.row, columns: stack.width, rows: body.rows)
            PanelStack(panels: stack.panels, glyphs: glyphs).draw(&screen, area)
            column += stack.width
            if index < stacks.count - 1 {
                for row in body.row..<body.row + body.rows {
                    screen.put(glyphs.vertical, .faint, column: column, row: row)
                }
                column += 1
            }
        }
    }
}

/// A part of the view with a title.
protocol Panel {
    var title: [(text: String, role: Role)] { get }
    /// With the title.
    var leastHeight: Int { get }
    /// With the title; more rows would stay empty.
    var usableHeight: Int { get }
    /// Draws what is under the title.
    func draw(_ screen: inout Screen, _ area: Area)
}

extension Notional {
    /// How a profit is shown: loss and gain apart.
    var role: Role { isNegative ? .loss : isPositive ? .gain : .plain }
}
