import Sweeps

/// The summary of a sweep, as lines for people.
enum SweepText {
    /// Combinations that the table shows.
    private static let rowsMax = 10

    static func lines(_ outcome: SweepOutcome, report: String, bold: (String) -> String) -> [String] {
        let request = outcome.request
        var lines = [""]
        lines += table(best(outcome), bold)
        if !outcome.folds.isEmpty {
            lines += ["", bold("walk-forward: chosen on the train part, judged on the test part")]
            lines += table(folds(outcome), bold)
        }
        lines.append("")
        if let overfit = outcome.overfit {
            lines += overfit.sentences
        } else {
            lines.append(outcome.reasonWithoutOverfit)
        }
        if outcome.refusedCount > 0 {
            lines.append(
                "\(outcome.refusedCount) of \(outcome.candidates.count) combinations were refused by the "
                    + "strategy; results.csv says why")
        }
        if let best = outcome.best, let measure = best.measure {
            lines.append("best        \(request.space.description(of: best.point))")
            lines.append("decisions \(measure.decisions) hash \(measure.hash)")
        }
        lines.append("report      \(report)")
        return lines
    }

    private static func best(_ outcome: SweepOutcome) -> [[String]] {
        let request = outcome.request
        let hasShares = outcome.candidates.contains { $0.divisor > 1 }
        var header = ["rank"] + request.space.axes.map(\.name) + [request.objective.title]
        if request.objective != .profit { header.append("profit") }
        header += ["drawdown", "Sharpe", "fills", "turnover"]
        if hasShares { header.append("time") }
        var rows = [header]
        for (rank, index) in outcome.ranking.prefix(rowsMax).enumerated() {
            let candidate = outcome.candidates[index]
            guard let measure = candidate.measure else { continue }
            var row = ["\(rank + 1)"] + request.space.texts(of: candidate.point)
            let isProfit = request.objective == .profit
            row.append(
                isProfit
                    ? FigureText.money(measure.profit)
                    : FigureText.significant(measure.value(of: request.objective)))
            if !isProfit { row.append(FigureText.money(measure.profit)) }
            row += [
                FigureText.money(measure.drawdown), FigureText.fixed(measure.sample.sharpe, 3),
                "\(measure.fills)", FigureText.money(measure.turnover),
            ]
            if hasShares { row.append(candidate.divisor == 1 ? "all" : "1/\(candidate.divisor)") }
            rows.append(row)
        }
        return rows
    }

    private static func folds(_ outcome: SweepOutcome) -> [[String]] {
        let request = outcome.request
        let title = request.objective.title
        let hasProfit = request.objective != .profit
        var header = ["fold"] + request.space.axes.map(\.name) + ["train: \(title)", "test: \(title)"]
        if hasProfit { header.append("test: profit") }
        var rows = [header + ["test: fills"]]
        for (number, fold) in outcome.folds.enumerated() {
            var row = ["\(number + 1)"] + request.space.texts(of: fold.point)
            row += [fold.inSample, fold.outOfSample].map {
                FigureText.significant($0.value(of: request.objective))
            }
            if hasProfit { row.append(FigureText.money(fold.outOfSample.profit)) }
            rows.append(row + ["\(fold.outOfSample.fills)"])
        }
        return rows
    }

    /// Rows in columns that end at the same place; the first row is the header.
    private static func table(_ rows: [[String]], _ bold: (String) -> String) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.enumerated().map { number, row in
            let cells = zip(row, widths).map { text, width in
                String(repeating: " ", count: width - text.count) + text
            }
            let line = cells.joined(separator: "  ")
            return number == 0 ? bold(line) : line
        }
    }
}
