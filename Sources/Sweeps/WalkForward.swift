import Quantities

/// How the time is split for choosing and for judging: folds in the order of time, each with a part to train on
/// and a part to test on.
package struct WalkForward: Equatable, Sendable {
    /// From 2 to `foldsMax`.
    package let folds: Int
    /// The share of each fold that is trained on, in thousandths, from 100 to 900.
    package let trainPermille: Int

    package static let foldsMax = 50

    /// Reads `K` or `K:SHARE`, such as `5:0.7`.
    package init(_ text: String) throws(SweepError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let folds = Int(parts[0]), (2...Self.foldsMax).contains(folds) else {
            throw .request("--walk-forward \(text): from 2 to \(Self.foldsMax) folds, such as 5 or 5:0.7")
        }
        self.folds = folds
        guard parts.count == 2 else {
            trainPermille = 700
            return
        }
        guard let share = Double(String(parts[1])), share >= 0.1, share <= 0.9 else {
            throw .request("--walk-forward \(text): the share to train on is from 0.1 to 0.9")
        }
        trainPermille = Int((share * 1_000).rounded())
    }

    /// The parts of a time: of each fold the train part and the test part, which do not touch.
    func parts(from start: Instant, to end: Instant) -> [(
        train: (Instant, Instant), test: (Instant, Instant)
    )] {
        let length = Int128((end - start).nanoseconds)
        func moment(_ thousandths: Int) -> Instant {
            start + Interval(nanoseconds: Int64(length * Int128(thousandths) / Int128(folds * 1_000)))
        }
        let tick = Interval(nanoseconds: 1)
        return (0..<folds).map { fold in
            let first = moment(fold * 1_000)
            let middle = moment(fold * 1_000 + trainPermille)
            let last = moment((fold + 1) * 1_000)
            return ((fold == 0 ? first : first + tick, middle), (middle + tick, last))
        }
    }
}
