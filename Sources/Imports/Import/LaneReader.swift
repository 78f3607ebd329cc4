import MarketModel
import Quantities

/// The events of a lane as its tables tell them, one after the other.
final class LaneReader {
    /// What is done with a row that cannot be read.
    enum Refusal {
        /// It is noted; more than so many end the reading.
        case note(max: Int)
        /// It was noted before.
        case skip
    }

    private let lane: Lane
    private let names: MarketNames
    private let wanted: String?
    private let candles: CandleRows
    private let refusal: Refusal
    private let reportRows: Int
    private let report: (_ rows: Int, _ bytes: Int) throws(ImportError) -> Void
    private var index = 0
    private var lines: TableLines?
    private var rows: RowReader?
    private var pending: [MarketEvent] = []
    private var delivered = 0
    private var doneBytes = 0
    private var rowCount = 0
    private(set) var counts = LaneSummary.Rows()

    /// - Parameter report: told now and then of the rows and stored bytes of this lane; may end the reading.
    init(
        _ lane: Lane, _ names: MarketNames, wanted: String?, _ candles: CandleRows, _ refusal: Refusal,
        reportRows: Int, report: @escaping (_ rows: Int, _ bytes: Int) throws(ImportError) -> Void
    ) {
        self.lane = lane
        self.names = names
        self.wanted = wanted
        self.candles = candles
        self.refusal = refusal
        self.reportRows = reportRows
        self.report = report
    }

    /// The table of the last event; nil before the first.
    private(set) var table: ProbedTable?

    /// The next event; nil at the end of the last table.
    func next() throws(ImportError) -> MarketEvent? {
        while delivered == pending.count {
            pending.removeAll(keepingCapacity: true)
            delivered = 0
            guard index < lane.tables.count else { return nil }
            try readRow()
        }
        delivered += 1
        return pending[delivered - 1]
    }

    private func readRow() throws(ImportError) {
        let table = lane.tables[index]
        self.table = table
        let lines: TableLines
        if let open = self.lines {
            lines = open
        } else {
            lines = try table.input.open()
            self.lines = lines
            // What is learnt from rows does not outlast their table.
            rows = RowReader(table, names, wanted: wanted, candles)
            if table.hasHeader { _ = try lines.next() }
        }
        guard let line = try lines.next() else {
            finishTable(table)
            return
        }
        if line.isEmpty { return }
        rowCount += 1
        counts.rows += 1
        if rowCount % reportRows == 0 { try report(rowCount, doneBytes + lines.consumed) }
        do throws(RowFault) {
            try rows?.read(line, into: &pending)
        } catch {
            try refuse(RefusedRow(table: lines.name, line: lines.number, fault: error))
        }
    }

    private func finishTable(_ table: ProbedTable) {
        rows?.finish(into: &pending)
        if let rows {
            counts.foreign += rows.foreign
            counts.oneSided += rows.oneSided
            counts.guessedSides += rows.guessedSides
            counts.shortCandles += rows.shortCandles
        }
        rows = nil
        lines = nil
        doneBytes += table.input.storedBytes
        index += 1
    }

    private func refuse(_ row: RefusedRow) throws(ImportError) {
        counts.refused += 1
        switch refusal {
        case .skip: break
        case .note(let max):
            // What a book lacks, it lacks from there on.
            if lane.kind == .book { throw .rows([row], isMore: false) }
            if counts.places.count < LaneSummary.placesMax { counts.places.append(row) }
            guard counts.refused > max else { return }
            // Some more of them help to see what is wrong.
            guard counts.refused >= max + 10 || counts.places.count == LaneSummary.placesMax else { return }
            throw .rows(counts.places, isMore: true)
        }
    }

    /// After the end: throws when more rows were refused than may be.
    func judge() throws(ImportError) {
        guard case .note(let max) = refusal, counts.refused > max else { return }
        throw .rows(counts.places, isMore: counts.refused > counts.places.count)
    }
}
