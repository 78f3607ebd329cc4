import MarketModel
import Quantities
import Runtime

/// The last fills, the newest on top.
struct FillsPanel: Panel {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }

    var title: [(text: String, role: Role)] { [("fills", .title)] }
    var leastHeight: Int { 3 }
    var usableHeight: Int { .max }

    func draw(_ screen: inout Screen, _ area: Area) {
        guard !session.fills.isEmpty else {
            screen.write("none yet", .faint, column: area.column, row: area.row)
            return
        }
        var table = TextTable(columns: [
            .init(title: "time"), .init(title: "strategy", spared: 3), .init(title: "side"),
            .init(title: "quantity", isRight: true), .init(title: "market", spared: 2),
            .init(title: "price", isRight: true), .init(title: "m/t", spared: 1),
        ])
        table.hasTitles = false
        for news in session.fills.suffix(area.rows).reversed() {
            let fill = news.fill
            let label = session.strategies[Int(fill.strategy.index)].label
            let side: Role = fill.side == .buy ? .bid : .ask
            table.rows.append([
                .init(TimeText.clock(fill.receivedAt), .faint), .init(picture.glyphs.clean(label)),
                .init(fill.side == .buy ? "buy" : "sell", side),
                .init(Figure(fill.quantity, decimals: news.quantityDecimals)),
                .init(picture.glyphs.clean(session.title.markets[Int(fill.market.index)])),
                .init(Figure(fill.price, decimals: news.priceDecimals), side),
                .init(fill.liquidity == .maker ? "m" : "t", fill.liquidity == .maker ? .faint : .strong),
            ])
        }
        table.draw(&screen, area, picture.glyphs)
    }
}

/// Alerts and what strategies have to say, the newest on top.
struct MessagesPanel: Panel {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }
    private var glyphs: Glyphs { picture.glyphs }

    var title: [(text: String, role: Role)] { [("messages", .title)] }
    var leastHeight: Int { 3 }
    var usableHeight: Int { session.messages.count + 1 }

    func draw(_ screen: inout Screen, _ area: Area) {
        guard !session.messages.isEmpty else {
            screen.write("none", .faint, column: area.column, row: area.row)
            return
        }
        var row = area.row
        for message in session.messages.reversed() {
            let role: Role
            switch message.urgency {
            case .note: role = .plain
            case .warning: role = .warning
            case .alarm: role = .alarm
            }
            var isFirst = true
            for line in lines(glyphs.clean(message.text), area.columns - 9) {
                guard row < area.row + area.rows else { return }
                if isFirst {
                    screen.write(TimeText.clock(message.at), .faint, column: area.column, row: row)
                }
                screen.write(line, role, column: area.column + 9, row: row)
                isFirst = false
                row += 1
            }
        }
    }

    /// A text broken between words; a word that is too long is cut.
    private func lines(_ text: String, _ columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let word = glyphs.fit(String(word), columns)
            if !line.isEmpty, line.unicodeScalars.count + 1 + word.unicodeScalars.count > columns {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
