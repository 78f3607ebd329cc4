import Quantities

/// How far apart orders are to be sent, so that the venue's quotas of hours last.
///
/// The venue tells what is left of a quota, and not what it has: the most that was seen counts as that. While more than
/// a tenth is left, orders go as they come. Below, they are as far apart as would make the rest last for the whole
/// period, and never farther than `pauseMax`: a quota that has nothing left is tried again after that.
package struct CoinExQuotaWatch: Sendable {
    /// So few are scarce, whatever there was before: a process may begin when little is left.
    package static let scarceMax = 100
    package static let pauseMax = CoinExQuota.exhaustionPause
    /// How long a pause holds when the venue tells nothing more.
    package static let validity = Interval.minutes(5)

    package struct Change: Equatable {
        package var pause: Interval
        package var until: Instant
        /// The quota that asks for it; nil where none does.
        package var scarcest: CoinExQuota.LongPeriod?
    }

    /// The most that was seen, by period: at most the four that a head is read for.
    private var most: [CoinExQuota.LongPeriod] = []
    private var told = Change(pause: .zero, until: .distantPast)

    package init() {}

    /// - Returns: what has changed since it was told last; small changes are none.
    package mutating func heed(_ quota: CoinExQuota, at now: Instant) -> Change? {
        guard !quota.longPeriods.isEmpty else { return nil }
        var change = Change(pause: .zero, until: now + Self.validity)
        for period in quota.longPeriods {
            let pause = pause(for: period)
            guard pause > change.pause else { continue }
            change.pause = pause
            change.scarcest = period
        }
        guard isNews(change, at: now) else { return nil }
        told = change
        return change
    }

    private mutating func pause(for period: CoinExQuota.LongPeriod) -> Interval {
        let index = most.firstIndex { $0.hours == period.hours }
        let peak = max(period.remaining, index.map { most[$0].remaining } ?? 0)
        let row = CoinExQuota.LongPeriod(hours: period.hours, remaining: peak)
        if let index { most[index] = row } else { most.append(row) }
        guard period.remaining <= max(peak / 10, Self.scarceMax) else { return .zero }
        guard period.remaining > 0 else { return Self.pauseMax }
        let length = Interval.minutes(60) * period.hours
        return min(Self.pauseMax, .nanoseconds(length.nanoseconds / Int64(period.remaining)))
    }

    /// Zero is news once; a pause is when it differs by an eighth, or before it would end.
    private func isNews(_ change: Change, at now: Instant) -> Bool {
        let isHeld = told.pause > .zero && now < told.until
        if change.pause == .zero || !isHeld { return isHeld != (change.pause > .zero) }
        let difference = (change.pause - told.pause).nanoseconds.magnitude
        return difference > told.pause.nanoseconds.magnitude / 8
            || told.until - now < .nanoseconds(Self.validity.nanoseconds / 2)
    }
}
