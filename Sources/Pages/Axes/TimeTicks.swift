import Quantities

/// Round times along an axis, in UTC: from milliseconds to years.
package struct TimeTicks: Equatable, Sendable {
    package struct Tick: Equatable, Sendable {
        package var time: Instant
        package var label: String
        /// The date, on the first tick of each day where the labels are times of day.
        package var date: String?
    }

    package let ticks: [Tick]

    private static let steps: [Interval] =
        [1, 2, 5, 10, 20, 50, 100, 200, 500].map { .milliseconds($0) }
        + [1, 2, 5, 10, 15, 30].map { .seconds($0) }
        + [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map { .minutes($0) }
        + [1, 2, 4, 7, 14].map { .minutes($0 * 1_440) }

    private static let day = Interval.minutes(1_440)

    /// Ticks within a range, at most as many as wanted (2 to 50).
    package init(_ range: ClosedRange<Instant>, atMost wanted: Int) {
        let wanted = min(max(wanted, 2), 50)
        let span = range.upperBound - range.lowerBound
        let rough = Interval(nanoseconds: span.nanoseconds / Int64(wanted))
        guard let step = Self.steps.first(where: { $0 >= rough }) else {
            ticks = Self.months(range, atMost: wanted)
            return
        }
        var (ticks, date): ([Tick], String?) = ([], nil)
        let size = step.nanoseconds
        let below = range.lowerBound.nanoseconds % size
        var time =
            range.lowerBound + Interval(nanoseconds: below == 0 ? 0 : size - max(below, below + size) % size)
        while time <= range.upperBound, ticks.count <= wanted {
            let today = TimeText.date(time)
            if step >= Self.day {
                ticks.append(Tick(time: time, label: String(today.dropFirst(5)), date: nil))
            } else {
                ticks.append(
                    Tick(time: time, label: Self.label(time, step), date: today == date ? nil : today))
            }
            date = today
            time = time + step
        }
        self.ticks = ticks
    }

    private static func label(_ time: Instant, _ step: Interval) -> String {
        if step >= .minutes(1) { return String(TimeText.clock(time).prefix(5)) }
        return TimeText.clock(time, decimals: step >= .seconds(1) ? 0 : 3)
    }

    /// First days of months, every month, quarter, half year or several years.
    private static func months(_ range: ClosedRange<Instant>, atMost wanted: Int) -> [Tick] {
        var firsts: [Tick] = []
        let lower = range.lowerBound.nanoseconds
        let below = lower % day.nanoseconds
        var time = Instant(nanoseconds: lower - (below < 0 ? below + day.nanoseconds : below))
        while time <= range.upperBound {
            let text = time.description
            if text.dropFirst(8).hasPrefix("01"), time >= range.lowerBound {
                firsts.append(Tick(time: time, label: String(text.prefix(7)), date: nil))
            }
            guard time + day > time else { break }
            time = time + day
        }
        for every in [1, 3, 6, 12, 24, 60, 120, 600] {
            let some = firsts.filter { tick in
                let numbers = tick.label.split(separator: "-").compactMap { Int($0) }
                return numbers.count == 2 && (numbers[0] * 12 + numbers[1] - 1).isMultiple(of: every)
            }
            if some.count <= wanted { return some }
        }
        return []
    }
}
