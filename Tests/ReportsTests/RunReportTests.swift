import Foundation
import Journal
import Quantities
import Runtime
import Testing

@testable import Reports

@Suite struct RunReportTests {
    @Test func `a report is a page with files for programs beside it`() throws {
        let place = try RecordedRuns.place("run-0001")
        let page = try RunReport(place).write()
        #expect(page == place.folder + "/report.html")
        #expect(
            try Scratch.names(in: place.folder) == [
                "equity.csv", "fills.csv", "orders.csv", "report.html", "report.json",
            ])
        let text = try Scratch.read(page)
        for word in ["market-maker", "BTCUSDT", "Profit split", "Markouts", "Fill ratio", "mode: backtest"] {
            #expect(text.contains(word), "\(word)")
        }
        #expect(text.utf8.count < 600_000)
    }

    @Test func `the same run gives the same bytes`() throws {
        let (first, second) = (try RecordedRuns.report("run-0002"), try RecordedRuns.report("run-0002"))
        #expect(first.page == second.page)
        #expect(first.picture == second.picture)
        #expect(RunReport.comparison([first, second]) == RunReport.comparison([second, first]))
    }

    @Test func `a picture stands alone and is small`() throws {
        let scratch = try Scratch()
        try RecordedRuns.report("run-0002").writePicture(to: scratch.file("run.svg"))
        let picture = try Scratch.read(scratch.file("run.svg"))
        #expect(picture.utf8.count < 60_000)
        #expect(picture.hasPrefix("<svg") && picture.hasSuffix("</svg>\n"))
    }

    /// The figures of `report.json` as a program sees them, beside the run's own outcome.
    @Test func `the file for programs has the figures of the run`() throws {
        let scratch = try Scratch()
        let outcome = try RecordedRuns.run(RecordedRuns.text(folder: scratch.path))
        let place = try RunPlace(finding: scratch.file("run-0001"))
        try RunReport(place).write()
        let data = try Data(contentsOf: URL(filePath: scratch.file("run-0001/report.json")))
        let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(json["run"] as? String == "run-0001")
        #expect(json["decision_hash"] as? String == outcome.hash)
        let measures = try #require(json["measures"] as? [String: Any])
        func measure(_ name: String) -> Double { (measures[name] as? NSNumber)?.doubleValue ?? .nan }
        let line = outcome.lines[0]
        #expect(abs(measure("profit") - Double(line.profit)) < 1e-9)
        #expect(abs(measure("spread") - Double(line.spread)) < 1e-9)
        #expect(abs(measure("inventory") - Double(line.inventory)) < 1e-9)
        #expect(abs(measure("turnover") - Double(line.turnover)) < 1e-6)
        #expect(measure("fills") == Double(line.fills) && line.fills > 0)
        #expect(measures["sharpe_yearly"] is NSNull, "four minutes have none")
        let markouts = try #require(json["markouts"] as? [[String: Any]])
        #expect(markouts.count == 8)
        let fills = markouts.filter { $0["after_ms"] as? Int == 30_000 }
            .reduce(0) { $0 + ($1["fills"] as? Int ?? 0) + ($1["unknown"] as? Int ?? 0) }
        #expect(fills == line.fills, "every fill is known or said to be unknown")
    }

    @Test func `tables have a row for every fill, order and sample`() throws {
        let data = try RunData(RecordedRuns.place("run-0002"))
        let tables = RunTables(run: data)
        func lines(_ text: String) -> Int { text.split(separator: "\n").count - 1 }
        #expect(lines(tables.fills) == data.parts.reduce(0) { $0 + $1.fills.count })
        #expect(lines(tables.orders) == data.parts.reduce(0) { $0 + $1.orders.count })
        #expect(lines(tables.equity) == data.parts.reduce(0) { $0 + $1.equity.count })
        #expect(
            Set(
                tables.fills.split(separator: "\n").map {
                    $0.split(separator: ",", omittingEmptySubsequences: false).count
                }
            ).count == 1)
    }

    @Test func `markouts have the sign of the side`() throws {
        let fill = { (side: String, mid: Double?) in
            TrackedFill(
                row: FillRow(
                    run: RunID(1), market: "M", dealID: "1", clientID: "1", strategy: "s", side: side,
                    price: Price(200),
                    quantity: Quantity(3), notional: Notional(600), fee: .zero, feeAsset: "Q",
                    liquidity: "maker",
                    at: Instant(nanoseconds: 0)), mids: mid.map { [1_000: $0] } ?? [:])
        }
        let fills = [fill("buy", 202), fill("buy", 199), fill("buy", nil), fill("sell", 199)]
        let buys = MarkoutFigures(fills, side: "buy", afterMilliseconds: 1_000)
        // +100 and -50 basis points; +6 and -3 in the quote asset.
        #expect(buys.basisPoints.mean == 25 && buys.basisPoints.standardError == 75)
        #expect(buys.value == 3 && buys.unknown == 1)
        let sells = MarkoutFigures(fills, side: "sell", afterMilliseconds: 1_000)
        #expect(sells.basisPoints.mean == 50 && sells.value == 3 && sells.unknown == 0)
    }

    @Test func `several runs are shown side by side with their differences`() throws {
        let page = RunReport.comparison([
            try RecordedRuns.report("run-0001"), try RecordedRuns.report("run-0003"),
        ])
        for word in ["run-0001", "run-0003", "duration", "240s", "20s", "strategies.1.strategy"] {
            #expect(page.contains(word), "\(word)")
        }
    }

    @Test func `a run without fills has a report that says so`() throws {
        let page = try RecordedRuns.report("run-0003").page
        #expect(page.contains("There were no fills"))
    }

    @Test func `a run that has not ended says how it stands`() throws {
        let scratch = try Scratch()
        _ = try RecordedRuns.run(RecordedRuns.text(folder: scratch.path))
        try Database(path: scratch.file("ledger.db"), mode: .readWrite)
            .execute(
                "UPDATE runs SET ended_at = NULL, outcome = NULL, decisions = NULL, decision_hash = NULL")
        let report = try RunReport(RunPlace(finding: scratch.file("run-0001")))
        #expect(!report.isEnded)
        #expect(report.page.contains("has not ended"))
    }

    @Test func `runs are found by folder, by tape and as the latest`() throws {
        let place = try RecordedRuns.place("run-0002")
        #expect(try RecordedRuns.place("run-0002/") == place)
        #expect(try RecordedRuns.place("run-0002/session.tape") == place)
        #expect(try RecordedRuns.place("latest").name == "run-0003")
    }

    @Test func `a run that is not there is told with the nearest name`() throws {
        let error = #expect(throws: ReportError.self) { try RecordedRuns.place("run-002") }
        let text = try #require(error.map { "\($0)" })
        #expect(text.contains("did you mean 'run-0002'?") && text.contains("run-0003, run-0002, run-0001"))
        #expect(throws: ReportError.noLedger(path: "/nowhere/ledger.db")) {
            try RunPlace(finding: "/nowhere/run-0001")
        }
    }

    @Test func `a damaged ledger is told`() throws {
        let scratch = try Scratch()
        try "no database at all, but long enough to be taken for one".write(
            toFile: scratch.file("ledger.db"), atomically: true, encoding: .utf8)
        #expect(throws: ReportError.ledger(.foreignFile(path: scratch.file("ledger.db")))) {
            try RunPlace(finding: scratch.file("run-0001"))
        }
    }
}
