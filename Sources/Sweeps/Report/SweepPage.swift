import Configuration
import Pages
import Quantities

/// The report of a sweep: one page of HTML that needs nothing else.
struct SweepPage {
    /// Combinations that the table shows.
    static let rowsMax = 25
    /// Combinations whose equity is drawn.
    static let curvesMax = 5

    let outcome: SweepOutcome
    var request: SweepRequest { outcome.request }
    var space: ParameterSpace { request.space }
    var objective: Objective { request.objective }

    init(_ outcome: SweepOutcome) { self.outcome = outcome }

    /// The whole file; it depends on the results alone.
    var document: String {
        let labels = request.configuration.strategies.map(\.label).joined(separator: ", ")
        let names = space.axes.map(\.name).joined(separator: ", ")
        var page = Page(
            "Sweep of \(labels)",
            subtitle: "\(outcome.candidates.count) combinations of \(names); the best by \(objective.title)")
        page.contents(
            [("Best", "best"), ("Parameters", "parameters"), ("Luck or skill", "luck")]
                + (outcome.folds.isEmpty ? [] : [("Walk-forward", "walk-forward")])
                + [("Configuration", "configuration")])
        if let overfit = outcome.overfit, overfit.isDoubtful {
            page.warning(overfit.verdict + " See “Luck or skill” below.")
        }
        writeFigures(to: &page)
        writeBest(to: &page)
        ParameterPictures(outcome).write(to: &page)
        writeLuck(to: &page)
        writeFolds(to: &page)
        writeConfiguration(to: &page)
        return page.document
    }

    private func writeFigures(to page: inout Page) {
        guard let best = outcome.best, let measure = best.measure else { return }
        var figures = [
            Page.Figure(
                "Best \(objective.title)", .gain(best.value(of: objective) ?? 0, digits),
                note: space.description(of: best.point)),
            Page.Figure("Its drawdown", .init(FigureText.money(measure.drawdown)), note: "at most"),
            Page.Figure("Its fills", .init("\(measure.fills)"), note: "\(measure.makerFills) as maker"),
        ]
        if objective != .profit {
            let profit = Table.Cell.gain(Double(measure.profit))
            figures.insert(.init("Its profit", profit, note: "after fees, in \(quote)"), at: 1)
        }
        if let overfit = outcome.overfit {
            let deflated = overfit.deflated.probability
            figures.append(
                Page.Figure(
                    "Edge beyond luck",
                    .init(
                        FigureText.percent(deflated),
                        deflated < OverfitReport.sureAbove ? .bad : .good),
                    note: "deflated Sharpe ratio; sure above 95 %"))
            if let cross = overfit.overfit {
                figures.append(
                    Page.Figure(
                        "Overfitting",
                        .init(
                            FigureText.percent(cross.probability),
                            cross.probability >= OverfitReport.blindFrom ? .bad : .good),
                        note: "probability; blind choice from 50 %"))
            }
        }
        page.figures(figures)
        page.facts([
            ("Market time", "\(TimeText.full(outcome.span.start)) to \(TimeText.full(outcome.span.end))"),
            ("Length", TimeText.length(outcome.span.end - outcome.span.start)),
            ("Search", request.method.rawValue),
            ("Combinations in the ranges", "\(space.count)"),
            ("Seeds", seeds),
            ("Refused by the strategy", "\(outcome.refusedCount)"),
        ])
    }

    private var seeds: String {
        request.seeds.count > 8
            ? "\(request.seeds.count)" : request.seeds.map { "\($0)" }.joined(separator: ", ")
    }

    private var quote: String { request.configuration.markets.first?.quote ?? "" }

    private var digits: Int {
        switch objective {
        case .profit: 2
        case .sharpe, .profitPerDrawdown, .profitPerTurnover: 3
        }
    }

    // MARK: The best

    private func writeBest(to page: inout Page) {
        page.heading("Best", id: "best")
        let hasShares = outcome.candidates.contains { $0.divisor > 1 }
        var columns = [Table.Column.number("rank")] + space.axes.map { .text($0.name) }
        if objective != .profit { columns.append(.number(objective.title)) }
        columns += [
            .number("profit"), .number("drawdown"), .number("Sharpe"), .number("fees"), .number("fills"),
            .number("orders"), .number("turnover"),
        ]
        if hasShares { columns.append(.text("time")) }
        let hasNotes = outcome.candidates.contains { $0.measure?.stopped.isEmpty == false }
        if hasNotes { columns.append(.text("note")) }
        let rows = outcome.ranking.prefix(Self.rowsMax).enumerated().compactMap { rank, index in
            row(rank + 1, outcome.candidates[index], hasShares, hasNotes)
        }
        page.table(Table("The best combinations", columns, rows))
        if outcome.ranking.count > rows.count {
            page.remark("\(outcome.ranking.count) combinations ran; results.csv lists all of them.")
        }
        writeCurves(to: &page)
    }

    private func row(
        _ rank: Int, _ candidate: Candidate, _ hasShares: Bool, _ hasNotes: Bool
    ) -> [Table.Cell]? {
        guard let measure = candidate.measure else { return nil }
        var cells = [Table.Cell("\(rank)")] + space.texts(of: candidate.point).map { .init($0) }
        if objective != .profit { cells.append(.gain(measure.value(of: objective), digits)) }
        cells += [
            .gain(Double(measure.profit)), .init(FigureText.money(measure.drawdown)),
            .init(FigureText.fixed(measure.sample.sharpe, 3)), .init(FigureText.money(measure.fees)),
            .init("\(measure.fills)"), .init("\(measure.orders)"), .init(FigureText.money(measure.turnover)),
        ]
        if hasShares { cells.append(.init(candidate.divisor == 1 ? "all" : "1/\(candidate.divisor)")) }
        if hasNotes { cells.append(.init(measure.stopped, .bad)) }
        return cells
    }

