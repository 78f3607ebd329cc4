import Quantities

/// What is to be bought: an amount per interval, counted once per interval whatever happens.
///
/// Intervals are those of the calendar (UTC): an interval of an hour begins at the full hour. Amounts are in the
/// quote asset or in the base asset, as the strategy is set; the plan does not care. Every interval adds its
/// amount once, every fill takes off what it cost once, so what is owed is right at any moment; too small
/// an amount waits here until it is worth an order.
struct PurchasePlan: Sendable {
    /// What the end of an interval found.
    enum Past: Equatable, Sendable {
        /// What is owed is too little for an order, or nothing: it is carried on.
        case served
        /// The market never was as the conditions demand: the interval's amount is given up.
        case unwanted
        /// It could not be bought: the amount is skipped or caught up, as set.
        case missed
    }

    let amount: Amount
    let interval: Interval
    /// How many amounts may be owed beside the current one; zero skips what was missed.
    let catchUpMax: Int
    private(set) var owed = Amount.zero
    /// The interval whose amount was added last.
    private var counted: Int64

    /// - Parameter isFirstNow: whether the interval that has begun already counts.
    init(
        amount: Amount, interval: Interval, catchUpMax: Int, startingAt now: Instant, isFirstNow: Bool
    ) {
        self.amount = amount
        self.interval = interval
        self.catchUpMax = catchUpMax
        counted = Self.index(now, interval) - (isFirstNow ? 1 : 0)
    }

    private static func index(_ now: Instant, _ interval: Interval) -> Int64 {
        let (quotient, rest) = now.nanoseconds.quotientAndRemainder(dividingBy: interval.nanoseconds)
        return rest < 0 ? quotient - 1 : quotient
    }

    /// Whether an interval has begun whose amount was not added.
    func isDue(at now: Instant) -> Bool { Self.index(now, interval) > counted }

    /// When the next interval begins.
    func nextBoundary(after now: Instant) -> Instant {
        let next = Self.index(now, interval) + 1
        let (start, overflow) = next.multipliedReportingOverflow(by: interval.nanoseconds)
        return overflow ? .distantFuture : Instant(nanoseconds: start)
    }

    /// Ends the intervals up to now and adds the amount of the one that has begun.
    ///
    /// - Parameter past: how the interval went that was counted last. Those after it, in which nothing was
    ///   heard, were missed.
    /// - Returns: how much was given up because it was missed.
    mutating func settle(at now: Instant, past: Past) -> Amount {
        let current = Self.index(now, interval)
        guard current > counted else { return .zero }
        let silent = Int(clamping: current - counted - 1)
        counted = current
        var dropped = Amount.zero
        // What waits because it was too little is no debt, and never given up.
        var debtMax = owed
        switch past {
        case .served: break
        case .unwanted: owed = max(.zero, owed - amount)
        case .missed:
            if catchUpMax == 0 {
                dropped = min(owed, amount)
                owed -= dropped
            } else {
                debtMax = .zero
            }
        }
        let added = min(silent, catchUpMax)
        owed += amount * added
        dropped += amount * min(silent - added, Self.silentToldMax)
        debtMax = max(debtMax, amount * catchUpMax)
        if owed > debtMax {
            dropped += owed - debtMax
            owed = debtMax
        }
        owed += amount
        return dropped
    }

    /// Silent intervals that are told of at most: the sum of more would not fit.
    static let silentToldMax = 1_000_000

    /// A fill has cost this much.
    mutating func pay(_ cost: Amount) { owed -= cost }

    /// What is owed is given up.
    mutating func forgive() { owed = min(owed, .zero) }
}
