/// The markets and assets of a session, by index and by name.
public struct MarketTable: Equatable, Sendable {
    public private(set) var markets: [Market] = []
    /// The terms of each market, beside its name.
    @usableFromInline package private(set) var terms: [MarketTerms] = []
    public private(set) var assets: [String] = []
    /// By market: the market whose price turns figures of this one into the asset that all are counted in. Empty where
    /// all are paid in that asset.
    @usableFromInline package private(set) var conversions: [MarketID?] = []

    public init() {}

    /// Adds a market, or returns the one that has this name already.
    @discardableResult
    public mutating func add(_ name: String, base: String, quote: String, rules: MarketRules) -> Market {
        if let known = market(named: name) { return known }
        precondition(markets.count < MarketID.marketsMax, "a session holds at most 1,024 markets")
        let market = Market(
            name: name, id: MarketID(markets.count), base: asset(base), quote: asset(quote), rules: rules)
        markets.append(market)
        terms.append(market.terms)
        return market
    }

    /// The first markets alone, with all assets: what the numbers of both stand for does not change.
    package func prefix(markets count: Int) -> MarketTable {
        var table = self
        table.markets.removeSubrange(count...)
        table.terms.removeSubrange(count...)
        table.conversions = []
        return table
    }

    /// Counts profit in one asset: figures of a market that is paid in another are turned into it at the price of the
    /// first market that has one.
    package mutating func count(in asset: AssetID) {
        conversions = markets.map { market in
            if market.quote == asset { return nil }
            return markets.first { $0.base == market.quote && $0.quote == asset }?.id
        }
        if conversions.allSatisfy({ $0 == nil }) { conversions = [] }
    }

    /// The asset of this name, added when new.
    public mutating func asset(_ name: String) -> AssetID {
        if let index = assets.firstIndex(of: name) { return AssetID(index) }
        assets.append(name)
        return AssetID(assets.count - 1)
    }

    public func market(named name: String) -> Market? { markets.first { $0.name == name } }

    public func name(of asset: AssetID) -> String { assets[Int(asset.index)] }

    public subscript(_ id: MarketID) -> Market { markets[Int(id.index)] }

    /// All but the name of a market.
    @inlinable public func terms(_ id: MarketID) -> MarketTerms { terms[Int(id.index)] }
}
