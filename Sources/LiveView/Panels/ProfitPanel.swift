import Quantities
import Runtime

/// The profit of all strategies together, from the start of the session until now.
struct ProfitPanel: Panel {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }
    private static let labelColumns = 10

    var title: [(text: String, role: Role)] { [("profit", .title)] }
    var leastHeight: Int { 4 }
    var usableHeight: Int { 10 }

    func draw(_ screen: inout Screen, _ area: Area) {
        let profits = session.profits
        guard profits.count > 1, let lowest = profits.min(), let highest = profits.max() else {
            screen.write("no fills yet", .faint, column: area.column, row: area.row)
            return
        }
        let columns = area.columns - Self.labelColumns - 1
        let values = Glyphs.spread(profits.map { Double($0) }, columns)
        for (index, line) in picture.glyphs.hills(values, rows: area.rows).enumerated() {
            screen.write(line, session.profit.role, column: area.column, row: area.row + index)
        }
        label(highest, &screen, area, area.row)
        label(lowest, &screen, area, area.row + area.rows - 1)
    }

    private func label(_ value: Notional, _ screen: inout Screen, _ area: Area, _ row: Int) {
        let text = Figure(value, decimals: 2, isSigned: true).text(columns: Self.labelColumns)
        screen.write(text, .faint, column: area.column + area.columns - text.count, row: row)
    }
}
