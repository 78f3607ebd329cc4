/// Panels one below the other: each gets its least height, then row by row what it can use; what is left over is
/// the last one's.
struct PanelStack {
    let panels: [any Panel]
    let glyphs: Glyphs

    func draw(_ screen: inout Screen, _ area: Area) {
        var heights = panels.map(\.leastHeight)
        var left = area.rows - heights.reduce(0, +)
        while left > 0 {
            let before = left
            for index in panels.indices where left > 0 && heights[index] < panels[index].usableHeight {
                heights[index] += 1
                left -= 1
            }
            if left == before { break }
        }
        heights[panels.count - 1] += max(0, left)
        var row = area.row
        for (panel, height) in zip(panels, heights) {
            let rows = min(height, area.row + area.rows - row)
            guard rows > 0 else { return }
            let place = Area(column: area.column, row: row, columns: area.columns, rows: rows)
            drawTitle(panel, &screen, place)
            panel.draw(&screen, place.dropping(rows: 1))
            row += rows
        }
    }

    private func drawTitle(_ panel: any Panel, _ screen: inout Screen, _ area: Area) {
        for column in area.column..<area.column + area.columns {
            screen.put(glyphs.horizontal, .faint, column: column, row: area.row)
        }
        var column = area.column + 1
        for part in panel.title {
            let space = area.column + area.columns - column - 1
            guard space > 3 else { return }
            let text = " \(glyphs.fit(part.text, space - 2)) "
            column = screen.write(text, part.role, column: column, row: area.row)
        }
    }
}
