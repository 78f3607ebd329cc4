import VenueKit

/// The newest rows of something, each with a number that stays: when it is full the oldest goes.
struct History<Row: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    private var rows = Fifo<Row>()
    private let limit: Int
    /// How many rows have gone.
    private(set) var gone = 0

    init(limit: Int) { self.limit = max(1, limit) }

    var count: Int { rows.count }
    /// The number that the next row gets.
    var next: Int { gone + rows.count }

    /// Adds a row; returns the one that had to go.
    @discardableResult
    mutating func append(_ row: Row) -> Row? {
        var dropped: Row?
        if rows.count == limit {
            dropped = rows.popFirst()
            gone += 1
        }
        rows.append(row)
        return dropped
    }

    /// The row at a distance from the oldest.
    subscript(offset: Int) -> Row { rows[offset] }

    /// The row of a number; nil when it has gone.
    func row(numbered number: Int) -> Row? {
        let offset = number - gone
        return offset >= 0 && offset < rows.count ? rows[offset] : nil
    }
}

extension History where Row: Equatable {
    /// A page of the rows that fit, newest first.
    func page(_ request: PageRequest, where fits: (Row) -> Bool) -> PageOf<Row> {
        var page = PageOf<Row>()
        var offset = rows.count - 1
        while offset >= 0 {
            let row = rows[offset]
            if fits(row) {
                page.take(row, request)
            }
            offset -= 1
        }
        return page
    }
}

extension PageOf {
    /// Counts a row that fits, and keeps it when it is on the page.
    mutating func take(_ row: Row, _ request: PageRequest) {
        if total >= request.offset, rows.count < request.limit { rows.append(row) }
        total += 1
    }
}
