/// How much is quoted at an implied volatility: a machine with three positions and two thresholds.
///
/// It moves up when a threshold is passed, and down when the volatility has fallen below it by the hysteresis, so that
/// one that hovers around a threshold does not place and cancel all the time.
struct Gate: Equatable, Sendable {
    enum Position: Equatable, Sendable {
        /// Nothing is quoted, for want of an implied volatility. Can transition to all others when there is one.
        case blind(Blindness)
        /// Quotes stand at their usual distance. Can transition to: `wide` or `shut` above a threshold, `blind`.
        case open
        /// Quotes stand farther off. Can transition to: `shut` above a threshold, `open` below one, `blind`.
        case wide
        /// Nothing is quoted. Can transition to: `wide` or `open` below a threshold, `blind`.
        case shut
    }

    /// Why there is no implied volatility.
    enum Blindness: Equatable, Sendable {
        /// No option has told any mark yet: the session begins.
        case nothingHeard
        /// Marks come, without a volatility.
        case noVolatility
        /// The newest is older than it may be.
        case tooOld
    }

    let widenAbove: Double
    let stopAbove: Double
    let hysteresis: Double
    private(set) var position = Position.blind(.nothingHeard)

    init(widenAbove: Double, stopAbove: Double, hysteresis: Double) {
        self.widenAbove = widenAbove
        self.stopAbove = stopAbove
        self.hysteresis = hysteresis
    }

    /// Takes the implied volatility, or why there is none; true when the gate has moved.
    mutating func take(_ volatility: Result<Double, Blindness>) -> Bool {
        let before = position
        switch volatility {
        case .failure(let reason): position = .blind(reason)
        case .success(let volatility): position = next(volatility)
        }
        return position != before
    }

    private func next(_ volatility: Double) -> Position {
        // Who is behind a threshold already comes back only below the lower one.
        let stop = position == .shut ? stopAbove - hysteresis : stopAbove
        if volatility > stop { return .shut }
        switch position {
        case .wide, .shut: return volatility > widenAbove - hysteresis ? .wide : .open
        case .open, .blind: return volatility > widenAbove ? .wide : .open
        }
    }
}

extension Gate.Blindness: Error {}
