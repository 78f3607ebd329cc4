import Quantities

extension Format where Value == Interval {
    /// A length of time with its unit, `250ms`; with or without quotes.
    package static func interval(in range: ClosedRange<Interval>) -> Format {
        let unbounded = Interval(nanoseconds: .min)...Interval(nanoseconds: .max)
        let bounds = described(range, unbounded: unbounded) { $0.description }
        return scalar("an interval\(bounds), such as 250ms") { (scalar) throws(Refusal) in
            try within(range, try IntervalText.parse(scalar.text))
        }
    }
}

extension Format where Value == Instant {
    /// A point in time in UTC, `2024-08-08T23:54:13Z`, or a day, which means its first moment.
    package static var instant: Format {
        scalar("a time such as 2024-08-08T23:54:13Z, or a day") { (scalar) throws(Refusal) in
            try InstantText.parse(scalar.text)
        }
    }
}
