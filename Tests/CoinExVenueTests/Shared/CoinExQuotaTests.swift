import CoinExVenue
import Quantities
import Testing
import WireCodecs

/// What heads of answers tell of the venue's limits, and how far apart orders are sent for it.
struct CoinExQuotaTests {
    private static let start = Instant(milliseconds: 1_700_000_000_000)

    private func quota(_ fields: [(String, String)]) throws -> CoinExQuota? {
        var text = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        var reader = HTTPReader.responses()
        var input = WireBuffer(capacity: 1_024)
        Array((text + "\r\n").utf8).withUnsafeBytes { input.append($0) }
        guard case .head = try reader.next(&input) else { return nil }
        return CoinExQuota(reader.head)
    }

    private func long(_ rows: (hours: Int, remaining: Int)...) -> CoinExQuota {
        var quota = CoinExQuota()
        quota.longPeriods = rows.map { CoinExQuota.LongPeriod(hours: $0.hours, remaining: $0.remaining) }
        return quota
    }

    @Test func `a head tells of the window and of hours, in any case of letters`() throws {
        let told = try #require(
            try quota([
                ("X-RATELIMIT-LIMIT", "30"), ("x-ratelimit-remaining", "29"),
                ("X-RateLimit-LongPeriod-24H-Remaining", "900"), ("X-RateLimit-LongPeriod-1H-Remaining", "7"),
            ]))
        #expect(told.limit == 30 && told.remaining == 29)
        #expect(told.longPeriods.map { "\($0.hours) \($0.remaining)" } == ["1 7", "24 900"])
    }

    @Test(arguments: ["", "-1", "many", "1e3", "12.5", "0x10", "9999999999999999999999", "1 2"])
    func `what is no number is passed over`(text: String) throws {
        #expect(try quota([]) == nil)
        let names = [
            "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-LongPeriod-1H-Remaining",
            "X-RateLimit-LongPeriod-2H-Remaining",
        ]
        #expect(try quota(names.map { ($0, text) }) == nil)
    }

    @Test func `orders go as they come while much is left, then as far apart as makes the rest last`() {
        var watch = CoinExQuotaWatch()
        var now = Self.start
        var told: [String] = []
        for left in [10_000, 5_000, 1_001, 1_000, 990, 800, 400, 60, 59, 0, 0, 10_000, 10_000] {
            now = now + .seconds(1)
            let change = watch.heed(long((1, left), (24, 1_000_000)), at: now)
            let pause = change.map { "\($0.pause.nanoseconds / 1_000_000) ms" } ?? "-"
            told.append("\(left): \(pause)")
        }
        #expect(
            told == [
                "10000: -", "5000: -", "1001: -", "1000: 3600 ms", "990: -", "800: 4500 ms", "400: 9000 ms",
                "60: 60000 ms", "59: -", "0: -", "0: -", "10000: 0 ms", "10000: -",
            ])
    }

    @Test func `a process that begins when little is left is careful at once`() {
        var watch = CoinExQuotaWatch()
        let change = watch.heed(long((1, 5_000), (4, 90)), at: Self.start)
        #expect(change?.scarcest == CoinExQuota.LongPeriod(hours: 4, remaining: 90))
        #expect(change?.pause == CoinExQuotaWatch.pauseMax, "160 seconds would be too long to look again")
    }

    @Test func `a pause is told again before it ends, and answers that tell nothing change nothing`() {
        var watch = CoinExQuotaWatch()
        #expect(watch.heed(CoinExQuota(), at: Self.start) == nil)
        #expect(watch.heed(long((1, 100)), at: Self.start)?.pause == .seconds(36))
        #expect(watch.heed(CoinExQuota(), at: Self.start + .seconds(1)) == nil)
        #expect(watch.heed(long((1, 99)), at: Self.start + .seconds(60)) == nil)
        let later = Self.start + .seconds(160)
        #expect(watch.heed(long((1, 98)), at: later)?.until == later + CoinExQuotaWatch.validity)
    }
}
