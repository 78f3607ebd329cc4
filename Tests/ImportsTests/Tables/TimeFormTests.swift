import Quantities
import Testing

@testable import Imports

struct TimeFormTests {
    private func read(_ text: String, _ form: TimeForm) -> Int64? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { form.read($0) }?.nanoseconds
    }

    @Test(arguments: [
        ("1735689600123", TimeForm.auto, 1_735_689_600_123_000_000 as Int64?),
        ("1735689600123456", .auto, 1_735_689_600_123_456_000),
        ("1735689600123456789", .auto, 1_735_689_600_123_456_789),
        ("1735689600", .auto, nil), ("", .auto, nil), ("-1735689600123", .auto, nil),
        ("1735689600123.5", .auto, nil), ("9223372036854775807", .auto, nil),
        ("9300000000000000000", .auto, nil),
        ("1735689600", .seconds, 1_735_689_600_000_000_000),
        ("1735689600.5", .seconds, 1_735_689_600_500_000_000),
        ("0.000000001", .seconds, 1), ("0.0000000001", .seconds, nil), ("-1", .seconds, nil),
        ("99999999999", .seconds, nil),
        ("5", .milliseconds, 5_000_000), ("5", .microseconds, 5_000), ("5", .nanoseconds, 5),
        ("2025-01-01T00:00:00Z", .iso, 1_735_689_600_000_000_000),
        ("2025-01-01 00:00:00.25", .iso, 1_735_689_600_250_000_000),
        ("2023-02-02 09:20:00.138000+00:00", .iso, 1_675_329_600_138_000_000),
        ("2024-02-29T23:59:59.999999999Z", .iso, 1_709_251_199_999_999_999),
        ("2025-01-01T00:00:00.1234567890Z", .iso, 1_735_689_600_123_456_789),
        ("2025-01-01T00:00:00.1234567891Z", .iso, nil), ("2025-02-29T00:00:00Z", .iso, nil),
        ("2025-01-01T24:00:00Z", .iso, nil), ("2025-01-01T00:00:00+01:00", .iso, nil),
        ("2025-01-01T00:00:00.", .iso, nil), ("2025-01-01", .iso, nil), ("1969-12-31T00:00:00Z", .iso, nil),
    ])
    func `times are read exactly, or not at all`(text: String, form: TimeForm, nanoseconds: Int64?) {
        #expect(read(text, form) == nanoseconds)
    }

    @Test func `days are those of the calendar`() throws {
        var day = try #require(CalendarDay("1970-01-01"))
        var wrong: [CalendarDay] = []
        for number in 0..<80_000 {
            if day.daysSinceEpoch != number || CalendarDay(day.description) != day { wrong.append(day) }
            day = day.next
        }
        #expect(wrong.isEmpty)
        #expect(day.description == "2189-01-12")
        for text in ["2025-02-29", "2025-13-01", "2025-1-1", "2025-01-00", "+025-01-01", "2025-01-01Z", ""] {
            #expect(CalendarDay(text) == nil, "\(text)")
        }
        #expect(CalendarDay("2025-12-07")?.firstOfNextMonth.description == "2026-01-01")
    }
}
