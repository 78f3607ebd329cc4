import MarketModel
import Quantities
import Simulation
import VenueKit

extension SimulatedVenue {
    /// The next fact that has arrived at us by `now`, of either channel.
    mutating func popFact(at now: Instant) -> VenueFact? {
        channelDue(at: now).map { takeFact($0) }
    }

    /// The account's balances, to be compared as a whole.
    var balances: [Balance] { account.balances.indices.map { account.balances[$0] } }
}
