import Journal
import Pages
import Quantities

extension RunPage {
    func writeOrders(to page: inout Page) {
        page.heading("Orders", id: "orders")
        let all = run.parts.map { OrderFigures([$0]) }
        func row(_ name: String, _ cell: (OrderFigures) -> Table.Cell) -> [Table.Cell] {
            [Table.Cell(name)] + all.map(cell)
        }
        page.table(
            Table(
                "Orders by strategy and market", [.text("Orders")] + run.parts.map { .number($0.name) },
                [
                    row("Stood or traded") { Table.Cell("\($0.placed)") },
                    row("Filled") { Table.Cell("\($0.filled)") },
                    row("Filled in part") { Table.Cell("\($0.filledInPart)") },
                    row("Ended without a fill") { Table.Cell("\($0.unfilled)") },
                    row("Still open") { Table.Cell("\($0.stillOpen)") },
                    row("Refused") { Table.Cell("\($0.refused)") },
                    row("Fill ratio, by orders") { percent($0.fillRatio) },
                    row("Fill ratio, by quantity") { percent($0.fillRatioByQuantity) },
                    row("Request to first fill, median") { length($0.timeToFill.quantile(0.5)) },
                    row("Request to first fill, 90 % below") { length($0.timeToFill.quantile(0.9)) },
                    row("Time in the book, median") { length($0.timeInBook.quantile(0.5)) },
                    row("Time in the book, 90 % below") { length($0.timeInBook.quantile(0.9)) },
                ]))
        writeQueues(to: &page)
        guard !figures.orders.refusals.isEmpty else { return }
        page.subheading("Refusals")
        page.table(
            Table(
                "Refusals", [.text("Reason"), .number("Orders")],
                figures.orders.refusals.map { [Table.Cell($0.reason), Table.Cell("\($0.count)")] }))
    }

    private func percent(_ share: Double?) -> Table.Cell {
        Table.Cell(share.map { NumberText.percent($0) } ?? NumberText.none)
    }

    private func writeQueues(to page: inout Page) {
        let rows = run.parts.compactMap { part -> [Table.Cell]? in
            let orders = OrderFigures([part])
            guard orders.ahead.count > 0 else { return nil }
            let decimals = run.market(part.market).map { RunCharts.decimals(of: $0.lot) } ?? 4
            func quantity(_ share: Double) -> Table.Cell {
                Table.Cell(
                    orders.ahead.quantile(share).map { NumberText.fixed($0, decimals) } ?? NumberText.none)
            }
            return [
                Table.Cell(part.strategy), Table.Cell(part.market), Table.Cell("\(orders.ahead.count)"),
                Table.Cell(NumberText.percent(Double(orders.first) / Double(orders.ahead.count))),
                quantity(0.5),
                quantity(0.9), quantity(1),
            ]
        }
        page.subheading("Place in the queue")
        guard !rows.isEmpty else {
            page.paragraph("No order came to rest where its place in the queue is known.")
            return
        }
        page.table(
            Table(
                "Quantity before orders when they came to rest",
                [
                    .text("Strategy"), .text("Market"), .number("Orders"), .number("First in line"),
                    .number("Ahead, median"), .number("90 %"), .number("Most"),
                ], rows))
        page.remark(
            "Quantity that stood before an order when it came to rest, in the base asset. In the embedded market it is "
                + "exact; over recorded data it is an estimate: what was shown at the price at that moment. Orders "
                + "whose place is not known are left out.")
    }

    func writeParts(to page: inout Page) {
        page.heading("Strategies and markets", id: "parts")
        let all = run.parts.map { Figures(run, [$0]) }
        let keys = [
            "profit", "spread", "inventory", "fees", "rebates", "drawdown_max", "fills", "maker_share",
            "turnover",
            "hit_rate", "profit_factor", "exposure",
        ]
        let columns = all.map { $0.measures.filter { keys.contains($0.key) } }
        let together = run.parts.count > 1 ? figures.measures.filter { keys.contains($0.key) } : nil
        var rows = figures.measures.filter { keys.contains($0.key) }.enumerated().map { index, measure in
            let name = measure.unit.isEmpty ? measure.name : "\(measure.name), \(measure.unit)"
            return [Table.Cell(name)] + columns.map { $0[index].cell }
                + (together.map { [$0[index].cell] } ?? [])
        }
        let positions = run.parts.map { part in
            let base = run.market(part.market)?.base ?? ""
            return Table.Cell(part.equity.last.map { "\($0.position) \(base)" } ?? NumberText.none)
        }
        rows.append([Table.Cell("Position at the end")] + positions + (together == nil ? [] : [""]))
        page.table(
            Table(
                "Figures by strategy and market",
                [.text("Figure")] + run.parts.map { .number($0.name) }
                    + (together == nil ? [] : [.number("together")]),
                rows))
    }

