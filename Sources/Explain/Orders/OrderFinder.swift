import Configuration
import MarketModel
import Quantities

/// The orders of a session by all the names that they have.
///
/// An order is told by our number (`12`, `#12`), by the venue's (`venue:345`, or `345` where none of ours has that
/// number), by its client id, or by the beginning of a venue's number or client id that no other order has.
package struct OrderFinder {
    package struct Entry: Equatable, Sendable {
        package var id: OrderID
        package var strategy: StrategyID
        package var venueOrder: VenueOrderID?

        /// The part of a client id that names the order: the last of its four parts.
        package var clientTail: String { String(id.raw, radix: 36) }
    }

    package private(set) var entries: [Entry] = []
    private var places: [OrderID: Int] = [:]

    package init() {}

    /// Orders that are looked through for the beginning of a name, and for a name that is near.
    private static let comparedMax = 200_000
    /// Orders that an error names.
    private static let namedMax = 5

    package mutating func note(_ step: OrderStep) {
        switch step.what {
        case .asked(let asked):
            places[step.order] = entries.count
            entries.append(Entry(id: step.order, strategy: asked.order.strategy))
        case .heard(let fact):
            if let place = places[step.order], let number = fact.venueOrder {
                entries[place].venueOrder = number
            }
        case .cause, .approved, .refused, .replacementAsked, .cancelAsked, .released, .stands, .booked,
            .alerted:
            break
        }
    }

    package func find(_ text: String) throws(OrderNotFound) -> Entry {
        let word = text.lowercased()
        if let found = byNumber(word) ?? byClientID(word) { return found }
        var number = word[...]
        if number.hasPrefix("venue:") { number = number.dropFirst(6) }
        if let raw = UInt64(number), let found = entries.first(where: { $0.venueOrder?.raw == raw }) {
            return found
        }
        let found = beginning(with: String(number))
        if found.count == 1 { return found[0] }
        throw OrderNotFound(
            text: text, orders: entries.count, candidates: found.prefix(Self.namedMax).map(Self.words),
            isAmbiguous: !found.isEmpty, nearest: found.isEmpty ? nearest(String(number)) : nil)
    }

    private func byNumber(_ word: String) -> Entry? {
        let digits = word.hasPrefix("#") ? word.dropFirst() : word[...]
        guard let number = UInt64(digits), number > 0 else { return nil }
        return entries.first { $0.id.sequence == number }
    }

    /// `bot-strategy-run-order`, each but the bot in base 36.
    private func byClientID(_ word: String) -> Entry? {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, let strategy = Int(parts[1], radix: 36),
            let raw = UInt64(parts[3], radix: 36),
            let place = places[OrderID(raw: raw)], Int(entries[place].strategy.index) == strategy
        else { return nil }
        return entries[place]
    }

    private func beginning(with text: String) -> [Entry] {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard !text.isEmpty else { return [] }
        return entries.prefix(Self.comparedMax).filter { entry in
            if parts.count == 4 {
                return Int(parts[1], radix: 36) == Int(entry.strategy.index) && !parts[3].isEmpty
                    && entry.clientTail.hasPrefix(parts[3])
            }
            guard let number = entry.venueOrder else { return false }
            return "\(number.raw)".hasPrefix(text)
        }
    }

    private func nearest(_ text: String) -> String? {
        let digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
        let compared = entries.prefix(Self.comparedMax)
        let venues = compared.compactMap { $0.venueOrder.map { "\($0.raw)" } }
        if let near = NearestName.of(digits, among: venues) { return near }
        return NearestName.of(digits, among: compared.map { "\($0.id.sequence)" }).map { "#\($0)" }
    }

    private static func words(_ entry: Entry) -> String {
        "\(entry.id)" + (entry.venueOrder.map { " (venue:\($0.raw))" } ?? "")
    }
}

/// A text that names no order of the session, or more than one.
package struct OrderNotFound: Error, Equatable, Sendable, CustomStringConvertible {
    package var text: String
    package var orders: Int
    /// What it may mean, some of it.
    package var candidates: [String]
    package var isAmbiguous: Bool
    package var nearest: String?

    package var description: String {
        if isAmbiguous {
            return "'\(text)' may be \(candidates.joined(separator: ", ")): write more of it, or #NUMBER"
        }
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
        let range = orders == 0 ? "the session has no orders" : "its orders are #1 to #\(orders)"
        return "there is no order '\(text)'\(hint) (\(range))"
    }
}
