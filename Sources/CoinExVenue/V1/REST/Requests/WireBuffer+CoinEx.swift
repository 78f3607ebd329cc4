import Quantities
import Signing
import WireCodecs

// Pieces of requests, written without a string of their own.

extension WireBuffer {
    mutating func appendDecimal(_ number: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number.magnitude
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 { append(UInt8(ascii: "-")) }
            append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(digits)[first...]))
        }
    }

    /// A JSON string of UTF-8 that is not checked.
    mutating func appendQuoted(_ bytes: UnsafeRawBufferPointer) {
        append(UInt8(ascii: "\""))
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0..<0x20:
                append("\\u00" as StaticString)
                appendHexadecimal(byte)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// A value of a query or a part of a path (RFC 3986): letters, digits and `-._~` stay.
    mutating func appendPercentEncoded(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                append(byte)
            default:
                append(UInt8(ascii: "%"))
                appendHexadecimal(byte)
            }
        }
    }

    private mutating func appendHexadecimal(_ byte: UInt8) {
        let (high, low) = Hexadecimal.digits(of: byte, .upper)
        append(high)
        append(low)
    }
}

extension FixedPoint {
    /// Writes the shortest exact text, and returns its length.
    func writeShortest(to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let start = room.baseAddress, room.count >= DecimalText.lengthMax else {
            preconditionFailure("there is room for the longest decimal")
        }
        var count = write(decimals: FixedPointScale.digits, to: start)
        while room[count - 1] == UInt8(ascii: "0") { count -= 1 }
        return room[count - 1] == UInt8(ascii: ".") ? count - 1 : count
    }
}
