/// How much of a sweep's best result may be luck.
package struct OverfitReport: Equatable, Sendable {
    /// Below this deflated Sharpe ratio the best setting is not told from luck.
    package static let sureAbove = 0.95
    /// From this probability of overfitting on, choosing the best is no better than choosing blindly.
    package static let blindFrom = 0.5

    /// Combinations that ran.
    package let trials: Int
    /// How many independent ones they are worth, by their correlation.
    package let independentTrials: Double
    /// The chosen combination's.
    package let sample: ReturnSample
    /// Against as many lucky draws as there were trials: the strict reading.
    package let deflated: DeflatedSharpe
    /// Against as many as the independent ones.
    package let deflatedIndependent: DeflatedSharpe
    /// nil when the trials are too few or never traded.
    package let overfit: OverfitProbability?

    /// nil when fewer than two combinations ran, or the chosen one's profit never moved.
    init?(_ candidates: [Candidate], chosen: Int?) {
        guard let chosen, let best = candidates[chosen].measure else { return nil }
        let measures = candidates.compactMap(\.measure)
        guard measures.count >= 2, best.sample.deviation > 0 else { return nil }
        // Combinations that halving gave up early were tried too, but their blocks are of another length.
        let whole = candidates.filter { $0.divisor == candidates[chosen].divisor }.compactMap(\.measure)
        let series = whole.map(\.gains)
        let sharpes = ReturnSample(whole.map(\.sample.sharpe))
        let variance = sharpes.deviation * sharpes.deviation
        trials = measures.count
        independentTrials = min(Double(trials), DeflatedSharpe.independentTrials(series))
        sample = best.sample
        deflated = DeflatedSharpe(best: sample, trials: Double(trials), variance: variance)
        deflatedIndependent = DeflatedSharpe(best: sample, trials: independentTrials, variance: variance)
        overfit = series.contains { $0.contains { $0 != 0 } } ? OverfitProbability(series) : nil
    }

    /// Whether the figures say not to trust the best setting.
    package var isDoubtful: Bool {
        deflated.probability < Self.sureAbove || (overfit?.probability ?? 0) >= Self.blindFrom
    }

    /// The figures as sentences.
    package var sentences: [String] {
        var sentences = [
            "With \(trials) combinations the best Sharpe ratio expected by luck alone is "
                + "\(FigureText.fixed(deflated.expectedBest, 3)) per block; the chosen one has "
                + "\(FigureText.fixed(sample.sharpe, 3)).",
            "The probability that it has an edge beyond luck (deflated Sharpe ratio) is "
                + "\(FigureText.percent(deflated.probability)).",
        ]
        if let overfit {
            sentences.append(
                "The probability of overfitting, that the best of one half of the time is in the worse half "
                    + "of all in the other, is \(FigureText.percent(overfit.probability)).")
        }
        return sentences + [verdict]
    }

    /// What to make of the figures, in a sentence.
    package var verdict: String {
        if sample.mean <= 0 { return "Even the best combination earns nothing." }
        return isDoubtful
            ? "Do not trust the best result: it may well be luck."
            : "That is a good sign, not a proof: judge it on data that this sweep has not seen."
    }
}
