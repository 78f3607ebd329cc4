/// ` from 1 to 50`, ` of 1 or more`: what follows the noun.
func described<Bound: Comparable>(
    _ range: ClosedRange<Bound>, unbounded: ClosedRange<Bound>, text: (Bound) -> String
) -> String {
    switch (range.lowerBound == unbounded.lowerBound, range.upperBound == unbounded.upperBound) {
    case (true, true): ""
    case (true, false): " of \(text(range.upperBound)) or less"
    case (false, true): " of \(text(range.lowerBound)) or more"
    case (false, false): " from \(text(range.lowerBound)) to \(text(range.upperBound))"
    }
}

/// The value, if it lies in the range.
func within<Bound: Comparable>(
    _ range: ClosedRange<Bound>, _ value: Bound
) throws(Refusal) -> Bound {
    if value < range.lowerBound { throw Refusal("it is too small") }
    if value > range.upperBound { throw Refusal("it is too large") }
    return value
}

/// `1 item`, `1 to 3 items`.
func counted(_ range: ClosedRange<Int>, _ noun: String) -> String {
    let nouns = range.upperBound == 1 ? noun : noun + "s"
    return range.lowerBound == range.upperBound
        ? "\(range.lowerBound) \(nouns)" : "\(range.lowerBound) to \(range.upperBound) \(nouns)"
}
