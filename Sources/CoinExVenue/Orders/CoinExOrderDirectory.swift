import MarketModel

/// Which order of ours a number of the venue is, where its client id does not say so.
///
/// That is so for modified orders: they get another number, and whether they keep the client id of the order that
/// they replace is not known for certain. Holds the last 4,096; older ones are forgotten.
package struct CoinExOrderDirectory: Sendable {
    package static let entriesMax = 4_096

    private var owners: [UInt64: OrderID] = [:]
    private var numbers: [UInt64] = []
    private var oldest = 0

    package init() {}

    package mutating func note(_ number: VenueOrderID, is order: OrderID) {
        guard number != .unknown, owners.updateValue(order, forKey: number.raw) == nil else { return }
        if numbers.count < Self.entriesMax {
            numbers.append(number.raw)
        } else {
            owners[numbers[oldest]] = nil
            numbers[oldest] = number.raw
            oldest = (oldest + 1) % Self.entriesMax
        }
    }

    package func owner(of number: VenueOrderID) -> OrderID? { owners[number.raw] }
}

/// Whose an order is that the venue tells of.
package enum CoinExOwner: Equatable, Sendable {
    case ours(OrderID)
    /// It has the name of an order that is being replaced, and may be that or the replacement: ask again once the
    /// modification is answered.
    case undecided
    /// It has a name of this run that was given by a command which the tape has lost.
    case lost
    /// Of another program, or of another run of this bot.
    case foreign
}
