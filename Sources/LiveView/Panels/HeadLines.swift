import Quantities
import Runtime
import StrategyKit
import TradingCore

/// The two lines above the panels, and the one below: what runs, how it goes, what keys there are.
struct HeadLines {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }
    private var glyphs: Glyphs { picture.glyphs }

    func draw(_ screen: inout Screen) {
        drawFirst(&screen)
        drawSums(&screen)
        drawKeys(&screen)
    }

    private func drawFirst(_ screen: inout Screen) {
        screen.paint(.bar, column: 0, row: 0, columns: screen.size.columns)
        let right = " \(time) \(isHeld ? "PAUSED" : pace) "
        let space = screen.size.columns - right.unicodeScalars.count
        let names =
            session.strategies.count == 1
            ? glyphs.clean(session.strategies[0].label) : "\(session.strategies.count) strategies"
        let left = " \(session.title.mode) \(names)  seed \(session.title.seed)"
        screen.write(glyphs.fit(left, space), .bar, column: 0, row: 0)
        let start = screen.write(right, .bar, column: max(0, space), row: 0)
        if isHeld { screen.paint(.warning, column: start - 8, row: 0, columns: 8) }
    }

    private var isHeld: Bool { session.progress.isPaused }

    private var pace: String {
        guard let speed = session.progress.speed else { return "max" }
        return "\(glyphs.times)\(CountText.plain(speed))"
    }

    private var time: String {
        let progress = session.progress
        let now = "\(TimeText.day(progress.now)) \(TimeText.clock(progress.now))"
        guard let end = progress.end else {
            return "\(now)  \(TimeText.length(progress.now - progress.start))"
        }
        let whole = max(1e-9, (end - progress.start).seconds)
        let share = min(1, max(0, (progress.now - progress.start).seconds / whole))
        return "\(now)  \(Int(share * 100)) % of \(TimeText.length(end - progress.start))"
    }

    private func drawSums(_ screen: inout Screen) {
        let drawdown = session.strategies.reduce(Notional.zero) { $0 + $1.drawdown }
        let profit = Figure(session.profit, decimals: 2, isSigned: true)
        let currency = glyphs.clean(session.title.currency)
        var column = screen.write(" profit ", .plain, column: 0, row: 1)
        column = screen.write(
            profit.text(columns: 16), session.profit.isNegative ? .loss : .gain, column: column, row: 1)
        column = screen.write(" \(glyphs.fit(currency, 6))", .plain, column: column, row: 1)
        var right: [(text: String, role: Role)] = [
            ("  drawdown \(Figure(drawdown, decimals: 2).text(columns: 12))", .plain),
            ("  orders \(session.counters.placements)", .plain),
            ("  fills \(session.counters.fills)", .plain),
        ]
        if session.unknownOrders > 0 { right.append(("  unknown \(session.unknownOrders)", .alarm)) }
        let refused = session.counters.refusedByRisk + session.counters.refusedByVenue
        if refused > 0 { right.append(("  refused \(refused)", .loss)) }
        right.append((" ", .plain))
        // What does not fit goes, from the left: an unknown order is more urgent than a drawdown.
        func width() -> Int { right.reduce(0) { $0 + $1.text.unicodeScalars.count } }
        while right.count > 1, column + width() > screen.size.columns { right.removeFirst() }
        let end = screen.size.columns - width()
        let space = min(session.profits.count, end - column - 2)
        if space >= 8 {
            let values = Glyphs.spread(session.profits.map { Double($0) }, space)
            for line in glyphs.hills(values, rows: 1) {
                screen.write(line, session.profit.role, column: column + 2, row: 1)
            }
        }
        column = end
        for part in right { column = screen.write(part.text, part.role, column: column, row: 1) }
    }

    private func drawKeys(_ screen: inout Screen) {
        let row = screen.size.rows - 1
        screen.paint(.bar, column: 0, row: row, columns: screen.size.columns)
        var keys = ["q quit"]
        if session.title.isSimulated {
            keys.append(isHeld ? "p go on" : "p pause")
            if session.progress.speed != nil { keys.append("+/- pace") }
        }
        if session.strategies.count > 1 { keys.append("up/down strategy") }
        if session.title.markets.count > 1 { keys.append("left/right market") }
        keys.append("? help")
        screen.write(
            glyphs.fit(" " + keys.joined(separator: "  "), screen.size.columns), .bar, column: 0, row: row)
    }
}

/// What the keys do.
struct HelpPanel {
    private static let lines = [
        ("q, Ctrl-C", "end the session in good order, see its summary"),
        ("p, space", "hold the time of a simulated market, or let it go on"),
        ("+  -", "faster or slower; what is decided stays the same"),
        ("up  down  tab", "choose a strategy, and with it its first market"),
        ("left  right", "choose the market whose book is shown"),
        ("Ctrl-Z", "leave the view and stop; fg comes back"),
        ("Ctrl-L", "draw everything again"), ("? or h", "this page, or back"),
        ("", ""),
        ("?  after an own order", "unknown: no answer yet, the venue is asked"),
        ("~  after an own order", "on its way to the venue"),
        ("x  after an own order", "its cancel is on the way"),
        ("s  after an own order", "a stop order, at its trigger"),
        ("m / t  of a fill", "it added liquidity (maker) or took it (taker)"),
    ]

    func draw(_ screen: inout Screen, _ area: Area, _ glyphs: Glyphs) {
        for (row, line) in Self.lines.enumerated() where row < area.rows {
            screen.write(line.0, .strong, column: area.column + 2, row: area.row + row)
            screen.write(
                glyphs.fit(line.1, area.columns - 26), .plain, column: area.column + 25, row: area.row + row)
        }
    }
}
