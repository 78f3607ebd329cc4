import Quantities

/// How much of a parent order should be done by when: slices of time with equal shares.
///
/// The ends of the slices are scattered around an even grid; what a slice has to reach depends on
/// its number alone, so that scattering moves orders and not the pace.
struct SliceSchedule: Sendable {
    /// The most slices of a schedule.
    static let slicesMax = 100_000

    private let quantity: Quantity
    private let lot: Quantity
    private let duration: Interval
    private let jitter: Double
    let count: Int
    private let length: Interval

    /// The slice that is on, from 0; `count` when all are over.
    private(set) var index = 0
    private var startsAt = Instant.distantPast
    private(set) var beginsAt = Instant.distantPast
    private(set) var endsAt = Instant.distantFuture

    /// How many slices of at most a length fill a duration; both are positive.
    static func slices(of slice: Interval, in duration: Interval) -> Int {
        let (whole, rest) = duration.nanoseconds.quotientAndRemainder(dividingBy: slice.nanoseconds)
        return Int(whole) + (rest > 0 ? 1 : 0)
    }

    init(_ parameters: Twap.Parameters, lot: Quantity) {
        quantity = parameters.quantity
        self.lot = lot
        duration = parameters.duration
        jitter = parameters.jitter
        count = Self.slices(of: parameters.slice, in: parameters.duration)
        length = Interval(nanoseconds: duration.nanoseconds / Int64(count))
    }

    var isOver: Bool { index == count }

    /// The length of a slice that is not scattered.
    var sliceLength: Interval { length }

    /// An even share of the parent order, not rounded to lots.
    var evenShare: Quantity { Quantity(raw: quantity.raw / Int128(count)) }

    /// What has to be done by the end of the slice that is on.
    var target: Quantity {
        guard index < count - 1 else { return quantity }
        let share = Quantity(raw: quantity.raw * Int128(index + 1) / Int128(count))
        return share.rounded(to: lot, .down)
    }

    /// When a share of the slice has passed.
    func moment(_ share: Double) -> Instant {
        if share >= 1 { return endsAt }
        return beginsAt + Interval(nanoseconds: Int64(Double((endsAt - beginsAt).nanoseconds) * share))
    }

    /// Starts at the slice in which a part that is done already would have been reached.
    mutating func begin(at now: Instant, done: Quantity, _ random: inout SeededRandom) {
        index = min(count - 1, Int(done.raw * Int128(count) / quantity.raw))
        startsAt = now - length * index
        beginsAt = now
        endsAt = end(&random)
    }

    /// Moves on to the slice that is on at a time; returns whether it is another one.
    mutating func advance(to now: Instant, _ random: inout SeededRandom) -> Bool {
        let before = index
        while index < count, now >= endsAt {
            index += 1
            guard index < count else { break }
            beginsAt = endsAt
            endsAt = end(&random)
        }
        return index != before
    }

    /// Puts off all that is still to come.
    mutating func shift(by interval: Interval) {
        startsAt = startsAt + interval
        beginsAt = beginsAt + interval
        endsAt = endsAt + interval
    }

    /// The end of the slice that is on: on the grid, or scattered around it by half the jitter.
    private func end(_ random: inout SeededRandom) -> Instant {
        guard index < count - 1 else { return startsAt + duration }
        let even = startsAt + length * (index + 1)
        guard jitter > 0 else { return even }
        let offset = (random.uniform() - 0.5) * jitter * Double(length.nanoseconds)
        return even + Interval(nanoseconds: Int64(offset))
    }
}
