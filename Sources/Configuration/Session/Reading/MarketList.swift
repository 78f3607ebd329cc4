import MarketModel

/// The markets of the file, as far as they could be read.
struct MarketList {
    let drafts: [MarketDraft]
    /// The names that could be read, in order.
    let names: [String]
    /// Whether all markets could be read, so that what is not among them does not exist.
    let isComplete: Bool

    init(_ top: Section) {
        let format = Format<[MarketDraft]>.list(
            of: .section { MarketDraft($0) }, count: 1...MarketID.marketsMax)
        let read = top.required("markets", format)
        drafts = read ?? []
        names = drafts.compactMap(\.name?.value)
        isComplete = read != nil && drafts.allSatisfy { $0.settings != nil }
        checkNames()
        for draft in drafts { draft.follows?.check(draft.name?.value, self) }
    }

    /// Those of the venue that is traded at first, which have the first numbers then.
    var settings: [MarketSettings] {
        let all = drafts.compactMap(\.settings)
        return all.filter { $0.source == nil } + all.filter { $0.source != nil }
    }

    /// The source of the market of this name; nil where it is of the venue that is traded at.
    func source(of name: String) -> SourceVenue? { drafts.first { $0.name?.value == name }?.source }

    /// The assets in the order of the market table.
    var assets: [String] { Self.unique(settings.flatMap { [$0.base, $0.quote] }) }

    /// The assets that markets are paid in.
    var quotes: [String] { Self.unique(settings.map(\.quote)) }

    /// The name of one of these markets.
    var name: Format<String> {
        .scalar("the name of a market of 'markets'") { (scalar) throws(Refusal) in
            if names.contains(scalar.text) || !isComplete { return scalar.text }
            let nearest = NearestName.of(scalar.text, among: names)
            throw Refusal("there is no such market", suggestion: nearest.map { "did you mean '\($0)'?" })
        }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private func checkNames() {
        var first: [String: Placed<String>] = [:]
        for name in drafts.compactMap(\.name) {
            if let earlier = first[name.value] {
                name.refuse("is '\(name.value)', the name of '\(earlier.path)' already")
            } else {
                first[name.value] = name
            }
        }
    }

    /// Checks that profit can be counted in one asset, and warns of markets that nobody trades.
    func checkTraded(_ strategies: StrategyList) {
        var first: MarketDraft?
        // In the order of the session.
        for draft in drafts.filter({ $0.source == nil }) + drafts.filter({ $0.source != nil }) {
            guard let name = draft.name, let quote = draft.quote else { continue }
            guard strategies.tradedMarkets.contains(name.value) else {
                if strategies.watchedMarkets.contains(name.value) { continue }
                if strategies.isComplete { name.warn("is '\(name.value)', which no strategy trades") }
                continue
            }
            guard let first, let other = first.quote, let otherName = first.name else {
                first = draft
                continue
            }
            if quote.value != other.value, !isPriced(quote.value, in: other.value) {
                quote.refuse(
                    "is '\(quote.value)', and '\(otherName.value)' is paid in '\(other.value)': profit and "
                        + "drawdown are counted in one asset, so all traded markets share their quote asset, or a "
                        + "market of the session prices one in the other",
                    suggestion:
                        "trade one of them in a session of its own, or add a market of \(quote.value) "
                        + "that is paid in \(other.value)")
            }
        }
    }

    private func isPriced(_ asset: String, in other: String) -> Bool {
        settings.contains { $0.base == asset && $0.quote == other }
    }
}