    /// Profit over time of the best ones that decided differently; with several seeds there is no one time to
    /// draw it over.
    private func writeCurves(to page: inout Page) {
        guard request.seeds.count == 1 else { return }
        let span = outcome.span
        let length = (span.end - span.start).nanoseconds
        var curves: [Series] = []
        var hashes: Set<String> = []
        for index in outcome.ranking where curves.count < Self.curvesMax {
            let candidate = outcome.candidates[index]
            guard candidate.divisor == 1, let measure = candidate.measure,
                hashes.insert(measure.hash).inserted
            else { continue }
            var profit = 0.0
            var points = [Point(span.start, 0)]
            for (block, gain) in measure.gains.enumerated() {
                profit += gain
                let share = Int128(length) * Int128(block + 1) / Int128(measure.gains.count)
                points.append(Point(span.start + Interval(nanoseconds: Int64(share)), profit))
            }
            curves.append(
                Series(space.description(of: candidate.point), .series(curves.count), .line, points))
        }
        guard !curves.isEmpty else { return }
        page.chart(
            TimeChart(
                "Profit of the best combinations over time",
                [Panel("Profit after fees", unit: quote, curves)]))
    }

    // MARK: Trust

    private func writeLuck(to page: inout Page) {
        page.heading("Luck or skill", id: "luck")
        guard let overfit = outcome.overfit else {
            page.paragraph(outcome.reasonWithoutOverfit)
            return
        }
        for sentence in overfit.sentences { page.paragraph(sentence) }
        var facts = [
            ("Combinations tried", "\(overfit.trials)"),
            ("Worth as independent ones", FigureText.fixed(overfit.independentTrials, 1)),
            ("Edge beyond luck, counted so", FigureText.percent(overfit.deflatedIndependent.probability)),
            ("Blocks of time", "\(overfit.sample.count)"),
            ("Skew of the gains", FigureText.fixed(overfit.sample.skewness, 2)),
            ("Kurtosis of the gains", FigureText.fixed(overfit.sample.kurtosis, 2)),
        ]
        if let cross = overfit.overfit {
            facts += [
                ("Loss in the other half of the time", FigureText.percent(cross.lossProbability)),
                ("Mean rank there (50 % is blind choice)", FigureText.percent(cross.meanRank)),
                ("Ways to halve the time", "\(cross.combinations)"),
            ]
        }
        page.facts(facts.map { (name: $0.0, value: $0.1) })
        let sharpes = outcome.candidates.filter { $0.divisor == 1 }.compactMap { $0.measure?.sample.sharpe }
        page.charts([
            .histogram("Sharpe ratios of all combinations", unit: "per block", sharpes),
            .histogram(
                "\(objective.title.capitalisedFirst) of all combinations", unit: "count",
                outcome.candidates.filter { $0.divisor == 1 }.compactMap { $0.value(of: objective) },
                tone: .series(1)),
        ])
        page.remark(
            "Deflated Sharpe ratio: Bailey and López de Prado, 2014. Probability of overfitting by "
                + "combinatorially symmetric cross-validation: Bailey, Borwein, López de Prado and Zhu, 2015."
        )
    }

    private func writeFolds(to page: inout Page) {
        guard !outcome.folds.isEmpty else { return }
        page.heading("Walk-forward", id: "walk-forward")
        page.paragraph(
            "In each fold the best combination of the train part is run once on the test part, which it has "
                + "not seen. Strategies start fresh in every part; books are as recorded by then.")
        var columns =
            [Table.Column.number("fold"), .text("train from"), .text("test from")]
            + space.axes.map { .text($0.name) }
        columns += [.number("train: \(objective.title)"), .number("test: \(objective.title)")]
        if objective != .profit { columns.append(.number("test: profit")) }
        columns.append(.number("test: fills"))
        let rows = outcome.folds.enumerated().map { number, fold in
            var cells = [
                Table.Cell("\(number + 1)"), .init(TimeText.clock(fold.train.start)),
                .init(TimeText.clock(fold.test.start)),
            ]
            cells += space.texts(of: fold.point).map { .init($0) }
            cells.append(.gain(fold.inSample.value(of: objective), digits))
            cells.append(.gain(fold.outOfSample.value(of: objective), digits))
            if objective != .profit { cells.append(.gain(Double(fold.outOfSample.profit))) }
            return cells + [.init("\(fold.outOfSample.fills)")]
        }
        page.table(Table("Walk-forward", columns, rows))
        writeFoldCharts(to: &page)
    }

    private func writeFoldCharts(to page: inout Page) {
        var sum = 0.0
        var sums: [BarChart.Group] = []
        var pairs: [BarChart.Group] = []
        for (number, fold) in outcome.folds.enumerated() {
            sum += Double(fold.outOfSample.profit)
            sums.append(.init("\(number + 1)", [.init(sum, .series(2))]))
            let values = [fold.inSample, fold.outOfSample].enumerated().map { place, measure in
                BarChart.Bar(measure.value(of: objective), .series(place))
            }
            pairs.append(.init("\(number + 1)", values))
        }
        page.charts([
            BarChart(
                "Train against test by fold", unit: objective.title,
                keys: [(name: "train", tone: .series(0)), (name: "test", tone: .series(1))], pairs),
            BarChart("Profit of all tests up to the fold", unit: quote, sums),
        ])
    }

    private func writeConfiguration(to page: inout Page) {
        page.heading("Configuration", id: "configuration")
        page.paragraph("All that is not varied, with every default written out.")
        page.folded("Effective configuration") { $0.verbatim(request.configuration.effectiveText) }
    }
}

extension String {
    /// As at the beginning of a title.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
