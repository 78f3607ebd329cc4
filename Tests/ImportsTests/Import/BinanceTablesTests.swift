import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Imports

struct BinanceTablesTests {
    let folder = ScratchFolder()

    @Test func `trades are read with and without a header, in milli- and microseconds`() throws {
        let expected = """
            0 trade #11 buy 0.5 @ 60000.1
            7 trade #12 sell 0.00125 @ 60000
            7 trade #13 sell 2 @ 59999.99
            """
        let tables = [
            [
                "11,60000.10000000,0.50000000,30000.05,\(Day.milliseconds(0)),False,True",
                "12,60000.00000000,0.00125000,75,\(Day.milliseconds(7)),True,True",
                "13,59999.99000000,2.00000000,119999.98,\(Day.milliseconds(7)),True,True",
            ],
            [
                "id,price,qty,quote_qty,time,is_buyer_maker",
                "11,60000.1,0.5,30000.05,\(Day.microseconds(0)),false",
                "12,60000,0.00125,75,\(Day.microseconds(7_000)),true",
                "13,59999.99,2,119999.98,\(Day.microseconds(7_000)),true",
            ],
        ]
        for table in tables {
            let zip = folder.write(
                ZipMaker("BTCUSDT-trades-2025-01-01.csv", table).bytes, "BTCUSDT-trades-2025-01-01.zip")
            let bare = folder.write(table, "BTCUSDT-trades-2025-01-01.csv")
            let gzip = folder.compress(table, "BTCUSDT-trades-2025-01.csv.gz")
            for path in [zip, bare, gzip] {
                let imported = try Imported([path], in: folder)
                #expect(imported.text == expected)
                #expect(imported.markets.map(\.name) == ["BTCUSDT"])
                #expect(imported.markets[0].priceDecimals == 2)
                #expect(imported.markets[0].quantityDecimals == 5)
                #expect(imported.markets[0].quote == "USDT")
                #expect(imported.summary.lanes[0].rows.rows == 3)
                #expect(imported.summary.lanes[0].idGaps == 0)
            }
        }
    }

    @Test func `aggregated trades have their own columns`() throws {
        let rows = [
            "26129,0.01633102,4.70443515,27781,27781,\(Day.milliseconds(5)),true,true",
            "26131,0.01633102,1,27783,27790,\(Day.milliseconds(9)),false,true",
        ]
        let spot = try Imported([folder.write(rows, "ETHBTC-aggTrades-2025-01-01.csv")], in: folder)
        #expect(spot.text == "5 trade #26129 sell 4.70443515 @ 0.01633102\n9 trade #26131 buy 1 @ 0.01633102")
        #expect(spot.summary.lanes[0].idGaps == 1)
        #expect(spot.summary.lanes[0].missingIDs == 1)
        let header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker"
        let futures = rows.map { String($0.dropLast(5)) }
        let path = folder.write([header] + futures, "ETHBTC-aggTrades-2025-01.csv")
        #expect(try Imported([path], in: folder).text == spot.text)
    }

