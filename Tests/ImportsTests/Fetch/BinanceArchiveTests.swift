import Testing

@testable import Imports

struct BinanceArchiveTests {
    private func wish(
        _ kind: BinanceArchive.Kind, _ first: String, _ last: String
    ) throws -> BinanceArchive.Wish {
        BinanceArchive.Wish(
            kind: kind, market: "BTCUSDT", first: try #require(CalendarDay(first)),
            last: try #require(CalendarDay(last)))
    }

    @Test func `there is a file for each day`() throws {
        let files = BinanceArchive.files(try wish(.trades, "2024-02-28", "2024-03-01"))
        #expect(files.map(\.date) == ["2024-02-28", "2024-02-29", "2024-03-01"])
        #expect(files[0].path == "/data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-28.zip")
        #expect(files[0].name == "BTCUSDT-trades-2024-02-28.zip")
    }

    @Test func `or for each month, of which a day is asked for`() throws {
        var wish = try wish(.klines, "2024-11-30", "2025-01-01")
        wish.span = .month
        wish.interval = "1m"
        wish.product = .usdMargined
        #expect(
            BinanceArchive.files(wish).map(\.path)
                == ["2024-11", "2024-12", "2025-01"].map {
                    "/data/futures/um/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-\($0).zip"
                })
        wish.product = .coinMargined
        wish.kind = .bookTicker
        #expect(
            BinanceArchive.files(wish)[0].path
                == "/data/futures/cm/monthly/bookTicker/BTCUSDT/BTCUSDT-bookTicker-2024-11.zip")
    }

    @Test func `the files of a wish are limited`() throws {
        #expect(
            BinanceArchive.files(try wish(.trades, "1970-01-01", "2261-12-31")).count
                == BinanceArchive.filesMax)
    }

    @Test func `names that could lead elsewhere are no names of markets`() {
        #expect(BinanceArchive.isMarketName("BTCUSD_PERP"))
        #expect(BinanceArchive.isMarketName("1000SATSUSDT"))
        for name in ["", "btcusdt", "../BTC", "A/B", "A B", String(repeating: "A", count: 65)] {
            #expect(!BinanceArchive.isMarketName(name), "\(name)")
        }
    }

    @Test func `the checksum is found in its text, and only of the file that is meant`() {
        let digest = String(repeating: "0a", count: 32)
        #expect(ChecksumText.digest("\(digest)  a.zip\n", of: "a.zip") == digest)
        #expect(ChecksumText.digest("x\n\(digest.uppercased()) *a.zip", of: "a.zip") == digest)
        for text in [
            "", digest, "\(digest)  b.zip", "\(digest)0  a.zip", "<html> a.zip",
            "\(digest.dropLast())g  a.zip",
        ] {
            #expect(ChecksumText.digest(text, of: "a.zip") == nil, "\(text)")
        }
    }

    @Test func `names of files tell market and kind`() {
        let name = BinanceFileName("a/b/BTCUSDT_250926-aggTrades-2025-01.csv")
        #expect(name?.market == "BTCUSDT_250926")
        #expect(name?.kind == "aggTrades")
        for other in ["BTCUSDT.csv", "a-b-c-d", "btcusdt-trades-2025-01-01.zip", "BTCUSDT-trades-25-01"] {
            #expect(BinanceFileName(other) == nil, "\(other)")
        }
    }
}
