import ArchiveHost
import TestSupport
import Testing

@Suite(.ownThread) struct DataImportTests {
    private let scratch = ScratchFolder()

    private static func trade(_ id: Int, _ price: String = "60000.10") -> String {
        "\(id),\(price),0.00500000,300,\(1_735_689_600_000_000 + id * 250_000),\(id % 2 == 0 ? "True" : "False"),True"
    }

    private func table(_ rows: [String]) -> String { scratch.write(rows, "BTCUSDT-trades-2025-01-01.csv") }

    @Test func `import writes a record file that a backtest reads, and says what it found`() {
        let file = table(
            (0..<40).map { Self.trade($0, "6000\($0 % 3).1") } + [Self.trade(39, "60000.1"), Self.trade(50)])
        let saying = Saying(["data", "import", file, "btc.records"], in: scratch)
        #expect(saying.errors == "")
        #expect(saying.ending == .exit(0))
        #expect(
            saying.output.contains(
                "binance-trades: 1 table, 42 rows, 41 events; 0 refused, 1 doubled and left out"))
        #expect(saying.output.contains("gaps in the numbers of trades: 1, 10 missing"))
        #expect(saying.output.contains("41 quotes inferred from trades"))
        #expect(saying.outputLines.last == "82 events written to btc.records")
        let inspected = Saying(["data", "inspect", "btc.records"], in: scratch)
        #expect(inspected.output.contains("82 events: 41 quotes, 41 trades"))

        let text = Configurations.text(duration: nil)
            .replacing(
                "data: {source: synthetic, synthetic: {price: 60000, events_per_second: 40}}\n", with: "")
        let configuration = scratch.write(text, "session.yaml")
        let run = Saying(["backtest", configuration, "--data", "btc.records", "--quiet"], in: scratch)
        #expect(run.errors == "")
        #expect(run.ending == .exit(0))
        #expect(run.decisions != nil)
    }

    @Test func `what is wrong is told with its place, and nothing is written`() {
        let file = table([Self.trade(1), Self.trade(2, "6e4"), Self.trade(3)])
        let saying = Saying(["data", "import", file, "btc.records"], in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(
            saying.errors == """
                martlet: \(file):2: column 2 (price): '6e4' is no number: expected digits with at most one point, \
                such as 61837.63

                """)
        #expect(ScratchFolder.size(scratch.file("btc.records")) == 0)
        let loose = Saying(
            ["data", "import", file, "btc.records", "--refused-max", "1", "--no-quotes"], in: scratch)
        #expect(loose.ending == .exit(0))
        #expect(loose.outputLines.last == "2 events written to btc.records")
    }

    @Test func `a dry run shows how the first rows are read`() {
        let file = table((1..<9).map { Self.trade($0) })
        let saying = Saying(["data", "import", "--dry-run", "--rows", "1", file], in: scratch)
        #expect(saying.ending == .exit(0))
        #expect(
            saying.outputLines == [
                "\(file): binance-trades, trades of BTCUSDT, without a header line",
                "  columns: time 5, price 2, quantity 3, id 1, buyer_is_maker 6",
                "  1: 2025-01-01T00:00:00.250000000Z BTCUSDT trade 1: buy 0.005 @ 60000.1",
            ])
    }

    @Test(arguments: [
        (["a.csv"], "from what to what?"), (["--dry-run"], "which files?"),
        (["a.csv", "b.csv"], "'b.csv' has the name of a table"),
        (["a.csv", "a.csv"], "is read and cannot be"),
        (["a", "b", "--format", "binance-trade"], "did you mean 'binance-trades'?"),
        (["a", "b", "--columns", "time=1"], "what do the columns hold?"),
        (["a", "b", "--columns", "tame=1"], "--columns: there is no field 'tame'; did you mean 'time'?"),
        (["a", "b", "--format", "columns"], "which columns?"),
        (["a", "b", "--refused-max", "-1"], "--refused-max is"),
        (["a", "b", "--silence", "soon"], "--silence is a time"), (["a", "b", "--base", "BTC"], "give both"),
        (["a", "b", "--separator", "x"], "--separator is"),
    ])
    func `words that cannot be understood are told`(words: [String], text: String) {
        let saying = Saying(["data", "import"] + words, in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.errors.contains(text), "\(saying.errors)")
    }

    @Test func `fetch downloads, finds again, and tells what is missing`() async throws {
        let shelf = ArchiveShelf()
        let server = try await ArchiveServer(shelf)
        defer { server.stop() }
        let name = "BTCUSDT-trades-2025-01-0"
        let path = "/data/spot/daily/trades/BTCUSDT/" + name
        shelf.add(path + "1.zip", Array("no archive, but whole".utf8))
        shelf.add(path + "3.zip", [1, 2, 3], digest: String(repeating: "0", count: 64))
        let words = [
            "data", "fetch", "binance", "--market", "BTCUSDT", "--kind", "trades", "--from", "2025-01-01",
            "--url",
            "http://127.0.0.1:\(server.port)", "--folder", "got",
        ]
        let first = Saying(words, in: scratch)
        #expect(first.ending == .exit(0))
        #expect(
            first.output
                == "got/\(name)1.zip: downloaded, SHA-256 right\n1 of 1 files in got, 21 B downloaded\n")
        let second = Saying(words + ["--to", "2025-01-02"], in: scratch)
        #expect(second.ending == .exit(69))
        #expect(
            second.output
                == "got/\(name)1.zip: was there, SHA-256 right\n1 of 2 files in got, 0 B downloaded\n")
        #expect(second.errors == "\(name)2.zip: the server has no such file\n")
        #expect(Saying(words + ["--to", "2025-01-02", "--allow-missing"], in: scratch).ending == .exit(0))
        let third = Saying(words + ["--to", "2025-01-03", "--allow-missing"], in: scratch)
        #expect(third.ending == .exit(76))
        #expect(third.errors == "\(name)3.zip: its SHA-256 is not the one that the server tells\n")
        #expect(ScratchFolder.names(in: scratch.file("got")) == ["\(name)1.zip", "\(name)3.zip.partial"])
    }

    @Test(arguments: [
        ([], "from where?"), (["kraken"], "there are no archives of 'kraken'"),
        (["binance"], "which market?"),
        (["binance", "--market", "btcusdt"], "is no name such as BTCUSDT"),
        (["binance", "--market", "../X"], "is no name such as BTCUSDT"),
        (
            ["binance", "--market", "BTCUSDT", "--kind", "trade", "--from", "2025-01-01"],
            "--kind is one of trades"
        ),
        (["binance", "--market", "BTCUSDT", "--kind", "trades", "--from", "2025-1-1"], "--from is a day"),
        (
            ["binance", "--market", "BTCUSDT", "--kind", "klines", "--from", "2025-01-01"],
            "of which interval?"
        ),
        (
            ["binance", "--market", "BTCUSDT", "--kind", "bookTicker", "--from", "2025-01-01"],
            "no bookTicker of spot"
        ),
        (
            [
                "binance", "--market", "BTCUSDT", "--kind", "trades", "--from", "2025-01-02", "--to",
                "2025-01-01",
            ],
            "is after --to"
        ),
    ])
    func `wishes that cannot be understood are told`(words: [String], text: String) {
        let saying = Saying(["data", "fetch"] + words, in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.errors.contains(text), "\(saying.errors)")
    }
}
