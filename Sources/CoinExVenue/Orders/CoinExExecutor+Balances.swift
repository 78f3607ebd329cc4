import MarketModel
import Quantities
import VenueKit

extension CoinExExecutor {
    /// The venue's word on all assets of the session.
    ///
    /// Coins of which the account has none are left out by the venue: they are told as zero. The reply has no time;
    /// `askedAt` is taken for it, so that deals from then on are added to it rather than lost.
    package func facts(_ balances: [CoinExBalanceReport], askedAt: Instant) -> [VenueFact] {
        table.assets.enumerated().map { index, name in
            let found = balances.first { $0.asset == name }
            let frozen = found?.frozen ?? .zero
            return .balance(
                Balance(
                    asset: AssetID(index), total: (found?.available ?? .zero) + frozen, frozen: frozen,
                    venueTime: clock.time(at: askedAt)))
        }
    }
}
