import Quantities
import WireCodecs

// Members of each kind that venues write. Those with `OrNil` may be absent or null.

extension WireMembers {
    @inlinable @inline(always)
    package mutating func uint(_ field: WireField) throws(WireError) -> UInt64 {
        try value(field) { json throws(WireError) in try json.wireUInt(field) }
    }

    @inlinable @inline(always)
    package mutating func int(_ field: WireField) throws(WireError) -> Int64 {
        try value(field) { json throws(WireError) in try json.wireInt(field) }
    }

    @inlinable @inline(always)
    package mutating func intOrNil(_ field: WireField) throws(WireError) -> Int64? {
        try isGiven(field) ? try int(field) : nil
    }

    @inlinable @inline(always)
    package mutating func bool(_ field: WireField) throws(WireError) -> Bool {
        try plain(field) { json throws(JSONError) in try json.bool() }
    }

    @inlinable @inline(always)
    package mutating func boolOrNil(_ field: WireField) throws(WireError) -> Bool? {
        try isGiven(field) ? try bool(field) : nil
    }

    /// A whole number that the venue writes as such or as a text.
    @inlinable @inline(always)
    package mutating func number(_ field: WireField) throws(WireError) -> Int64 {
        try value(field) { json throws(WireError) in try json.wireNumber(field) }
    }

    @inlinable @inline(always)
    package mutating func numberOrNil(_ field: WireField) throws(WireError) -> Int64? {
        try isGiven(field) ? try number(field) : nil
    }

    @inlinable @inline(always)
    package mutating func text(_ field: WireField) throws(WireError) -> String {
        try plain(field) { json throws(JSONError) in try json.string() }
    }

    @inlinable @inline(always)
    package mutating func textOrNil(_ field: WireField) throws(WireError) -> String? {
        try isGiven(field) ? try text(field) : nil
    }

    /// A name that the venue writes as a text or as a number.
    @inlinable @inline(always)
    package mutating func label(_ field: WireField) throws(WireError) -> String {
        try plain(field) { json throws(JSONError) in
            if try json.peek() == .string { return try json.string() }
            return String(decoding: try json.number(), as: UTF8.self)
        }
    }

    /// Passes over a member that must be there, whatever its value is.
    @inlinable @inline(always)
    package mutating func skip(_ field: WireField) throws(WireError) {
        try plain(field) { json throws(JSONError) in try json.skipValue() }
    }

    /// The JSON of a member as it was written.
    @inlinable @inline(always)
    package mutating func raw(_ field: WireField) throws(WireError) -> String {
        try plain(field) { json throws(JSONError) in String(decoding: try json.rawValue(), as: UTF8.self) }
    }

    /// A word of a closed set: another one is an error.
    @inlinable @inline(always)
    package mutating func word<Word: WireWord>(_ field: WireField) throws(WireError) -> Word {
        try value(field) { json throws(WireError) in try json.wireWord(field) }
    }

    @inlinable @inline(always)
    package mutating func wordOrNil<Word: WireWord>(_ field: WireField) throws(WireError) -> Word? {
        try isGiven(field) ? try word(field) : nil
    }

    // MARK: Times

    /// A moment in milliseconds since 1970, or in microseconds: the magnitude tells which.
    @inlinable @inline(always)
    package mutating func time(_ field: WireField) throws(WireError) -> Instant {
        try value(field) { json throws(WireError) in try json.wireTime(field) }
    }

    @inlinable @inline(always)
    package mutating func timeOrNil(_ field: WireField) throws(WireError) -> Instant? {
        try isGiven(field) ? try time(field) : nil
    }

    /// A moment that the venue writes as a number or as a text.
    @inlinable @inline(always)
    package mutating func timeAnyhow(_ field: WireField) throws(WireError) -> Instant {
        let value = try number(field)
        guard let time = Instant(wire: value) else {
            throw WireError(.json(.outOfRange), offset: offset(field), field: field)
        }
        return time
    }

    /// A whole number of seconds since 1970.
    @inlinable @inline(always)
    package mutating func seconds(_ field: WireField) throws(WireError) -> Instant {
        try scaledTime(field, nanoseconds: 1_000_000_000)
    }

    /// A whole number of milliseconds since 1970.
    @inlinable @inline(always)
    package mutating func milliseconds(_ field: WireField) throws(WireError) -> Instant {
        try scaledTime(field, nanoseconds: 1_000_000)
    }

    @inlinable @inline(always)
    mutating func scaledTime(
        _ field: WireField, nanoseconds: Int64
    ) throws(WireError) -> Instant {
        let value = try int(field)
        let (time, overflow) = value.multipliedReportingOverflow(by: nanoseconds)
        guard value >= 0, !overflow else {
            throw WireError(.json(.outOfRange), offset: offset(field), field: field)
        }
        return Instant(nanoseconds: time)
    }

    // MARK: Objects and lists

    @inlinable @inline(always)
    package mutating func part<Part: WireValue>(_ field: WireField) throws(WireError) -> Part {
        try value(field) { json throws(WireError) in try Part(reading: &json, as: field) }
    }

    @inlinable @inline(always)
    package mutating func partOrNil<Part: WireValue>(_ field: WireField) throws(WireError) -> Part? {
        try isGiven(field) ? try part(field) : nil
    }

    @inlinable @inline(always)
    mutating func plain<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(WireError) -> Value {
        try value(field) { json throws(WireError) in try json.wire(field, read) }
    }
}
