import Quantities

/// A line of a recording of raw frames: when it was received, a blank, the frame.
struct RawFrameLine {
    let receivedAt: Instant
    let frame: UnsafeBufferPointer<UInt8>

    /// Takes a line apart; nil when it does not begin with nanoseconds since 1970 and a blank.
    init?(_ line: UnsafeBufferPointer<UInt8>) {
        var nanoseconds: Int64 = 0
        var index = 0
        while index < line.count {
            let digit = line[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            // Eighteen digits always fit; the nineteenth is checked.
            if index >= 18 {
                let (tenfold, overflow) = nanoseconds.multipliedReportingOverflow(by: 10)
                let (sum, carry) = tenfold.addingReportingOverflow(Int64(digit))
                if overflow || carry { return nil }
                nanoseconds = sum
            } else {
                nanoseconds = nanoseconds &* 10 &+ Int64(digit)
            }
            index += 1
        }
        guard index > 0, index < line.count, line[index] == UInt8(ascii: " ") else { return nil }
        receivedAt = Instant(nanoseconds: nanoseconds)
        frame = UnsafeBufferPointer(rebasing: line[(index + 1)...])
    }
}
