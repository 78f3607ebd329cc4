import MarketModel
import Quantities
import VenueKit

/// Orders, requests and fates in the words of a tape.
struct OrderText: Sendable {
    let table: MarketTable

    /// `buy 0.01 @ 100.00 maker-only`, or `buy for 25 market`.
    func ticket(_ ticket: OrderTicket) -> String {
        var words = ["\(ticket.side)"]
        words += ticket.spendsSum ? ["for", "\(ticket.spend)"] : ["\(ticket.quantity)"]
        if ticket.kind.hasLimit {
            words += ["@", price(ticket.price, ticket.market)]
        } else {
            words.append("market")
        }
        if ticket.kind.isStop { words += ["when", price(ticket.stopPrice, ticket.market)] }
        if ticket.kind.hasLimit {
            switch ticket.duration {
            case .goodTillCancelled: break
            case .immediateOrCancel: words.append("ioc")
            case .fillOrKill: words.append("fok")
            case .makerOnly: words.append("maker-only")
            }
        }
        if ticket.isHidden { words.append("hidden") }
        if table.markets.count > 1 { words += ["in", table[ticket.market].name] }
        return words.joined(separator: " ")
    }

    func command(_ command: Command) -> String {
        switch command {
        case .place(let placement): "\(placement.order) \(ticket(placement.ticket))"
        case .cancel(let cancellation): "cancel \(cancellation.order)"
        case .modify(let modification):
            "replace \(modification.order) by \(modification.replacement.order) "
                + ticket(modification.replacement.ticket)
        case .query(let query): "ask \(query.order)"
        }
    }

    func fill(_ fill: Fill) -> String {
        "\(fill.order) fill \(fill.quantity) @ \(price(fill.price, fill.market))"
    }

    /// A price with the digits of its market's tick.
    func price(_ price: Price, _ market: MarketID) -> String {
        let decimals = Self.decimals(of: table.terms(market).rules.tick)
        let text = price.text(decimals: decimals)
        let exact = price.description
        // A price off the tick is shown as it is.
        return exact.count > text.count ? exact : text
    }

    static func decimals(of step: Price) -> Int {
        guard let point = step.description.firstIndex(of: ".") else { return 0 }
        return step.description.distance(from: point, to: step.description.endIndex) - 1
    }

    /// Whether a word is `#12`, or an exact number.
    static func isOrderOrNumber(_ text: String) -> Bool {
        if text.first == "#" { return UInt64(text.dropFirst()).map { $0 > 0 } ?? false }
        return (try? Price(text)) != nil
    }
}
