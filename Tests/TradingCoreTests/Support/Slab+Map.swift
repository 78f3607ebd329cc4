import MarketModel

extension Slab where Element: Copyable {
    /// What `transform` makes of each element, for comparisons of whole states.
    func map<Result>(_ transform: (Element) -> Result) -> [Result] {
        indices.map { transform(self[$0]) }
    }
}
