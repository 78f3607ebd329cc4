import Quantities
import Testing

@testable import Recordings

struct RawFrameLineTests {
    static func split(_ text: String) -> (at: Int64, frame: String)? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            RawFrameLine(bytes).map {
                ($0.receivedAt.nanoseconds, String(decoding: $0.frame, as: UTF8.self))
            }
        }
    }

    @Test(arguments: [
        ("1700000000123456789 {}", 1_700_000_000_123_456_789, "{}"), ("0 x", 0, "x"), ("7 ", 7, ""),
        ("9223372036854775807  {", .max, " {"),
    ])
    func `a line is a time and a frame`(line: String, at: Int64, frame: String) throws {
        let parts = try #require(Self.split(line))
        #expect(parts.at == at)
        #expect(parts.frame == frame)
    }

    @Test(arguments: [
        "", " ", "{}", "12", "12{}", "-1 {}", "1.5 {}", "12\t{}", "9223372036854775808 {}",
        "18446744073709551617 {}", "100000000000000000000 {}",
    ])
    func `a line without nanoseconds and a blank is none`(line: String) {
        #expect(Self.split(line) == nil)
    }
}
