import Quantities

/// A combination of parameters and what came of it.
package struct Candidate: Sendable {
    package enum Result: Sendable {
        case ran(Measure)
        /// The strategy cannot be made with these parameters; with its reason.
        case refused(String)
    }

    /// Its number in the parameter space.
    package let point: Int
    /// It ran over one part in so many of the time: 1 is all of it.
    package let divisor: Int
    package let result: Result

    /// nil when it did not run.
    package var measure: Measure? {
        switch result {
        case .ran(let measure): measure
        case .refused: nil
        }
    }

    package func value(of objective: Objective) -> Double? { measure?.value(of: objective) }
}

/// A fold of a walk-forward: what was chosen on its train part, and how that did on its test part.
package struct SweepFold: Sendable {
    package let train: (start: Instant, end: Instant)
    package let test: (start: Instant, end: Instant)
    package let point: Int
    package let inSample: Measure
    package let outOfSample: Measure
}

/// What a sweep has found.
package struct SweepOutcome: Sendable {
    package let request: SweepRequest
    package let folder: String
    /// The time of the market that was swept over.
    package let span: (start: Instant, end: Instant)
    /// In the order of their points.
    package let candidates: [Candidate]
    /// Indices of the candidates that ran, the best first.
    package let ranking: [Int]
    /// nil when too few combinations ran to tell anything.
    package let overfit: OverfitReport?
    /// Empty without a walk-forward.
    package var folds: [SweepFold] = []
    /// Trials whose results an earlier run had left.
    package var reused = 0
    /// Trials that this run has computed.
    package var computed = 0

    /// Throws when no combination ran.
    init(
        _ request: SweepRequest, _ candidates: [Candidate], folder: String,
        span: (start: Instant, end: Instant)
    ) throws(SweepError) {
        self.request = request
        self.folder = folder
        self.span = span
        self.candidates = candidates
        ranking = Self.ranked(candidates, request.objective)
        if ranking.isEmpty, let first = candidates.first, case .refused(let reason) = first.result {
            throw .nothingRuns(reason)
        }
        overfit = OverfitReport(candidates, chosen: ranking.first)
    }

    /// The candidates that ran: those over a longer time first, then the better, then in the order of points.
    static func ranked(_ candidates: [Candidate], _ objective: Objective) -> [Int] {
        let values = candidates.map { $0.value(of: objective) ?? -.infinity }
        return candidates.indices.filter { candidates[$0].measure != nil }.sorted { a, b in
            if candidates[a].divisor != candidates[b].divisor {
                return candidates[a].divisor < candidates[b].divisor
            }
            return values[a] != values[b] ? values[a] > values[b] : a < b
        }
    }

    /// Why there are no figures about luck.
    package var reasonWithoutOverfit: String {
        if let measure = best?.measure, measure.fills == 0 {
            return
                "The best combination does not trade: nothing that was tried earns more than doing nothing."
        }
        return "Too few results to tell luck from skill: at least two combinations have to trade."
    }

    package var refusedCount: Int { candidates.count - ranking.count }
    package var best: Candidate? { ranking.first.map { candidates[$0] } }
}
