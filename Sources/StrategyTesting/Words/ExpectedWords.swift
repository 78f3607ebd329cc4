import MarketModel
import Quantities

/// The words of the expected column: what a strategy asks for, and what becomes of it.
enum ExpectedWords {
    /// Words that stand in items, in the order in which messages list them.
    static let known = [
        "buy", "sell", "for", "@", "market", "maker-only", "ioc", "fok", "hidden", "when", "cancel",
        "replace", "by", "ask", "open", "fill", "filled", "cancelled", "refused", "unknown",
        "trigger-failed", "note", "finished", "stopped", "failed", "in",
    ]

    /// The items of a cell; a word that can never happen is an error.
    static func items(_ cell: TapeCell, _ table: MarketTable) throws(TapeError) -> [TapeItem] {
        for word in cell.words where !isKnown(word.text, table) {
            if word.text.first == "#" {
                _ = try word.orderNumber()
            } else if word.text.first?.isNumber == true || word.text.first == "-" {
                let _: Price = try word.number("number")
            } else if word.text.first == "\"" {
                throw word.error("the text has no closing quote")
            } else {
                throw word.unknown("word", among: known + Refusal.allCases.map(\.word))
            }
        }
        return cell.items.map { TapeItem($0) }
    }

    private static func isKnown(_ text: String, _ table: MarketTable) -> Bool {
        if text == "," || known.contains(text) || text.first == "\"" && text.last == "\"" && text.count > 1 {
            return true
        }
        return table.market(named: text) != nil || Refusal.allCases.contains { $0.word == text }
            || OrderText.isOrderOrNumber(text)
    }
}
