/// The results as a table of comma-separated values: one line per combination, the best first.
///
/// The text depends on the results alone, not on cores, order or interruptions.
enum ResultsTable {
    static func text(_ outcome: SweepOutcome) -> String {
        let request = outcome.request
        var header = ["rank"] + request.space.axes.map(\.name)
        header += [
            request.objective.rawValue == "profit" ? "objective" : request.objective.rawValue, "share",
            "profit", "drawdown", "sharpe", "fees", "turnover", "fills", "maker_fills", "orders", "cancels",
            "refused_orders", "decisions", "hash", "note",
        ]
        var lines = [header.map(cell).joined(separator: ",")]
        for (rank, index) in outcome.ranking.enumerated() {
            let candidate = outcome.candidates[index]
            guard let measure = candidate.measure else { continue }
            var cells = ["\(rank + 1)"] + request.space.texts(of: candidate.point)
            cells += [
                "\(measure.value(of: request.objective))",
                candidate.divisor == 1 ? "1" : "1/\(candidate.divisor)",
                "\(measure.profit)", "\(measure.drawdown)", "\(measure.sample.sharpe)", "\(measure.fees)",
                "\(measure.turnover)", "\(measure.fills)", "\(measure.makerFills)", "\(measure.orders)",
                "\(measure.cancels)", "\(measure.refusedOrders)", "\(measure.decisions)", measure.hash,
                measure.stopped,
            ]
            lines.append(cells.map(cell).joined(separator: ","))
        }
        for candidate in outcome.candidates {
            guard case .refused(let reason) = candidate.result else { continue }
            let cells =
                [""] + request.space.texts(of: candidate.point)
                + Array(repeating: "", count: header.count - request.space.axes.count - 2)
                + ["refused: \(reason)"]
            lines.append(cells.map(cell).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A cell, in quotes where it needs them.
    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}
