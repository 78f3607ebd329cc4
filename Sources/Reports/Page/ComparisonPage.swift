import Journal
import Pages
import Quantities

/// The page that shows several runs side by side.
struct ComparisonPage {
    /// Runs of one page; more are refused by the command line.
    static let runsMax = 16

    let runs: [(run: RunData, figures: Figures)]

    var document: String {
        let names = runs.map(\.run.name)
        var page = Page(
            "\(runs.count) runs side by side", subtitle: names.joined(separator: ", "))
        let quotes = runs.map(\.run.quote)
        if quotes.contains(where: { $0 != quotes[0] }) {
            page.warning("The runs count their profit in different assets: the figures do not compare.")
        }
        page.heading("Profit")
        page.chart(chart)
        if !isSameTime {
            page.remark(
                "The runs cover different times: all begin at the left edge, times are those of the first.")
        }
        page.heading("Figures")
        page.remark("The best of each row is marked where better is clear.")
        page.table(figuresTable)
        writeMarkouts(to: &page)
        writeDifferences(to: &page)
        return page.document
    }

    private var isSameTime: Bool {
        let first = runs[0].run.times.lowerBound
        return runs.allSatisfy { $0.run.times.lowerBound == first }
    }

    private var chart: TimeChart {
        let start = runs[0].run.times.lowerBound
        func shifted(_ points: [Point], _ run: RunData) -> [Point] {
            let shift = start - run.times.lowerBound
            return shift == .zero ? points : points.map { Point($0.time + shift, $0.value) }
        }
        let profit = runs.enumerated().map { index, item in
            Series(item.run.name, .series(index), .step, shifted(item.figures.equity, item.run))
        }
        let down = runs.enumerated().map { index, item in
            Series(item.run.name, .series(index), .step, shifted(item.figures.drawdown.curve, item.run))
        }
        let unit = runs[0].run.quote
        let digits = runs.map(\.figures.moneyDecimals).max() ?? 2
        return TimeChart(
            "Profit and drawdown of \(runs.count) runs",
            [
                Panel("Profit", unit: unit, height: 260, includesZero: true, decimals: digits, profit),
                Panel("Drawdown", unit: unit, height: 120, includesZero: true, decimals: digits, down),
            ])
    }

    /// Which end of a figure is the better one; nil where that depends.
    private static func isBetterHigh(_ key: String) -> Bool? {
        switch key {
        case "profit", "profit_per_hour", "profit_significance", "sharpe_yearly", "spread", "rebates",
            "hit_rate",
            "profit_factor", "fill_ratio", "fill_ratio_quantity":
            true
        case "drawdown_max", "fees": false
        default: nil
        }
    }

    private var figuresTable: Table {
        let measures = runs.map(\.figures.measures)
        let rows = measures[0].indices.map { index -> [Table.Cell] in
            var row = measures.map { $0[index] }
            let decimals = row.map(\.decimals).max() ?? 0
            for place in row.indices { row[place].decimals = decimals }
            let known = row.compactMap(\.value)
            let best = Self.isBetterHigh(row[0].key).flatMap { $0 ? known.max() : known.min() }
            let differs = known.contains { $0 != known[0] }
            let name = row[0].unit.isEmpty ? row[0].name : "\(row[0].name), \(row[0].unit)"
            let note = ["fill_ratio", "fill_ratio_quantity"].contains(row[0].key) ? " \(row[0].note)" : ""
            return [Table.Cell(name + note)]
                + row.map { measure in
                    var cell = measure.cell
                    cell.isMarked = differs && measure.value != nil && measure.value == best
                    return cell
                }
        }
        let times = runs.map { Table.Cell(TimeText.full($0.run.times.lowerBound)) }
        let lengths = runs.map { item in
            Table.Cell(TimeText.length(item.run.times.upperBound - item.run.times.lowerBound))
        }
        let outcomes = runs.map { Table.Cell($0.run.record.ending?.outcome ?? "not ended") }
        let hashes = runs.map { item in
            Table.Cell(item.run.record.ending.map { RunPage.hexadecimal($0.decisionHash) } ?? NumberText.none)
        }
        return Table(
            "Figures of the runs", [.text("Figure")] + runs.map { .number($0.run.name) },
            rows + [
                ["Started, UTC"] + times, ["Market time"] + lengths, ["Outcome"] + outcomes,
                ["Hash of the decisions"] + hashes,
            ])
    }

    private func writeMarkouts(to page: inout Page) {
        page.heading("Markouts")
        page.charts(runs.map { RunCharts.markouts($0.figures.markouts, $0.run.name) })
    }

    private func writeDifferences(to page: inout Page) {
        page.heading("Differences of the configurations")
        let differences = ConfigurationDifferences(runs.map(\.run.record.configText))
        guard !differences.rows.isEmpty else {
            page.paragraph("None: the runs had the same configuration.")
            return
        }
        let rows = differences.rows.map { row in
            [Table.Cell(row.setting)]
                + row.values.map { value in
                    Table.Cell(value ?? NumberText.none, isMarked: value != row.values[0])
                }
        }
        page.table(
            Table("Settings that differ", [.text("Setting")] + runs.map { .text($0.run.name) }, rows))
        page.remark(
            "Marked is what differs from the first run; settings that are equal everywhere are left out.")
    }
}
