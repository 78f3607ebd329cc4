import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Imports

struct CandleTests {
    let folder = ScratchFolder()

    static func row(
        _ minute: Int, _ open: String, _ high: String, _ low: String, _ close: String, _ volume: String
    ) -> String {
        let (begin, end) = (Day.milliseconds(minute * 60_000), Day.milliseconds(minute * 60_000 + 59_999))
        return "\(begin),\(open),\(high),\(low),\(close),\(volume),\(end),0,1,0,0,0"
    }

    @Test func `a candle becomes the few trades that it may have been made of`() throws {
        let rows = [
            Self.row(0, "10", "12", "9", "11", "1.003"),
            Self.row(1, "11", "11", "11", "11", "0.5"),
            Self.row(2, "11", "11", "11", "11", "0"),
            Self.row(3, "11", "11.5", "10", "10", "0.003"),
        ]
        let imported = try Imported([folder.write(rows, "BTCUSDT-1m-2025-01-01.csv")], in: folder)
        #expect(
            imported.text == """
                0 trade #1 buy 0.25 @ 10
                19999.666666 trade #2 sell 0.25 @ 9
                39999.333332 trade #3 buy 0.25 @ 12
                59999 trade #4 sell 0.253 @ 11
                60000 trade #5 buy 0.5 @ 11
                180000 trade #6 sell 0.001 @ 11
                199999.666666 trade #7 buy 0.001 @ 11.5
                219999.333332 trade #8 sell 0.001 @ 10
                """)
        #expect(imported.summary.lanes[0].format == .binanceKlines)
    }

    @Test func `the candle of a candle's trades is the candle`() throws {
        let seed = FuzzSettings.seed(3)
        var random = SeededRandom(seed: seed)
        for _ in 0..<FuzzSettings.cases(100) {
            let prices = (0..<4).map { _ in 1_000 + random.below(30) }
            let (low, high) = (prices.min()!, prices.max()!)
            let volume = 1 + random.below(200)
            let row = Self.row(
                0, "\(prices[0])", "\(high)", "\(low)", "\(prices[1])",
                "0.\(volume < 100 ? "0" : "")\(volume)1")
            let path = folder.write([row], "BTCUSDT-1m-2025-01-01.csv")
            let trades = try Imported([path], in: folder).events.compactMap { event -> Trade? in
                if case .trade(let trade) = event { trade } else { nil }
            }
            #expect(trades.first?.price == Price(prices[0]), "seed \(seed): \(row)")
            #expect(trades.last?.price == Price(prices[1]), "seed \(seed): \(row)")
            #expect(trades.map(\.price).max() == Price(high), "seed \(seed): \(row)")
            #expect(trades.map(\.price).min() == Price(low), "seed \(seed): \(row)")
            let sum = trades.reduce(Quantity.zero) { $0 + $1.quantity }
            #expect("\(sum)" == "0.\(volume < 100 ? "0" : "")\(volume)1", "seed \(seed): \(row)")
            #expect(trades.allSatisfy { $0.quantity.isPositive })
        }
    }

    @Test func `too few lots are one trade at the close, and are counted`() throws {
        let rows = [Self.row(0, "10", "12", "9", "11", "0.02"), Self.row(1, "10", "12", "9", "11", "0.08")]
        let imported = try Imported([folder.write(rows, "BTCUSDT-1m-2025-01-01.csv")], in: folder)
        #expect(imported.text.hasPrefix("59999 trade #1 buy 0.02 @ 11\n60000 trade #2 buy 0.02 @ 10\n"))
        #expect(imported.events.count == 5)
        #expect(imported.summary.description.contains("1 candles of too few lots"))
    }

    @Test func `candles that contradict themselves are refused`() throws {
        for (row, fault) in [
            (Self.row(0, "10", "9", "8", "8", "1"), RowFault.impossibleCandle),
            (Self.row(0, "10", "12", "11", "11", "1"), .impossibleCandle),
            (Self.row(0, "10", "12", "9", "12.1", "1"), .impossibleCandle),
            ("\(Day.milliseconds(5)),1,1,1,1,1,\(Day.milliseconds(5)),0,0,0,0,0", .impossiblePeriod),
        ] {
            let path = folder.write([row], "BTCUSDT-1m-2025-01-01.csv")
            let refused = RefusedRow(table: path, line: 1, fault: fault)
            #expect(try importError([path], in: folder) == .rows([refused], isMore: false))
        }
    }

    @Test func `the end of a candle is told by a column or by the caller, and never guessed`() throws {
        let rows = ["time,open,high,low,close,volume", "\(Day.milliseconds(0)),10,12,9,11,1.00"]
        let path = folder.write(rows, "bars.csv")
        let map = try ColumnMap("time=time,open=2,high=3,low=4,close=5,volume=6")
        let change: (inout ImportSettings) -> Void = {
            ($0.table.format, $0.table.kind, $0.table.columns) = (.columns, .candles, map)
            $0.table.market = "BTCUSDT"
        }
        #expect(try importError([path], in: folder, change) == .unknownPeriod(table: path))
        let imported = try Imported([path], in: folder) {
            change(&$0)
            $0.period = .minutes(1)
        }
        #expect(imported.events.last?.receivedAt == Day.start + .minutes(1) - .nanoseconds(1))
        #expect(imported.events.count == 1)
    }

    @Test func `doubled and mixed candles are one and in order`() throws {
        let rows = (0..<10).map { Self.row($0, "10", "12", "9", "\(10 + $0 % 2)", "1.25") }
        let expected = try Imported([folder.write(rows, "BTCUSDT-1m-2025-01.csv")], in: folder)
        let mixed = [rows[5], rows[4], rows[5]] + rows
        let imported = try Imported([folder.write(mixed, "BTCUSDT-1m-2025-01.csv")], in: folder)
        #expect(imported.summary.lanes[0].repeated == 12)
        #expect(imported.events == expected.events)
    }
}
