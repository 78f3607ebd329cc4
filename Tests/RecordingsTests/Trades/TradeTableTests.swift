import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Recordings

struct TradeTableTests {
    let folder = ScratchFolder()

    static let header = "id,timestamp,side,price,amount"

    static func trade(
        _ id: UInt64, _ side: Side, _ amount: String, _ price: String, at milliseconds: Int64
    ) throws -> MarketEvent {
        .trade(
            Trade(
                market: MarketID(0), aggressor: side, id: DealID(id), price: try Price(price),
                quantity: try Quantity(amount), venueTime: Tape.at(milliseconds),
                receivedAt: Tape.at(milliseconds)))
    }

    @Test func `rows become trades, wherever the columns stand`() throws {
        let expected = [
            try Self.trade(11, .buy, "0.5", "1500.25", at: 0),
            try Self.trade(12, .sell, "26.062", "1500.2", at: 7),
        ]
        let tables = [
            [Self.header, "11,1700000000000,buy,1500.25,0.5", "12,1700000000007,sell,1500.2,26.062"],
            [
                "Price,Quantity,extra,Trade_ID,is_buyer_maker,time",
                "1500.25,0.50,x,11,false,1700000000000000",
                "\"1500.20\",26.062,\"a,b\",12,True,1700000000007000",
            ],
            [
                ",ts,id,type,side,price,size\r", "0,1700000000000000000,11,,B,1500.25,0.5\r",
                "1,1700000000007000000,12,,S,1500.2,26.062\r",
            ],
        ]
        for (number, table) in tables.enumerated() {
            let reading = try Reading([folder.write(table, "venue_ABCUSDT_\(number).csv")])
            #expect(reading.errors.isEmpty)
            #expect(reading.events == expected)
            #expect(reading.report.lines == 3)
        }
    }

    @Test func `trades without ids are numbered, also across files`() throws {
        let header = "timestamp,side,price,amount"
        let first = folder.write([header, "1700000000000,buy,1,1"], "ABCUSDT_1.csv")
        let second = folder.compress(
            [header, "1700000000000,sell,1,1", "1700000000000,sell,1,1"], "ABCUSDT_2.csv.gz")
        #expect(
            try Reading([first, second]).events == [
                Self.trade(1, .buy, "1", "1", at: 0), Self.trade(2, .sell, "1", "1", at: 0),
                Self.trade(3, .sell, "1", "1", at: 0),
            ])
    }

    @Test(arguments: [
        ("11,1700000000000,buy,1500.25", LineFault.cell(column: 5, fault: .missing)),
        ("11", .cell(column: 2, fault: .missing)),
        ("x,1700000000000,buy,1,1", .cell(column: 1, fault: .notAnID)),
        ("18446744073709551616,1700000000000,buy,1,1", .cell(column: 1, fault: .notAnID)),
        ("11,,buy,1,1", .cell(column: 2, fault: .notATime)),
        ("11,1700000000,buy,1,1", .cell(column: 2, fault: .notATime)),
        ("11,1700000000000.5,buy,1,1", .cell(column: 2, fault: .notATime)),
        ("11,9300000000000000000,buy,1,1", .cell(column: 2, fault: .notATime)),
        ("11,1700000000000,long,1,1", .cell(column: 3, fault: .notASide)),
        ("11,1700000000000,buy,,1", .cell(column: 4, fault: .notANumber(.empty))),
        (
            "11,1700000000000,buy,1e3,1",
            .cell(column: 4, fault: .notANumber(.unexpectedByte(offset: 1)))
        ),
        ("11,1700000000000,buy,0,1", .cell(column: 4, fault: .notPositive)),
        ("11,1700000000000,buy,1,-0.1", .cell(column: 5, fault: .notPositive)),
        ("11,1699999999999,buy,1,1", .timeBackwards(by: .milliseconds(1))),
    ])
    func `a cell that cannot be is named by line and column`(row: String, fault: LineFault) throws {
        let path = folder.write(
            [Self.header, "10,1700000000000,buy,1,1", row, "12,1700000000001,buy,1,1"], "ABCUSDT.csv")
        let reading = try Reading([path])
        #expect(reading.errors == [.line(path: path, number: 3, fault: fault)])
        #expect(reading.events.count == 2)
    }

    @Test func `the market is told by the caller, or by the name of the file`() throws {
        let table = [Self.header, "11,1700000000000,buy,1500.25,0.5"]
        let unnamed = folder.write(table, "trades.csv")
        #expect(throws: RecordingError.unnamedMarket(path: unnamed)) {
            try RecordingSource([unnamed])
        }
        var options = RecordingOptions()
        options.marketName = "XYZBTC"
        let told = try RecordingSource([unnamed], options)
        #expect(told.table.markets.map(\.name) == ["XYZBTC"])
        #expect(told.table.name(of: told.table[MarketID(0)].quote) == "BTC")
        let named = try RecordingSource([folder.write(table, "venue_ABCUSDT_2023-02-02_1.csv")])
        #expect(named.table.markets.map(\.name) == ["ABCUSDT"])
        options.marketName = "ABCXYZ"
        #expect(throws: RecordingError.unknownQuoteAsset(market: "ABCXYZ")) {
            try RecordingSource([unnamed], options)
        }
        options.quoteAssets = ["XYZ"]
        #expect(try RecordingSource([unnamed], options).markets[0].base == "ABC")
    }

    @Test(arguments: [
        "id,timestamp,price,amount", "timestamp,side,price", "timestamp,side,amount",
        "side,price,amount", "11,1700000000000,buy,1500.25,0.5", "hello", "", "{}",
    ])
    func `a table without the columns that matter is no table of trades`(header: String) {
        let path = folder.write([header, "11,1700000000000,buy,1500.25,0.5"], "ABCUSDT.csv")
        #expect(throws: RecordingError.unknownFormat(path: path)) { try RecordingSource([path]) }
    }

    @Test func `a row has at most as many cells as the limit says`() {
        var row = TableRow()
        let text = Array(String(repeating: ",", count: 1_000).utf8)
        text.withUnsafeBufferPointer { row.split($0) }
        #expect(row.cells.count == TableRow.columnsMax)
    }
}
