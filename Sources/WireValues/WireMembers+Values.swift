import Quantities
import WireCodecs

// Members of each kind that venues write. Those with `OrNil` may be absent or null.
//
// Each is first read as venues usually write it. Whatever is not so is left to a body of its own that stands apart,
// which takes every form and has all of the errors.

extension WireMembers {
    @inlinable @inline(always)
    package mutating func uint(_ field: WireField) throws(WireError) -> UInt64 {
        if let value = usual(field, { json in json.takeWhole() }) { return value }
        return settle(try uintAnyhow(field))
    }

    @inlinable @inline(always)
    package mutating func uintOrNil(_ field: WireField) throws(WireError) -> UInt64? {
        try isGiven(field) ? try uint(field) : nil
    }

    @inlinable @inline(always)
    package mutating func int(_ field: WireField) throws(WireError) -> Int64 {
        if let value = usual(field, { json in json.takeWhole() }) { return Int64(truncatingIfNeeded: value) }
        return settle(try intAnyhow(field))
    }

    @inlinable @inline(always)
    package mutating func intOrNil(_ field: WireField) throws(WireError) -> Int64? {
        try isGiven(field) ? try int(field) : nil
    }

    @inlinable @inline(always)
    package mutating func bool(_ field: WireField) throws(WireError) -> Bool {
        if let value = usual(field, { json in json.takeBool() }) { return value }
        return try plain(field) { json throws(JSONError) in try json.bool() }
    }

    @inlinable @inline(always)
    package mutating func boolOrNil(_ field: WireField) throws(WireError) -> Bool? {
        try isGiven(field) ? try bool(field) : nil
    }

    /// A whole number that the venue writes as such or as a text.
    @inlinable @inline(always)
    package mutating func number(_ field: WireField) throws(WireError) -> Int64 {
        let value = usual(field) { json in json.takeWhole() ?? json.takeQuotedWhole() }
        if let value { return Int64(truncatingIfNeeded: value) }
        return settle(try numberAnyhow(field))
    }

    @inlinable @inline(always)
    package mutating func numberOrNil(_ field: WireField) throws(WireError) -> Int64? {
        try isGiven(field) ? try number(field) : nil
    }

    /// A moment in milliseconds since 1970, or in microseconds: the magnitude tells which.
    @inlinable @inline(always)
    package mutating func time(_ field: WireField) throws(WireError) -> Instant {
        if let value = usual(field, { json in json.takeWhole() }) {
            if let time = Instant(wire: Int64(truncatingIfNeeded: value)) { return time }
            throw timeRefused(field)
        }
        return settle(try timeAnyhow(field))
    }

    @inlinable @inline(always)
    package mutating func timeOrNil(_ field: WireField) throws(WireError) -> Instant? {
        try isGiven(field) ? try time(field) : nil
    }

    /// A short text, kept in place.
    @inlinable @inline(always)
    package mutating func short<let words: Int>(_ field: WireField) throws(WireError) -> InlineText<words> {
        if let text: InlineText<words> = usual(field, { json in json.takeText() }) { return text }
        return try plain(field) { json throws(JSONError) in try json.inlineText() }
    }

    @inlinable @inline(always)
    package mutating func shortOrNil<let words: Int>(
        _ field: WireField
    ) throws(WireError) -> InlineText<words>? {
        try isGiven(field) ? try short(field) : nil
    }

    @inlinable @inline(always)
    package mutating func text(_ field: WireField) throws(WireError) -> String {
        try plain(field) { json throws(JSONError) in try json.string() }
    }

    @inlinable @inline(always)
    package mutating func textOrNil(_ field: WireField) throws(WireError) -> String? {
        try isGiven(field) ? try text(field) : nil
    }

    /// A word of a closed set: another one is an error.
    @inlinable @inline(always)
    package mutating func word<Word: WireWord>(_ field: WireField) throws(WireError) -> Word {
        let word: Word? = usual(field) { json in json.takePlainText().flatMap { Word(written: $0) } }
        if let word { return word }
        return try value(field) { json throws(WireError) in try json.wireWord(field) }
    }

    @inlinable @inline(always)
    package mutating func wordOrNil<Word: WireWord>(_ field: WireField) throws(WireError) -> Word? {
        try isGiven(field) ? try word(field) : nil
    }

    /// Passes over a member that nobody needs where it stands next: a truth value, a text or a whole number.
    ///
    /// Left alone it is passed over too, only slower.
    @inlinable @inline(always)
    package mutating func ignore(_ field: WireField) {
        let _: Void? = usual(field) { json in
            json.takeBool() != nil || json.takePlainText() != nil || json.takeWhole() != nil ? () : nil
        }
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
}

// MARK: - Rarer kinds

extension WireMembers {
    /// A name that the venue writes as a text or as a number.
    package mutating func label(_ field: WireField) throws(WireError) -> String {
        try plain(field) { json throws(JSONError) in
            if try json.peek() == .string { return try json.string() }
            return String(decoding: try json.number(), as: UTF8.self)
        }
    }

    /// Passes over a member that must be there, whatever its value is.
    package mutating func skip(_ field: WireField) throws(WireError) {
        try plain(field) { json throws(JSONError) in try json.skipValue() }
    }

    /// The JSON of a member as it was written.
    package mutating func raw(_ field: WireField) throws(WireError) -> String {
        try plain(field) { json throws(JSONError) in String(decoding: try json.rawValue(), as: UTF8.self) }
    }

    /// A moment that the venue writes as a number or as a text.
    package mutating func quotedTime(_ field: WireField) throws(WireError) -> Instant {
        let value = try number(field)
        guard let time = Instant(wire: value) else { throw timeRefused(field) }
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
        guard value >= 0, !overflow else { throw timeRefused(field) }
        return Instant(nanoseconds: time)
    }
}

// MARK: - Every form

extension WireMembers {
    @usableFromInline @inline(never)
    func uintAnyhow(_ field: WireField) throws(WireError) -> (value: UInt64, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in try json.wireUInt(field) }
    }

    @usableFromInline @inline(never)
    func intAnyhow(_ field: WireField) throws(WireError) -> (value: Int64, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in try json.wireInt(field) }
    }

    @usableFromInline @inline(never)
    func numberAnyhow(_ field: WireField) throws(WireError) -> (value: Int64, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in try json.wireNumber(field) }
    }

    @usableFromInline @inline(never)
    func timeAnyhow(_ field: WireField) throws(WireError) -> (value: Instant, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in try json.wireTime(field) }
    }

    @usableFromInline @inline(never)
    func timeRefused(_ field: WireField) -> WireError {
        WireError(.json(.outOfRange), offset: offset(field), field: field)
    }

    @inlinable @inline(always)
    mutating func plain<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(WireError) -> Value {
        settle(try plainAnyhow(field, read))
    }

    @inlinable @inline(never)
    func plainAnyhow<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(WireError) -> (value: Value, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in try json.wire(field, read) }
    }
}
