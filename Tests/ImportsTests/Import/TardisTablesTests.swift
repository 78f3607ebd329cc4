import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Imports

struct TardisTablesTests {
    let folder = ScratchFolder()
    static let bookHeader = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount"

    static func level(
        _ local: Int, _ isSnapshot: Bool, _ side: String, _ price: String, _ amount: String,
        symbol: String = "BTCUSDT"
    ) -> String {
        let times = "\(Day.microseconds(local - 500)),\(Day.microseconds(local))"
        return "binance,\(symbol),\(times),\(isSnapshot),\(side),\(price),\(amount)"
    }

    @Test func `levels of one time are one update, and a snapshot begins the book anew`() throws {
        let rows = [
            Self.bookHeader,
            Self.level(1_000, false, "bid", "9", "1"),
            Self.level(2_000, true, "ask", "10.1", "1"), Self.level(2_000, true, "bid", "10", "2"),
            Self.level(3_000, false, "bid", "10", "0"), Self.level(3_000, false, "bid", "9.9", "5.5"),
            Self.level(3_000, true, "ask", "10.2", "1"), Self.level(4_000, true, "bid", "9.8", "1"),
            Self.level(5_000, false, "bid", "9.7", "1"),
        ]
        let path = folder.compress(rows, "binance_incremental_book_L2_2025-01-01_BTCUSDT.csv.gz")
        let imported = try Imported([path], in: folder)
        #expect(
            imported.text == """
                1 buy 1 @ 9 last
                2 snapshot
                2 sell 1 @ 10.1
                2 buy 2 @ 10 last
                3 buy 0 @ 10
                3 buy 5.5 @ 9.9 last
                3 snapshot
                3 sell 1 @ 10.2 last
                4 buy 1 @ 9.8 last
                5 buy 1 @ 9.7 last
                """)
        #expect(imported.markets.map(\.name) == ["BTCUSDT"])
        guard case .level(let level) = imported.events[3] else {
            Issue.record("no level")
            return
        }
        #expect(level.receivedAt.nanoseconds - level.venueTime.nanoseconds == 500_000)
    }

    @Test func `books of several markets are kept apart, or one of them is taken`() throws {
        let rows = [
            Self.bookHeader,
            Self.level(1_000, true, "bid", "9", "1"),
            Self.level(1_000, true, "bid", "100", "1", symbol: "ETH-USD"),
            Self.level(1_000, true, "ask", "101", "1", symbol: "ETH-USD"),
        ]
        let path = folder.write(rows, "book.csv")
        let all = try Imported([path], in: folder)
        #expect(all.markets.map(\.name) == ["BTCUSDT", "ETH-USD"])
        #expect(all.markets[1].base == "ETH")
        #expect(all.events.count == 5)
        let one = try Imported([path], in: folder) { $0.table.market = "ETH-USD" }
        #expect(one.markets.map(\.name) == ["ETH-USD"])
        #expect(one.text == "1 snapshot\n1 buy 1 @ 100\n1 sell 1 @ 101 last")
        #expect(one.summary.lanes[0].rows.foreign == 1)
    }

    @Test func `a book that goes back, or lacks a row, is an error even where rows may be left out`() throws {
        let back = folder.write(
            [
                Self.bookHeader, Self.level(2_000, true, "bid", "9", "1"),
                Self.level(1_000, false, "bid", "9", "1"),
            ], "a.csv")
        let backwards = RefusedRow(table: back, line: 3, fault: .bookBackwards(by: .milliseconds(1)))
        let loose: (inout ImportSettings) -> Void = { $0.refusedMax = 100 }
        #expect(try importError([back], in: folder, loose) == .rows([backwards], isMore: false))
        let torn = folder.write([Self.bookHeader, Self.level(2_000, true, "bid", "nine", "1")], "b.csv")
        #expect(try importError([torn], in: folder, loose) != nil)
        let late = folder.write(
            [
                Self.bookHeader, Self.level(1_500, true, "bid", "9", "1"),
                Self.level(9_000, true, "bid", "9", "2"),
            ], "c.csv")
        let inside = folder.write([Self.bookHeader, Self.level(2_000, true, "bid", "9", "1")], "d.csv")
        #expect(try importError([inside, late], in: folder) == .overlap(first: late, second: inside))
    }

    @Test func `quotes that lack a side are left out and counted`() throws {
        let path = folder.write(
            [
                "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount",
                "binance,BTCUSDT,\(Day.microseconds(0)),\(Day.microseconds(1_000)),1,10.1,10,2",
                "binance,BTCUSDT,\(Day.microseconds(0)),\(Day.microseconds(2_000)),,,10,2",
                "binance,BTCUSDT,\(Day.microseconds(0)),\(Day.microseconds(3_000)),1,10.1,9.9,2",
            ], "quotes.csv")
        let imported = try Imported([path], in: folder)
        #expect(imported.text == "1 quote 2 @ 10 / 1 @ 10.1\n3 quote 2 @ 9.9 / 1 @ 10.1")
        #expect(imported.summary.lanes[0].rows.oneSided == 1)
        #expect(imported.summary.description.contains("1 quotes without a side left out"))
    }

    @Test func `trades without numbers of their own are numbered, and without a side get one by the price`()
        throws
    {
        let header = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount"
        func row(_ at: Int, _ id: String, _ side: String, _ price: String) -> String {
            "bitmex,XBTUSD,\(Day.microseconds(0)),\(Day.microseconds(at)),\(id),\(side),\(price),12"
        }
        let path = folder.write(
            [
                header, row(1_000, "a-b", "unknown", "10"), row(2_000, "", "unknown", "11"),
                row(3_000, "5", "", "11"),
                row(4_000, "x", "unknown", "9"), row(5_000, "y", "buy", "8"), row(5_000, "y", "buy", "8"),
            ], "trades.csv")
        let imported = try Imported([path], in: folder)
        #expect(
            imported.text == """
                1 trade #1 buy 12 @ 10
                2 trade #2 buy 12 @ 11
                3 trade #3 buy 12 @ 11
                4 trade #4 sell 12 @ 9
                5 trade #5 buy 12 @ 8
                5 trade #6 buy 12 @ 8
                """)
        #expect(imported.summary.lanes[0].rows.guessedSides == 4)
    }

    @Test(.enabled(if: SharedData.isThere, "recorded data is not beside the repository"))
    func `a recorded sample is read`() throws {
        let path = SharedData.folder + "/format_samples/tardis_deribit_incremental_book_L2_BTC-PERPETUAL.csv"
        let imported = try Imported([path], in: folder) { ($0.table.base, $0.table.quote) = ("BTC", "USD") }
        #expect(imported.markets.map(\.name) == ["BTC-PERPETUAL"])
        #expect(imported.summary.lanes[0].rows.refused == 0)
        #expect(imported.events.count == imported.summary.lanes[0].rows.rows + 1)
    }
}
