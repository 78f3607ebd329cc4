import MarketModel
import Quantities

/// The volume-weighted average price since the session began.
///
/// Sessions are aligned to the clock of the venue: of a length of one day each begins at midnight UTC. There
/// from the first trade of a session on, which forgets the session before; a trade of an earlier session is
/// left out. Trades without a positive price and quantity are left out. Constant cost; the sums are kept with
/// their rounding errors, so that millions of trades lose no digits.
public struct SessionVWAP: Indicator {
    /// A sum with what rounding took from it (Neumaier's).
    @usableFromInline struct Sum: Sendable {
        @usableFromInline var sum = 0.0
        @usableFromInline var rest = 0.0
        @usableFromInline init() {}

        @inlinable var total: Double { sum + rest }

        @inlinable
        mutating func add(_ input: Double) {
            let next = sum + input
            rest += sum.magnitude >= input.magnitude ? (sum - next) + input : (input - next) + sum
            sum = next
        }
    }

    @usableFromInline let length: Interval
    @usableFromInline var ends = Instant.distantPast
    @usableFromInline var starts = Instant.distantPast
    @usableFromInline var turnover = Sum()
    @usableFromInline var volume = Sum()

    /// - Parameter session: how long a session is; positive, others trap. A day where nothing is said.
    public init(session: Interval = .minutes(1_440)) {
        precondition(session > .zero, "a session has a length")
        length = session
    }

    @inlinable public var value: Double? { volume.total > 0 ? turnover.total / volume.total : nil }

    @inlinable
    public mutating func add(_ trade: Trade) {
        guard trade.price.isPositive, trade.quantity.isPositive, trade.venueTime >= starts else { return }
        if trade.venueTime >= ends, !begin(at: trade.venueTime) { return }
        let quantity = Double(trade.quantity)
        turnover.add(Double(trade.price) * quantity)
        volume.add(quantity)
    }

    /// Begins the session of a time; false where that is at the end of all time.
    @usableFromInline
    mutating func begin(at time: Instant) -> Bool {
        guard let session = TimeGrid(length: length, offset: .zero).cell(of: time) else { return false }
        starts = session.start
        ends = session.end
        turnover = Sum()
        volume = Sum()
        return true
    }
}
