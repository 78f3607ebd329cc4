import Configuration
import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Imports

struct ColumnMapTests {
    let folder = ScratchFolder()

    @Test func `columns are named on the command line, by name or by number`() throws {
        let path = folder.write(
            ["When;Px;Volume;B/S", "2025-01-01 00:00:00.005;10,x;1;b", "2025-01-01 00:00:00.007;11;2.5;S"],
            "a.csv")
        let map = try ColumnMap("time=When,price=px,quantity=3,side=b/s")
        let settings: (inout ImportSettings) -> Void = {
            $0.table.format = .columns
            $0.table.kind = .trades
            $0.table.columns = map
            $0.table.timeForm = .iso
            $0.table.separator = UInt8(ascii: ";")
            $0.table.market = "ABCUSDT"
            $0.refusedMax = 1
        }
        let imported = try Imported([path], in: folder, settings)
        #expect(imported.text == "7 trade #1 sell 2.5 @ 11")
        let refused = imported.summary.lanes[0].rows.places.map { "\($0)" }
        #expect(refused.count == 1)
        #expect(refused[0].hasPrefix("\(path):2: column 2 (px): '10,x' is no number: expected digits"))
    }

    @Test func `columns are named in a file of YAML`() throws {
        let text = """
            kind: quotes
            time_form: s
            header: false
            market: BTC-USD
            columns: {time: 1, bid: 2, bid_size: 3, ask: 4, ask_size: 5}
            """
        let description = try TableDescription.read(Array(text.utf8), file: "map.yaml")
        let path = folder.write(["1735689600.25,10,1,10.5,2", "1735689600.5,10.1,1,10.5,2"], "a.csv")
        let imported = try Imported([path], in: folder) { $0.table = description }
        #expect(imported.text == "250 quote 1 @ 10 / 2 @ 10.5\n500 quote 1 @ 10.1 / 2 @ 10.5")
        #expect(imported.markets[0].base == "BTC")
    }

    @Test(arguments: [
        ("", "no column is given"), ("time", "'time' is no column"), ("time=", "'time=' is no column"),
        ("time=0", "'time=0' is no column"), ("prize=1", "there is no field 'prize'; did you mean 'price'?"),
        ("time=1,time=2", "'time' is given twice"), ("time=999999999999999999999", "is no column"),
    ])
    func `a map that cannot be is told`(text: String, message: String) {
        do throws(ColumnMapFault) {
            _ = try ColumnMap(text)
            Issue.record("'\(text)' was taken")
        } catch {
            #expect(error.description.contains(message), "\(error)")
        }
    }

    @Test func `wrong keys of a YAML map are told with their place`() {
        let text = "kind: trades\ncolumns: {time: 1, prise: 2}\n"
        do {
            _ = try TableDescription.read(Array(text.utf8), file: "map.yaml")
            Issue.record("it was taken")
        } catch {
            #expect("\(error)".contains("map.yaml:2"), "\(error)")
            #expect("\(error)".contains("did you mean 'price'?"), "\(error)")
        }
    }

    @Test func `columns that are not there are told`() throws {
        let path = folder.write(["time,price,amount", "1735689600000,1,1"], "a.csv")
        func error(_ map: String, header: Bool? = nil) throws -> ImportError? {
            let map = try ColumnMap(map)
            return try importError([path], in: folder) {
                ($0.table.format, $0.table.kind, $0.table.columns) = (.columns, .trades, map)
                ($0.table.market, $0.table.hasHeader) = ("ABCUSDT", header)
            }
        }
        #expect(try error("time=time,price=price,quantity=amount") == nil)
        #expect(try error("time=time,price=price") == .unmappedField(table: path, field: "quantity"))
        #expect(
            try error("time=time,price=prize,quantity=3")
                == .missingColumn(table: path, field: "price", known: ["prize"], nearest: "price"))
        #expect(try error("time=time,price=2,quantity=4") == .columnBeyond(table: path, number: 4, count: 3))
        #expect(
            try error("time=time,price=2,quantity=3", header: false) == .noHeader(table: path, column: "time")
        )
    }

    @Test func `the first rows are shown as they are read`() throws {
        let path = folder.write(
            (0..<9).map { "\($0),1\($0),1,0,\(Day.milliseconds($0)),True,True" },
            "BTCUSDT-trades-2025-01-01.csv")
        let previews = try TableImporter([path], ImportSettings()).preview(rows: 2)
        #expect(
            previews.map(\.description) == [
                """
                \(path): binance-trades, trades of BTCUSDT, without a header line
                  columns: time 5, price 2, quantity 3, id 1, buyer_is_maker 6
                  1: 2025-01-01T00:00:00.000000000Z BTCUSDT trade 0: sell 1 @ 10
                  2: 2025-01-01T00:00:00.001000000Z BTCUSDT trade 1: sell 1 @ 11
                """
            ])
    }
}
