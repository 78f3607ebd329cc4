import MarketModel
import Quantities

/// Changes of books, row by row, put together to the updates that the venue sent.
///
/// Rows of one market that were received at one time are one update. A snapshot begins with the first of its rows
/// that follows a row that is none, or that begins the table: then the book starts anew.
struct BookRows {
    /// The last level, held back until it is known whether its update goes on.
    private var pending: LevelChange?
    private var inSnapshot: [Bool] = []
    private var newest = Instant.distantPast

    mutating func read(
        _ cells: RowCells, _ market: MarketID, into events: inout [MarketEvent]
    ) throws(RowFault) {
        let time = try cells.time(.time)
        let received = cells.has(.receivedAt) ? try cells.time(.receivedAt) : time
        let isSnapshot = try cells.boolean(.snapshot)
        guard let side = try cells.side(.side) else { throw cells.fault(.side, .notASide) }
        let price: Price = try cells.positive(.price)
        let quantity: Quantity = try cells.notNegative(.quantity)
        if received < newest { throw .bookBackwards(by: newest - received) }
        newest = received

        let index = Int(market.index)
        while inSnapshot.count <= index { inSnapshot.append(false) }
        let begins = isSnapshot != inSnapshot[index]
        inSnapshot[index] = isSnapshot
        if var level = pending {
            level.isLast = level.market != market || level.receivedAt != received || begins
            events.append(.level(level))
        }
        if isSnapshot, begins {
            events.append(
                .reset(
                    BookReset(
                        market: market, reason: .snapshot, sequence: 0, venueTime: time, receivedAt: received)
                ))
        }
        pending = LevelChange(
            market: market, side: side, isLast: false, price: price, quantity: quantity, sequence: 0,
            venueTime: time, receivedAt: received)
    }

    mutating func finish(into events: inout [MarketEvent]) {
        guard var level = pending else { return }
        level.isLast = true
        events.append(.level(level))
        pending = nil
    }
}
