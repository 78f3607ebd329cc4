/// One measured figure and what it is held against.
struct Figure {
    /// What a figure is held against.
    enum Threshold {
        /// A count or a ratio, the same on every machine: missing it fails the program.
        case atMost(Double)
        case atLeast(Double)
        /// A speed to aim for on a quiet machine: missing it is told, and fails nothing.
        case aimAtMost(Double)
        case aimAtLeast(Double)
        /// Just so that it is known.
        case none
    }

    enum Verdict: String {
        case ok
        case missed = "MISSED"
        case aimMet = "aim-met"
        case aimMissed = "aim-missed"
        case info
    }

    let name: String
    let value: Double
    let unit: String
    let threshold: Threshold

    var verdict: Verdict {
        switch threshold {
        case .atMost(let limit): value <= limit ? .ok : .missed
        case .atLeast(let limit): value >= limit ? .ok : .missed
        case .aimAtMost(let aim): value <= aim ? .aimMet : .aimMissed
        case .aimAtLeast(let aim): value >= aim ? .aimMet : .aimMissed
        case .none: .info
        }
    }
}
