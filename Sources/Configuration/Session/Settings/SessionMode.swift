/// What a session does with its orders, and whose time it runs in.
package enum SessionMode: String, CaseIterable, Sendable {
    /// Orders go to a simulated venue; time passes at the session's pace.
    case paper
    /// Orders go to a simulated venue; time passes as fast as the events are decided upon.
    case backtest
    /// Orders go to the venue.
    case live
}

/// How fast market time passes on paper.
package enum Pace: Equatable, Sendable {
    /// Market seconds per second.
    case times(Double)
    /// As fast as it goes.
    case unlimited

    /// The speeds that can be asked for.
    package static let speeds = 0.001...1_000_000

    package static var normal: Pace { .times(1) }
}

extension Pace: CustomStringConvertible {
    /// The pace as the YAML writes it.
    package var description: String {
        switch self {
        case .times(let speed): EffectiveText.number(speed)
        case .unlimited: "max"
        }
    }
}

extension Format where Value == Pace {
    /// A number of market seconds per second, or `max`.
    package static var pace: Format {
        let (slowest, fastest) = (Pace.speeds.lowerBound, Pace.speeds.upperBound)
        let bounds = "from \(EffectiveText.number(slowest)) to \(EffectiveText.number(fastest))"
        return scalar("a number \(bounds), or max") { (scalar) throws(Refusal) in
            if scalar.text == "max" { return .unlimited }
            try NumberText.checkPlain(scalar)
            try NumberText.check(scalar.text, as: .scientific)
            guard let speed = Double(scalar.text), speed.isFinite else { throw Refusal("it is too large") }
            return .times(try within(Pace.speeds, speed))
        }
    }
}
