import MarketModel
import Quantities
import VenueKit

/// A request that is under way, and what it is for.
struct CoinExFlight: Sendable {
    enum Work: Sendable {
        case place(OrderID, isStop: Bool)
        case placeBatch([OrderID])
        case cancel(Cancellation)
        /// By the client id, among the waiting stop orders.
        case cancelStopByName(Cancellation)
        /// By the client id, among the resting orders.
        case cancelByName(Cancellation)
        case cancelBatch([Cancellation])
        case modify(Modification)
        case inquiry(CoinExInquiry)
    }

    var work: Work
    /// The group that the engine paced it by.
    var group: RateGroup
}

/// Requests that are under way, by their numbers.
///
/// Mostly a handful, the newest of which is asked for: they stand one behind the other, so that one more touches no
/// memory that the one before has not, as a table of hashes would.
struct CoinExFlightTable: Sendable {
    private var numbers: [UInt64] = []
    private var flights: [CoinExFlight] = []

    init(capacity: Int) {
        numbers.reserveCapacity(capacity)
        flights.reserveCapacity(capacity)
    }

    var count: Int { numbers.count }

    /// Setting adds or replaces.
    subscript(number: UInt64) -> CoinExFlight? {
        get { numbers.lastIndex(of: number).map { flights[$0] } }
        set {
            guard let newValue else {
                _ = take(number)
                return
            }
            if let index = numbers.lastIndex(of: number) {
                flights[index] = newValue
            } else {
                numbers.append(number)
                flights.append(newValue)
            }
        }
    }

    /// Removes and returns; nil when there is none.
    mutating func take(_ number: UInt64) -> CoinExFlight? {
        guard let index = numbers.lastIndex(of: number) else { return nil }
        numbers.remove(at: index)
        return flights.remove(at: index)
    }
}
