import Quantities
import Runtime
import VenueKit

/// How much of the venue's request windows is used, what waits, and how fast events come.
struct RatesPanel: Panel {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }
    private var glyphs: Glyphs { picture.glyphs }

    var title: [(text: String, role: Role)] { [("requests", .title)] }
    var leastHeight: Int { 5 }
    var usableHeight: Int { session.rates.count + 3 }

    func draw(_ screen: inout Screen, _ area: Area) {
        let speeds: [(String, Role)] = [
            (
                "waiting \(session.waiting)  orders/s \(CountText.short(picture.meter.ordersPerSecond))",
                session.waiting > 0 ? .strong : .plain
            ),
            (
                "events/s \(CountText.short(picture.meter.eventsPerSecond))  of "
                    + "\(CountText.short(Double(session.progress.events)))", .plain
            ),
        ]
        // Where not all windows fit, the last ones go: queries, then batches.
        var rates = session.rates
        while rates.count > 1, rates.count + speeds.count > area.rows { rates.remove(at: rates.count - 2) }
        for (index, rate) in rates.enumerated() where index < area.rows {
            draw(rate, &screen, area, area.row + index)
        }
        for (index, line) in speeds.enumerated() where rates.count + index < area.rows {
            screen.write(
                glyphs.fit(line.0, area.columns), line.1, column: area.column,
                row: area.row + rates.count + index)
        }
    }

    private func draw(
        _ rate: SessionSnapshot.Rate, _ screen: inout Screen, _ area: Area, _ row: Int
    ) {
        let share = Double(rate.used) / Double(max(1, rate.limit.requests))
        let role: Role = share >= 1 ? .alarm : share > 0.8 ? .loss : .plain
        let text = "\(rate.used)/\(rate.limit.requests)"
        let window = " in \(rate.limit.window)"
        let counts = String(repeating: " ", count: max(0, 8 - text.count)) + text
        var column = screen.write(rate.name, .plain, column: area.column, row: row)
        column = area.column + 7
        let bar = min(24, area.columns - 7 - 1 - counts.count - window.count)
        if bar >= 4 {
            column = screen.write(
                glyphs.gauge(share, bar), role == .alarm ? .loss : .faint, column: column, row: row)
            column += 1
        }
        let space = area.column + area.columns - column
        if counts.count <= space { column = screen.write(counts, role, column: column, row: row) }
        if counts.count + window.count <= space { screen.write(window, .faint, column: column, row: row) }
    }
}
