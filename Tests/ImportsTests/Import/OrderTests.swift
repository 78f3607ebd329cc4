import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Imports

struct OrderTests {
    let folder = ScratchFolder()

    static func trade(_ id: Int, at milliseconds: Int) -> String {
        "\(id),\(100 + id % 7),\(1 + id % 3),0,\(Day.milliseconds(milliseconds)),\(id % 2 == 0 ? "True" : "False"),True"
    }

    @Test func `doubled rows are left out, also where two files cover the same time`() throws {
        let rows = (0..<20).map { Self.trade($0, at: $0 / 4) }
        let whole = try Imported([folder.write(rows, "BTCUSDT-trades-2025-01-01.csv")], in: folder)
        #expect(whole.events.count == 20)
        let first = folder.write(Array(rows[..<13]), "BTCUSDT-trades-2025-01-01.csv")
        let second = folder.write(Array(rows[7...]) + [rows[19]], "BTCUSDT-trades-2025-01-02.csv")
        let imported = try Imported([first, second], in: folder)
        #expect(imported.events == whole.events)
        #expect(imported.summary.lanes[0].repeated == 7)
        #expect(imported.summary.lanes[0].sorted > 0)
        #expect(imported.summary.description.contains("7 doubled and left out"))
    }

    @Test func `rows out of order are sorted, in memory or through the disk`() throws {
        let seed = FuzzSettings.seed(12)
        var random = SeededRandom(seed: seed)
        let rows = (0..<3_000).map { Self.trade($0, at: $0 / 3) }
        let expected = try Imported([folder.write(rows, "BTCUSDT-trades-2025-01-01.csv")], in: folder).events
        for rowsMax in [1, 7, 500, 2_999, 3_000, 100_000] {
            var mixed = rows
            // The numbers of one run per row would be too many to merge.
            if rowsMax == 1 { mixed.removeLast(2_000) }
            for _ in 0..<mixed.count { mixed.swapAt(random.below(mixed.count), random.below(mixed.count)) }
            let path = folder.write(mixed, "BTCUSDT-trades-2025-01-01.csv")
            let imported = try Imported([path], in: folder) { $0.sortedRowsMax = rowsMax }
            #expect(imported.events == Array(expected[..<mixed.count]), "seed \(seed), \(rowsMax) at a time")
            #expect(imported.summary.lanes[0].sorted > 0)
        }
        #expect(!ScratchFolder.names(in: folder.path).contains { $0.contains("sorting") })
    }

    @Test func `interleaved blocks of quotes are put in order`() throws {
        func quote(_ id: Int, _ at: Int) -> String {
            "\(id),10,1,\(11 + id % 5),1,\(Day.milliseconds(at)),\(Day.milliseconds(at))"
        }
        let rows = [quote(100, 24), quote(300, 9_000), quote(200, 26), quote(301, 9_001), quote(201, 26)]
        let imported = try Imported([folder.write(rows, "BTCUSDT-bookTicker-2025-01-01.csv")], in: folder)
        #expect(imported.events.compactMap { $0.numbered?.number } == [100, 200, 201, 300, 301])
        #expect(imported.summary.lanes[0].sorted == 2)
    }

    @Test func `gaps in numbers and silences are told`() throws {
        let rows = [
            Self.trade(1, at: 0), Self.trade(2, at: 1), Self.trade(9, at: 90_000), Self.trade(10, at: 90_001),
        ]
        let imported = try Imported([folder.write(rows, "BTCUSDT-trades-2025-01-01.csv")], in: folder)
        let lane = imported.summary.lanes[0]
        #expect(lane.idGaps == 1)
        #expect(lane.missingIDs == 6)
        #expect(lane.silences.map(\.length) == [.milliseconds(89_999)])
        #expect(
            imported.summary.description == """
                from 2025-01-01T00:00:00.000000000Z to 2025-01-01T00:01:30.001000000Z
                markets: BTCUSDT
                binance-trades: 1 table, 4 rows, 4 events; 0 refused, 0 doubled and left out, 0 out of order
                  gaps in the numbers of trades: 1, 6 missing
                  silences: 1
                    BTCUSDT for 89.999 s since 2025-01-01T00:00:00.001000000Z
                """)
    }

    @Test func `an import can be ended, and then leaves nothing`() throws {
        let rows = (0..<350).map { Self.trade($0, at: $0) }
        let path = folder.write(rows, "BTCUSDT-trades-2025-01-01.csv")
        let before = ScratchFolder.names(in: folder.path)
        var stages: [ImportProgress.Stage] = []
        var settings = ImportSettings()
        settings.reportRows = 100
        var importer = try TableImporter([path], settings) { progress in
            stages.append(progress.stage)
            return progress.stage == .checking
        }
        #expect(throws: ImportError.interrupted) { _ = try importer.write(to: folder.file("a.records")) }
        #expect(stages == [.checking, .checking, .checking, .writing])
        #expect(ScratchFolder.names(in: folder.path) == before)
    }
}
