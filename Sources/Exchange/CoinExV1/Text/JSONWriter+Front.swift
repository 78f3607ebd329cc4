import Quantities
import WireCodecs

// Figures as the venue writes them: decimals are strings, times are numbers.

extension JSONWriter {
    /// A decimal with exactly so many digits behind its point; more than twelve are zeros.
    mutating func decimal(_ value: some FixedPoint, _ decimals: Int) {
        let kept = min(decimals, FixedPointScale.digits)
        string(lengthMax: DecimalText.lengthMax + 16) { room in
            var length = value.write(decimals: kept, to: room)
            for _ in kept..<min(decimals, kept + 16) {
                room[length] = UInt8(ascii: "0")
                length += 1
            }
            return length
        }
    }

    /// A decimal without zeros at its end.
    mutating func shortest(_ value: some FixedPoint) {
        string(lengthMax: DecimalText.lengthMax) { room in
            var length = value.write(decimals: FixedPointScale.digits, to: room)
            while room[length - 1] == UInt8(ascii: "0") { length -= 1 }
            return room[length - 1] == UInt8(ascii: ".") ? length - 1 : length
        }
    }

    /// Whole seconds.
    mutating func seconds(_ time: Instant) { int(time.wholeSeconds) }

    /// Whole milliseconds.
    mutating func milliseconds(_ time: Instant) { int(time.nanoseconds / 1_000_000) }

    /// Seconds with microseconds, as a number.
    mutating func microseconds(_ time: Instant) {
        let micros = time.nanoseconds / 1_000
        number(lengthMax: DecimalText.lengthMax) { room in
            Amount(raw: Int128(micros) * 1_000_000).write(decimals: 6, to: room)
        }
    }

    /// The key of the value that comes next, from a text.
    mutating func key(_ name: String) {
        var name = name
        name.withUTF8 { key($0) }
    }
}

extension Instant {
    var wholeSeconds: Int64 { nanoseconds / 1_000_000_000 }
}
