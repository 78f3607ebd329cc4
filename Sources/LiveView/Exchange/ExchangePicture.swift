import Exchange
import ExchangeServer
import MarketModel
import Quantities

/// The picture of an exchange at one moment, in one size: the same input gives the same picture.
package struct ExchangePicture {
    let snapshot: ExchangeSnapshot
    let meter: ExchangeMeter
    let glyphs: Glyphs
    /// The first account that is shown, by its place among all.
    let firstAccount: Int

    package init(
        _ snapshot: ExchangeSnapshot, _ meter: ExchangeMeter, _ glyphs: Glyphs, firstAccount: Int = 0
    ) {
        self.snapshot = snapshot
        self.meter = meter
        self.glyphs = glyphs
        self.firstAccount = firstAccount
    }

    private var overview: FrontOverview { snapshot.overview }

    package func screen(_ size: ScreenSize) -> Screen {
        var screen = Screen(size)
        let smallest = SessionPicture.smallest
        guard size.columns >= smallest.columns, size.rows >= smallest.rows else {
            let text = "\(smallest.columns) x \(smallest.rows) needed, q quits"
            screen.write(glyphs.fit(text, size.columns), .plain, column: 0, row: 0)
            return screen
        }
        drawHead(&screen)
        let body = Area(column: 0, row: 2, columns: size.columns, rows: size.rows - 3)
        let panels: [any Panel] = [
            ExchangeMarketsPanel(picture: self), ExchangeAccountsPanel(picture: self),
            ExchangeFaultsPanel(picture: self), ExchangeNewsPanel(picture: self),
        ]
        PanelStack(panels: panels, glyphs: glyphs).draw(&screen, body)
        drawKeys(&screen)
        return screen
    }

    private func drawHead(_ screen: inout Screen) {
        screen.paint(.bar, column: 0, row: 0, columns: screen.size.columns)
        let time = "\(TimeText.day(snapshot.now)) \(TimeText.clock(snapshot.now))"
        let right = " \(time)  \(TimeText.length(snapshot.now - snapshot.startedAt)) "
        let space = screen.size.columns - right.unicodeScalars.count
        let left = " exchange \(snapshot.address)  seed \(snapshot.seed)"
        screen.write(glyphs.fit(left, space), .bar, column: 0, row: 0)
        screen.write(right, .bar, column: max(0, space), row: 0)

        let counts = overview.counts
        var parts: [(text: String, role: Role)] = [
            (" orders/s \(CountText.short(meter.ordersPerSecond))", .strong),
            ("  requests/s \(CountText.short(meter.rate(\.requests)))", .plain),
            ("  pushes/s \(CountText.short(meter.rate(\.pushes)))", .plain),
            ("  clients \(snapshot.connections)", .plain),
            ("  sockets \(overview.sessions) (\(overview.signedSessions) signed)", .plain),
            ("  orders \(CountText.short(Double(overview.orders)))", .faint),
        ]
        if counts.refusals > 0 { parts.append(("  refused \(counts.refusals)", .loss)) }
        var column = 0
        for part in parts where column + part.text.unicodeScalars.count <= screen.size.columns {
            column = screen.write(part.text, part.role, column: column, row: 1)
        }
    }

    private func drawKeys(_ screen: inout Screen) {
        let row = screen.size.rows - 1
        screen.paint(.bar, column: 0, row: row, columns: screen.size.columns)
        var keys = " q quit"
        if overview.accountCount > 1 { keys += "  up/down accounts" }
        screen.write(glyphs.fit(keys, screen.size.columns), .bar, column: 0, row: row)
    }
}

/// Last prices and what stands against each other.
private struct ExchangeMarketsPanel: Panel {
    let picture: ExchangePicture

    var title: [(text: String, role: Role)] { [("markets", .title)] }
    var leastHeight: Int { 3 }
    var usableHeight: Int { table.height + 1 }

    func draw(_ screen: inout Screen, _ area: Area) { table.draw(&screen, area, picture.glyphs) }

