import LiveTrading
import MarketModel
import Quantities

/// What the person who runs the session is told of its account.
struct LiveAlertText {
    let table: MarketTable
    let bot: String

    func line(_ alert: LiveAlert) -> String {
        switch alert.kind {
        case .residue(let asset, let amount):
            let more = amount.isNegative ? "less" : "more"
            return "the account holds \(amount.magnitude) \(table.name(of: asset)) \(more) than our deals "
                + "explain: somebody else moves or trades in it, or a deal is missing"
        case .stray(let order):
            return "the venue lists order \(order.sequence), which is over by our books"
        case .paused:
            return
                "TRADING IS PAUSED and own orders are cancelled, until books and venue agree in two looks, or "
                + "'martlet arm \(bot)' accepts what differs"
        case .lifted: return "trading goes on: books and venue agree again"
        }
    }
}
