import MarketModel

/// A market as its venue calls it, and its number in the session.
package struct VenueListing: Equatable, Sendable {
    /// The venue's name, in upper case where the venue has it so, such as `BTCUSDT`.
    package var symbol: String
    package var market: MarketID

    package init(_ symbol: String, _ market: MarketID) {
        self.symbol = symbol
        self.market = market
    }
}

extension MarketTable {
    /// All markets under their own names.
    package var listings: [VenueListing] { markets.map { VenueListing($0.name, $0.id) } }
}