    private var table: TextTable {
        var table = TextTable(columns: [
            .init(title: "market"), .init(title: "last", isRight: true),
            .init(title: "bid", isRight: true), .init(title: "amount", isRight: true, spared: 3),
            .init(title: "ask", isRight: true), .init(title: "amount", isRight: true, spared: 3),
            .init(title: "spread", isRight: true, spared: 1), .init(title: "deals", isRight: true, spared: 2),
            .init(title: "/s", isRight: true, spared: 2),
        ])
        for (index, market) in picture.snapshot.overview.markets.enumerated() {
            func price(_ value: Price?, _ role: Role) -> TextTable.Entry {
                guard let value else { return .init("-", .faint) }
                return .init(Figure(value, decimals: market.priceDecimals), role)
            }
            func amount(_ value: Quantity?) -> TextTable.Entry {
                guard let value else { return .init("-", .faint) }
                return .init(Figure(value, decimals: market.amountDecimals), .faint)
            }
            var spread: Price?
            if let bid = market.bid, let ask = market.ask { spread = ask.price - bid.price }
            table.rows.append([
                .init(picture.glyphs.clean(market.name)), price(market.last, .strong),
                price(market.bid?.price, .bid), amount(market.bid?.quantity),
                price(market.ask?.price, .ask), amount(market.ask?.quantity), price(spread, .plain),
                .init("\(market.deals)"), .init(CountText.short(picture.meter.deals(of: index)), .faint),
            ])
        }
        return table
    }
}

/// What every account owns and has in the books: a row for each of its assets.
private struct ExchangeAccountsPanel: Panel {
    private static let decimals = 8

    let picture: ExchangePicture

    var title: [(text: String, role: Role)] {
        let overview = picture.snapshot.overview
        guard overview.accountCount > overview.accounts.count else { return [("accounts", .title)] }
        let first = picture.firstAccount
        return [
            ("accounts", .title),
            ("\(first + 1) to \(first + overview.accounts.count) of \(overview.accountCount)", .faint),
        ]
    }
    var leastHeight: Int { 4 }
    var usableHeight: Int { table.height + 1 }

    func draw(_ screen: inout Screen, _ area: Area) { table.draw(&screen, area, picture.glyphs) }

    private var table: TextTable {
        var table = TextTable(columns: [
            .init(title: "account"), .init(title: "open", isRight: true),
            .init(title: "stops", isRight: true, spared: 2),
            .init(title: "sockets", isRight: true, spared: 1), .init(title: "asset"),
            .init(title: "available", isRight: true), .init(title: "in orders", isRight: true),
        ])
        for account in picture.snapshot.overview.accounts {
            var head: [TextTable.Entry] = [
                .init(picture.glyphs.clean(account.name), .strong),
                .init("\(account.openOrders)", account.openOrders > 0 ? .own : .faint),
                .init("\(account.waitingStops)", .faint),
                .init("\(account.sockets)", account.sockets > 0 ? .plain : .faint),
            ]
            for balance in account.balances {
                table.rows.append(
                    head + [
                        .init(picture.glyphs.clean(balance.asset)),
                        .init(Figure(balance.available, decimals: Self.decimals)),
                        .init(
                            Figure(balance.frozen, decimals: Self.decimals),
                            balance.frozen.isZero ? .faint : .plain),
                    ])
                head = Array(repeating: .init(""), count: head.count)
            }
            if account.balances.isEmpty {
                table.rows.append(head + [.init("-", .faint), .init(""), .init("")])
            }
        }
        return table
    }
}

/// What is made to go wrong.
private struct ExchangeFaultsPanel: Panel {
    let picture: ExchangePicture

    private var faults: [FrontOverview.Fault] { picture.snapshot.overview.faults }

    var title: [(text: String, role: Role)] { [("faults", .title)] }
    var leastHeight: Int { 2 }
    var usableHeight: Int { max(1, faults.count) + 1 }

    func draw(_ screen: inout Screen, _ area: Area) {
        if faults.isEmpty { screen.write("none", .faint, column: area.column, row: area.row) }
        for (index, fault) in faults.prefix(area.rows).enumerated() {
            let text = "\(fault.text) struck \(fault.strokes)"
            screen.write(
                picture.glyphs.fit(picture.glyphs.clean(text), area.columns),
                fault.isActive ? .warning : .faint, column: area.column, row: area.row + index)
        }
    }
}

/// Clients that come and go, and what else happens; the newest on top.
private struct ExchangeNewsPanel: Panel {
    let picture: ExchangePicture

    var title: [(text: String, role: Role)] { [("news", .title)] }
    var leastHeight: Int { 3 }
    var usableHeight: Int { .max }

    func draw(_ screen: inout Screen, _ area: Area) {
        for (index, note) in picture.snapshot.news.suffix(area.rows).reversed().enumerated() {
            let row = area.row + index
            let column = screen.write(
                TimeText.clock(note.at) + " ", .faint, column: area.column, row: row)
            let space = area.columns - (column - area.column)
            screen.write(
                picture.glyphs.fit(picture.glyphs.clean(note.text), space), .plain, column: column, row: row)
        }
    }
}