    @Test func `tickers of books are quotes with both times`() throws {
        let header =
            "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time"
        let rows = [
            "100,60000.1,1.5,60000.2,2,\(Day.milliseconds(1)),\(Day.milliseconds(3))",
            "101,60000.1,1.4,60000.2,2,\(Day.milliseconds(2)),\(Day.milliseconds(4))",
        ]
        for lines in [[header] + rows, rows] {
            let imported = try Imported(
                [folder.write(lines, "BTCUSDT-bookTicker-2025-01-01.csv")], in: folder)
            #expect(
                imported.text == "3 quote 1.5 @ 60000.1 / 2 @ 60000.2\n4 quote 1.4 @ 60000.1 / 2 @ 60000.2")
            guard case .quote(let quote) = imported.events[0] else {
                Issue.record("no quote")
                return
            }
            #expect(quote.venueTime == Day.start + .milliseconds(1))
            #expect(quote.sequence == 100)
        }
    }

    @Test func `trades and quotes of several files are merged by time`() throws {
        let quotes = folder.write(
            [
                "1,10.0,1,10.2,1,\(Day.milliseconds(0)),\(Day.milliseconds(0))",
                "2,10.1,1,10.2,1,\(Day.milliseconds(10)),\(Day.milliseconds(10))",
            ], "ABCUSDT-bookTicker-2025-01-01.csv")
        // The later file is named first.
        let late = folder.write(
            ["8,10.1,3,0,\(Day.milliseconds(20)),True,True"], "ABCUSDT-trades-2025-01-02.csv")
        let early = folder.write(
            ["7,10.2,3,0,\(Day.milliseconds(5)),False,True"], "ABCUSDT-trades-2025-01-01.csv")
        let imported = try Imported([late, quotes, early], in: folder) { $0.infersQuotes = true }
        #expect(
            imported.text == """
                0 quote 1 @ 10 / 1 @ 10.2
                5 trade #7 buy 3 @ 10.2
                10 quote 1 @ 10.1 / 1 @ 10.2
                20 trade #8 sell 3 @ 10.1
                """)
        #expect(imported.summary.inferredQuotes == 0)
        #expect(imported.summary.lanes.map(\.tables) == [2, 1])
    }

    @Test func `two markets are two markets of one record file`() throws {
        let one = folder.write(
            ["7,10.2,3,0,\(Day.milliseconds(5)),False,True"], "ABCUSDT-trades-2025-01-01.csv")
        let two = folder.write(
            ["9,0.5,70,0,\(Day.milliseconds(4)),False,True"], "XYZBTC-trades-2025-01-01.csv")
        let imported = try Imported([one, two], in: folder) { $0.infersQuotes = true }
        #expect(imported.markets.map(\.name) == ["ABCUSDT", "XYZBTC"])
        #expect(imported.events.count == 4)
        #expect(imported.summary.inferredQuotes == 2)
        #expect(imported.text.hasPrefix("4 trade #9 buy 70 @ 0.5\n4 quote 70 @ 0.4 / 70 @ 0.5\n5 trade #7"))
    }

    @Test(arguments: [
        ("12,60000,1,1,\(Day.milliseconds(1))x,True,True", 5, "time", "'1735689600001x' is no time"),
        ("12,60000,1,1,1735689600,True,True", 5, "time", "expected whole milli-, micro- or nanoseconds"),
        ("12,6e4,1,1,\(Day.milliseconds(1)),True,True", 2, "price", "'6e4' is no number: expected digits"),
        ("12,0,1,1,\(Day.milliseconds(1)),True,True", 2, "price", "'0' is not above zero"),
        ("12,1,0.0000000000001,1,\(Day.milliseconds(1)),True,True", 3, "quantity", "more than 12 digits"),
        (
            "12,1,1,1,\(Day.milliseconds(1)),perhaps,True", 6, "buyer_is_maker",
            "'perhaps' is neither true nor"
        ),
        ("12,1,1", 5, "time", "the line ends before it"),
        ("x12,1,1,1,\(Day.milliseconds(1)),True,True", 1, "id", "'x12' is no whole number"),
    ])
    func `a cell that cannot be is told with file, line, column and what was expected`(
        row: String, column: Int, name: String, text: String
    ) throws {
        let good = "11,1,1,1,\(Day.milliseconds(0)),True,True"
        let path = folder.write([good, row, good], "BTCUSDT-trades-2025-01-01.csv")
        let error = try #require(try importError([path], in: folder))
        #expect("\(error)".hasPrefix("\(path):2: column \(column) (\(name)): "), "\(error)")
        #expect("\(error)".contains(text), "\(error)")
    }

    @Test func `rows that cannot be read are told together, and may be left out up to a limit`() throws {
        let rows = (0..<40).map { "\($0),\($0 % 4 == 1 ? "x" : "1"),1,1,\(Day.milliseconds($0)),True,True" }
        let path = folder.write(rows, "BTCUSDT-trades-2025-01-01.csv")
        guard case .rows(let refused, let isMore) = try importError([path], in: folder) else {
            Issue.record("not refused")
            return
        }
        #expect(refused.map(\.line) == (0..<10).map { $0 * 4 + 2 })
        #expect(isMore)
        #expect(try importError([path], in: folder) { $0.refusedMax = 9 } != nil)
        let imported = try Imported([path], in: folder) { $0.refusedMax = 10 }
        #expect(imported.events.count == 30)
        #expect(imported.summary.lanes[0].rows.refused == 10)
        #expect(imported.summary.description.contains("10 refused"))
        #expect(imported.summary.description.contains("refused: \(path):2: column 2 (price): 'x'"))
    }

    @Test func `formats, markets and columns that are not known are told`() throws {
        let row = "11,1,1,1,\(Day.milliseconds(0)),True,True"
        let odd = folder.write([row], "some.csv")
        #expect(try importError([odd], in: folder) == .unknownFormat(table: odd))
        let unnamed = try importError([odd], in: folder) { $0.table.format = .binanceTrades }
        #expect(unnamed == .unknownMarket(table: odd))
        let named = try Imported([odd], in: folder) {
            ($0.table.format, $0.table.market) = (.binanceTrades, "BTCUSDT")
        }
        #expect(named.events.count == 1)
        let short = folder.write(["11,1,1"], "BTCUSDT-trades-2025-01-01.csv")
        #expect(try importError([short], in: folder) == .columnCount(table: short, count: 3, expected: 6...7))
        let strange = folder.write([row], "ABCDEF-trades-2025-01-01.csv")
        #expect(try importError([strange], in: folder) == .unknownQuoteAsset(market: "ABCDEF"))
        let told = try Imported([strange], in: folder) { ($0.table.base, $0.table.quote) = ("ABC", "DEF") }
        #expect(told.markets[0].quote == "DEF")
        let empty = folder.write("", "BTCUSDT-trades-2025-01-01.csv")
        #expect(try importError([empty], in: folder) == .noRows)
        #expect(try importError([], in: folder) == .noFiles)
        let headerOnly = folder.write(
            ["id,price,qty,quote_qty,time,is_buyer_maker"], "BTCUSDT-trades-2025-01-01.csv")
        #expect(try importError([headerOnly], in: folder) == .noRows)
    }

    @Test func `an error leaves nothing behind, and a file that was there as it was`() throws {
        let good = "11,1,1,1,\(Day.milliseconds(0)),True,True"
        let path = folder.write(
            [good, good.replacing("11,1", with: "11,2")], "BTCUSDT-trades-2025-01-01.csv")
        _ = folder.write("an older file", "imported.records")
        let error = try importError([path], in: folder)
        #expect(error == .contradiction(market: "BTCUSDT", id: 11, at: Day.start))
        #expect(ScratchFolder.text(folder.file("imported.records")) == "an older file")
        #expect(ScratchFolder.names(in: folder.path).count == 2)
    }
}
