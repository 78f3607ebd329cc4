import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Imports

struct TableFuzzTests {
    let folder = ScratchFolder()

    private static let tables: [(name: String, lines: [String])] = [
        ("BTCUSDT-trades-2025-01-01.csv", (0..<12).map { OrderTests.trade($0, at: $0) }),
        ("BTCUSDT-1m-2025-01-01.csv", (0..<6).map { CandleTests.row($0, "10", "12", "9", "11", "1.25") }),
        (
            "BTCUSDT-bookTicker-2025-01-01.csv",
            ["update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time"]
                + (0..<9).map { "\($0),10,1,11,\($0 + 1),\(Day.milliseconds($0)),\(Day.milliseconds($0))" }
        ),
        (
            "book.csv",
            [TardisTablesTests.bookHeader, TardisTablesTests.level(1_000, true, "bid", "9", "1")]
                + (2..<9).map { TardisTablesTests.level($0 * 1_000, false, "ask", "1\($0)", "2") }
        ),
    ]

    @Test func `damaged tables are imported in order or refused, and never end the program`() throws {
        let seed = FuzzSettings.seed(77)
        var random = SeededRandom(seed: seed)
        var (good, refused) = (0, 0)
        for number in 0..<FuzzSettings.cases(600) {
            let table = Self.tables[number % Self.tables.count]
            var bytes = Array(table.lines.map { $0 + "\n" }.joined().utf8)
            for _ in 0...random.below(3) { damage(&bytes, &random) }
            let path = folder.write(bytes, table.name)
            do {
                let imported = try Imported([path], in: folder) {
                    $0.refusedMax = random.below(3)
                    $0.infersQuotes = random.below(2) == 0
                    $0.sortedRowsMax = 1 + random.below(8)
                }
                let times = imported.events.map(\.receivedAt)
                if times != times.sorted() { Issue.record("seed \(seed), case \(number): out of order") }
                good += 1
            } catch is ImportError {
                refused += 1
            }
        }
        #expect(good > 50 && refused > 50, "seed \(seed): \(good) good, \(refused) refused")
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        guard !bytes.isEmpty else { return }
        let place = random.below(bytes.count)
        let usual = Array(",\"\n.-0123456789;eE tTfF\r".utf8)
        switch random.below(5) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes[place] = usual[random.below(usual.count)]
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(usual[random.below(usual.count)], at: place)
        default: bytes += bytes[place...].prefix(60)
        }
    }
}
