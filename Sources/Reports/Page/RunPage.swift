import Journal
import Pages
import Quantities

/// The page about one run.
struct RunPage {
    let run: RunData
    let figures: Figures
    private let charts: RunCharts

    /// Fills and notes that the page lists; the files beside it and the ledger have all.
    static let fillsMax = 100
    static let notesMax = 60
    /// Markets and parts that have charts of their own; the tables have all.
    static let chartsMax = 12

    private static let keyFigures: Set = [
        "profit", "drawdown_max", "profit_per_hour", "spread", "inventory", "fees", "fills", "turnover",
        "hit_rate", "profit_factor", "exposure", "fill_ratio",
    ]

    init(_ run: RunData, _ figures: Figures) {
        self.run = run
        self.figures = figures
        charts = RunCharts(run: run, figures: figures)
    }

    var document: String {
        let strategies = unique(run.parts.map(\.strategy)).joined(separator: ", ")
        let markets = run.markets.map(\.market).joined(separator: ", ")
        let span = run.times
        var page = Page(
            "\(run.name): \(strategies.isEmpty ? "no strategy" : strategies)",
            subtitle: "\(run.record.mode) in \(markets), \(TimeText.full(span.lowerBound)) to "
                + "\(TimeText.full(span.upperBound)) UTC (\(TimeText.length(span.upperBound - span.lowerBound)))"
        )
        writeWarnings(to: &page)
        page.figures(
            figures.measures.filter { Self.keyFigures.contains($0.key) }.map { measure in
                var cell = measure.cell
                // A long number is told in short: the tables have it in full.
                if let value = measure.value, cell.text.count > 8 { cell.text = NumberText.compact(value) }
                return .init(
                    measure.name, cell, unit: measure.value == nil ? "" : measure.unit,
                    note: measure.note)
            })
        page.contents(sections)
        writeOverview(to: &page)
        writeSplit(to: &page)
        writeMarkouts(to: &page)
        writeOrders(to: &page)
        writeParts(to: &page)
        writeNotes(to: &page)
        writeFills(to: &page)
        writeSetup(to: &page)
        return page.document
    }

    /// Price, position and profit in one picture.
    var picture: String {
        var panels = run.markets.isEmpty ? [] : charts.marketPanels(0)
        panels.append(contentsOf: charts.equityPanels.prefix(1))
        return TimeChart("\(run.name): price with fills, position and profit", times: run.times, panels)
            .picture
    }

    // MARK: Sections

    private var sections: [(name: String, id: String)] {
        [
            ("Course", "course"), ("Profit split", "split"), ("Markouts", "markouts"), ("Orders", "orders"),
            ("Strategies and markets", "parts"), ("Notes", "notes"), ("Fills", "fills"), ("Setup", "setup"),
        ]
    }

    private func writeWarnings(to page: inout Page) {
        if run.record.ending == nil {
            page.warning(
                "This run has not ended, or was cut short: this is how it stood when it was last written down, "
                    + "at \(TimeText.full(run.times.upperBound)).")
        } else if let outcome = run.record.ending?.outcome, outcome != "finished" {
            page.warning("The run ended before its time: \(outcome).")
        }
        if figures.fills == 0 { page.warning("There were no fills: there is nothing to judge yet.") }
        let quotes = unique(run.markets.map(\.quote))
        if quotes.count > 1 {
            page.warning(
                "The markets have different quote assets (\(quotes.joined(separator: ", "))): sums over them mix "
                    + "units. Trust the figures of single markets only.")
        }
        if figures.fills > 0, figures.hours < 24 {
            page.remark(
                "A run of \(TimeText.length(run.times.upperBound - run.times.lowerBound)) says little about the next: "
                    + "look at the uncertainty beside the profit, and at more data.")
        }
    }

    private func writeOverview(to page: inout Page) {
        page.heading("Course", id: "course")
        var panels = charts.equityPanels
        let isSingle = run.markets.count == 1
        if isSingle { panels = charts.equityPanels + charts.marketPanels(0) }
        page.chart(
            TimeChart(
                "Profit, drawdown\(isSingle ? ", price and position" : "") over time", times: run.times,
                panels))
        guard !isSingle else { return }
        for (index, market) in run.markets.prefix(Self.chartsMax).enumerated() {
            page.subheading(market.market)
            page.chart(
                TimeChart(
                    "\(market.market): price and position over time", times: run.times,
                    charts.marketPanels(index)))
        }
    }

    private func writeSplit(to page: inout Page) {
        page.heading("Profit split", id: "split")
        page.paragraph(
            "Profit = spread + inventory − fees + rebates. Spread is how much better than the mid price the fills "
                + "were; inventory is what price moves did to what was held.")
        page.chart(TimeChart("Profit split over time", times: run.times, [charts.splitPanel]))
        var bars = [RunCharts.split(figures, run.parts.count > 1 ? "Together" : "At the end")]
        if run.parts.count > 1 {
            bars += run.parts.prefix(Self.chartsMax).map { RunCharts.split(Figures(run, [$0]), $0.name) }
        }
        if !figures.trips.gains.isEmpty {
            bars.append(.histogram("Gain of fills that closed", unit: run.quote, figures.trips.gains))
        }
        page.charts(bars)
    }

    private func writeMarkouts(to page: inout Page) {
        page.heading("Markouts", id: "markouts")
        page.paragraph(
            "How far the mid price was on the good side of a fill's price, some time after we heard of it. Falling "
                + "bars mean that the market moves against fills: they were bought too dear or sold too cheap. Lines "
                + "are one standard error of the mean, as if fills were independent.")
        var bars = [RunCharts.markouts(figures.markouts, run.parts.count > 1 ? "All fills" : "Markout")]
        if run.parts.count > 1 {
            bars += run.parts.prefix(Self.chartsMax).map {
                RunCharts.markouts(MarkoutFigures.all($0.fills), $0.name)
            }
        }
        page.charts(bars)
        page.table(
            Table(
                "Markouts",
                [
                    .text("Side"), .text("After"), .number("Mean, bp"), .number("± error, bp"),
                    .number("Sum, \(run.quote)"), .number("Fills"), .number("Unknown"),
                ],
                figures.markouts.map { figure in
                    [
                        Table.Cell(figure.side), Table.Cell(figure.label),
                        figure.basisPoints.mean.map { .gain($0, 3) } ?? Table.Cell(NumberText.none),
                        Table.Cell(
                            figure.basisPoints.standardError.map { NumberText.fixed($0, 3) }
                                ?? NumberText.none),
                        figure.basisPoints.count > 0
                            ? .gain(figure.value, figures.moneyDecimals) : Table.Cell(NumberText.none),
                        Table.Cell("\(figure.basisPoints.count)"), Table.Cell("\(figure.unknown)"),
                    ]
                }))
    }

    private func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { list, name in if !list.contains(name) { list.append(name) } }
    }
}
