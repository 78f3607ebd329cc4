import Quantities

/// Time cut into cells of equal length, one of which begins at 1970-01-01T00:00:00Z plus an offset.
@usableFromInline
struct TimeGrid: Equatable, Sendable {
    @usableFromInline let length: Interval
    @usableFromInline let offset: Interval

    /// The length is positive.
    @usableFromInline
    init(length: Interval, offset: Interval) {
        self.length = length
        self.offset = offset
    }

    /// The cell of a time, without its end; nil where it would reach beyond the years of `Instant`.
    @usableFromInline
    func cell(of time: Instant) -> (start: Instant, end: Instant)? {
        let size = length.nanoseconds
        let (shifted, isBeyond) = time.nanoseconds.subtractingReportingOverflow(offset.nanoseconds)
        if isBeyond { return nil }
        let (number, rest) = shifted.quotientAndRemainder(dividingBy: size)
        let (aligned, isBefore) = (rest < 0 ? number - 1 : number).multipliedReportingOverflow(by: size)
        let (start, isOut) = aligned.addingReportingOverflow(offset.nanoseconds)
        let (end, isAfter) = start.addingReportingOverflow(size)
        if isBefore || isOut || isAfter { return nil }
        return (Instant(nanoseconds: start), Instant(nanoseconds: end))
    }

    /// How many whole cells lie between two bounds of the grid; 0 when the second is not later.
    @usableFromInline
    func count(from start: Instant, to end: Instant) -> Int {
        end > start ? Int((end - start).nanoseconds / length.nanoseconds) : 0
    }
}