    func writeNotes(to page: inout Page) {
        page.heading("Notes", id: "notes")
        guard !run.notes.isEmpty else {
            page.paragraph("No alerts, and the strategies noted nothing.")
            return
        }
        page.table(
            Table(
                "Alerts and notes", [.text("Time, UTC"), .text("What")],
                run.notes.prefix(Self.notesMax).map {
                    [
                        Table.Cell(TimeText.date($0.at) + " " + TimeText.clock($0.at, decimals: 3)),
                        Table.Cell($0.text),
                    ]
                }))
        if run.notes.count > Self.notesMax {
            page.remark("The first \(Self.notesMax) of \(run.notes.count); the ledger has more.")
        }
    }

    func writeFills(to page: inout Page) {
        page.heading("Fills", id: "fills")
        let fills = run.parts.flatMap(\.fills).sorted {
            ($0.row.at, $0.row.dealID.utf8.count, $0.row.dealID) > (
                $1.row.at, $1.row.dealID.utf8.count, $1.row.dealID
            )
        }
        guard !fills.isEmpty else {
            page.paragraph("None.")
            return
        }
        page.table(
            Table(
                "The last fills",
                [
                    .text("Time, UTC"), .text("Strategy"), .text("Market"), .text("Side"), .number("Price"),
                    .number("Quantity"), .number("Value"), .text("As"), .number("Fee"), .number("1 s, bp"),
                    .number("5 s, bp"), .number("30 s, bp"),
                ], fills.prefix(Self.fillsMax).map(fillRow)))
        page.remark(
            (fills.count > Self.fillsMax
                ? "The last \(Self.fillsMax) of \(fills.count), the newest first. " : "")
                + "All are in fills.csv beside this page.")
    }

    private func fillRow(_ fill: TrackedFill) -> [Table.Cell] {
        let row = fill.row
        let tick = run.market(row.market).map { RunCharts.decimals(of: $0.tick) } ?? 8
        let markouts = MarkoutFigures.horizons.dropFirst().map { horizon in
            fill.basisPoints(after: horizon).map { Table.Cell.gain($0, 2) } ?? Table.Cell(NumberText.none)
        }
        return [
            Table.Cell(TimeText.date(row.at) + " " + TimeText.clock(row.at, decimals: 3)),
            Table.Cell(row.strategy),
            Table.Cell(row.market), Table.Cell(row.side, fill.isBuy ? .buy : .sell),
            Table.Cell(NumberText.fixed(fill.price, tick)), Table.Cell("\(row.quantity)"),
            Table.Cell(NumberText.fixed(Double(row.notional), 2)), Table.Cell(row.liquidity),
            Table.Cell("\(row.fee) \(row.feeAsset)"),
        ] + markouts
    }

    func writeSetup(to page: inout Page) {
        page.heading("Setup", id: "setup")
        let ending = run.record.ending
        let capital = run.capital.map { "\($0.amount) \($0.asset)" }.joined(separator: ", ")
        page.facts([
            ("Run", run.name), ("Mode", run.record.mode), ("Seed", "\(run.record.seed)"),
            ("Started", TimeText.full(run.times.lowerBound)), ("Ended", TimeText.full(run.times.upperBound)),
            ("Outcome", ending?.outcome ?? "not ended"),
            ("Decisions", ending.map { "\($0.decisions)" } ?? NumberText.none),
            ("Hash of the decisions", ending.map { Self.hexadecimal($0.decisionHash) } ?? NumberText.none),
            ("Hash of the configuration", run.record.configHash),
            ("Capital", capital.isEmpty ? NumberText.none : capital),
        ])
        page.remark(
            "The same configuration, seed and data lead to the same decisions, and so to the same hash. Curves are "
                + "samples of every market second at first, then ever wider apart; of fills close together one is "
                + "drawn; fills, orders and markouts are complete.")
        page.folded("Configuration as it was run") { $0.verbatim(run.record.configText) }
    }

    private func length(_ seconds: Double?) -> Table.Cell {
        guard let seconds else { return Table.Cell(NumberText.none) }
        return Table.Cell(TimeText.length(Interval(nanoseconds: Int64(min(seconds, 9e9) * 1e9))))
    }

    static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
