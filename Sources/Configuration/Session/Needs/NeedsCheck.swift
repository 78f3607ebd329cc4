import MarketModel
import StrategyKit

/// Compares what strategies need with what their markets and the venue have.
struct NeedsCheck {
    let session: SessionConfiguration

    func check(_ drafts: [StrategyDraft]) {
        for draft in drafts {
            guard let description = draft.description else { continue }
            checkCounts(draft, description)
            checkOrders(draft, description)
            check(description.needs.ofTraded, of: draft.tradedPlaces, draft, description)
            check(description.needs.ofWatched, of: draft.watchedPlaces, draft, description)
        }
    }

    // MARK: - How many markets, which orders

    private func checkCounts(_ draft: StrategyDraft, _ description: StrategyDescription) {
        let needs = description.needs
        if !draft.markets.isEmpty, !needs.markets.contains(draft.markets.count) {
            draft.section.refuse(
                "markets",
                "\(Self.names(draft.markets.count)), and \(description.name) trades in \(Self.text(needs.markets))",
                suggestion: draft.section.has("markets") ? nil : "name those that it trades in 'markets'")
        }
        if !needs.watched.contains(draft.watched.count) {
            draft.section.refuse(
                "watch",
                "\(Self.names(draft.watched.count)), and \(description.name) reads \(Self.text(needs.watched))"
                    + " beside those that it trades in")
        }
    }

    private static func names(_ count: Int) -> String {
        switch count {
        case 0: "names no market"
        case 1: "names 1 market"
        default: "names \(count) markets"
        }
    }

    private static func text(_ range: ClosedRange<Int>) -> String {
        if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
        if range.upperBound == MarketID.marketsMax { return "\(range.lowerBound) or more" }
        return "\(range.lowerBound) to \(range.upperBound)"
    }

    private func checkOrders(_ draft: StrategyDraft, _ description: StrategyDescription) {
        let venue = session.venue.venue
        for order in description.needs.orders where !venue.orders.contains(order) {
            let others = VenueName.allCases.filter { $0.orders.contains(order) }.map(\.rawValue)
            draft.section.refuse(
                "strategy",
                "is '\(description.name)', which places \(order.rawValue), and \(venue.rawValue) takes none",
                suggestion: others.isEmpty ? nil : "\(others.joined(separator: ", ")) takes them")
        }
    }

    // MARK: - What markets tell

    private func check(
        _ needs: [StrategyNeeds.Data], of places: [NeedPlace], _ draft: StrategyDraft,
        _ description: StrategyDescription
    ) {
        for place in places {
            guard let market = session.markets.first(where: { $0.name == place.market }),
                let there = session.data.data(of: market, session.sources, session.venue.venue)
            else { continue }
            for need in needs where !there.contains(need) {
                let (reason, suggestion) = lack(of: need, in: market)
                place.refuse(
                    "is '\(market.name)', and \(description.name) needs \(need.rawValue) of it: \(reason)",
                    suggestion)
            }
        }
    }

    /// Why a market does not tell something, and what would.
    private func lack(of need: StrategyNeeds.Data, in market: MarketSettings) -> (String, String?) {
        switch session.data {
        case .synthetic:
            let advice =
                need == .optionMarks ? "write 'venue: binance-options' and 'follows' at the market" : nil
            return ("the synthetic market does not tell them", advice ?? Self.elsewhere(need))
        case .recording: return ("the recording does not tell them", nil)
        case .venue: break
        }
        guard let venue = market.source, let source = session.sources.first(where: { $0.venue == venue })
        else { return ("\(session.venue.venue.rawValue) does not tell them", Self.elsewhere(need)) }
        let streams = venue.streams(source.generation).filter { Provisions.data(of: $0).contains(need) }
        guard let stream = streams.first else {
            return ("\(venue.rawValue) does not tell them", Self.elsewhere(need))
        }
        return (
            "'venues.\(venue.rawValue).streams' does not take them", "add \(stream.rawValue) to these streams"
        )
    }

    /// The first venue that tells something, and how.
    private static func elsewhere(_ need: StrategyNeeds.Data) -> String? {
        for venue in SourceVenue.allCases {
            for stream in venue.streams(.second) where Provisions.data(of: stream).contains(need) {
                return "a market of 'venue: \(venue.rawValue)' does, with \(stream.rawValue) in its streams"
            }
        }
        let venue = VenueName.allCases.first { $0.data.contains(need) }
        return venue.map { "a market of \($0.rawValue) does" }
    }
}

/// Where a strategy names a market, or takes it without naming it.
struct NeedPlace {
    let market: String
    let refuse: (_ reason: String, _ suggestion: String?) -> Void

    init(market: String, refuse: @escaping (_ reason: String, _ suggestion: String?) -> Void) {
        self.market = market
        self.refuse = refuse
    }

    init(_ market: Placed<String>) {
        self.init(market: market.value) { market.refuse($0, suggestion: $1) }
    }
}
