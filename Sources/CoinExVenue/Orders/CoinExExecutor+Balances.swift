import MarketModel
import Quantities
import VenueKit

extension CoinExExecutor {
    /// The venue's word on all assets of the session.
    ///
    /// Coins of which the account has none are left out by the venue: they are told as zero. The reply has no time;
    /// `askedAt` is taken for it, so that deals from then on are added to it rather than lost. By the venue's clock
    /// that is known within seconds only; deals that were known when it was asked are in it for certain.
    ///
    /// - Parameter knownUntil: when, by the venue's clock, the newest of those was made.
    package func facts(
        _ balances: [CoinExBalanceReport], askedAt: Instant, knownUntil: Instant = .distantPast
    ) -> [VenueFact] {
        let time = max(clock.time(at: askedAt), knownUntil)
        return table.assets.enumerated().map { index, name in
            let found = balances.first { $0.asset == name }
            let frozen = found?.frozen ?? .zero
            return .balance(
                Balance(
                    asset: AssetID(index), total: (found?.available ?? .zero) + frozen, frozen: frozen,
                    venueTime: time))
        }
    }
}
