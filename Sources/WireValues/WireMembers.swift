import WireCodecs

/// The members of one object, for a decoder that asks for each by name.
///
/// Venues write the members of an object in the same order each time. So a decoder asks in that order, and is first
/// tried **in order**: whether the next name is the one that is asked for is one compare, and its value is read right
/// there, in the one pass that there is. A member in another place than expected, one that nobody asks for, a wrong
/// value or broken JSON end the attempt, whatever the reason, and the object is read again **by table**: all of it is
/// checked first, its members are found in any order, and errors say what is wrong and where. So an attempt is only
/// ever a quicker way to the value that the table gives: what it reads are the members that were asked for, each once,
/// and no others.
///
/// Names are compared as they are written, so that `p` and `P` differ. By table, members that nobody asks for are
/// checked against the grammar and ignored, and of members with the same name one counts. A decoder reads a member
/// once.
///
/// What is not as it usually is (`WireMembers+Unusual.swift`) is read by bodies that are handed a copy and hand back
/// where they came to. So nobody takes the address of these members, and the cursor stays in registers.
///
/// Valid as long as the text is. The type is public so that its bodies are carried to the decoders of other modules.
public struct WireMembers {
    /// The most members of one object; the largest that is read has 55.
    @inlinable package static var membersMax: Int { 64 }

    @usableFromInline var cursor: JSONCursor
    /// In front of which names are compared in place: the end of the text in an attempt. By table it is zero, so that
    /// all is left to what is unusual, without another question on the usual way.
    @usableFromInline let limit: Int
    /// Nil in an attempt.
    @usableFromInline let table: WireTable?

    /// By table.
    @usableFromInline
    package init(_ json: inout JSONCursor) throws(WireError) {
        cursor = json
        limit = 0
        table = try WireTable(&json)
    }

    /// In order.
    @inlinable @inline(always)
    package init(attempt json: JSONCursor) throws(WireError) {
        cursor = json
        limit = json.offset &+ json.remaining
        table = nil
        guard cursor.takeStartOfMembers() else { throw Self.stray }
    }

    /// The end of an attempt, which is the end of the object; the place behind it is told.
    @inlinable @inline(always)
    package func finishAttempt() throws(WireError) -> Int {
        var json = cursor
        // Beyond four gigabytes no table is made.
        guard json.takeEndOfMembers(), json.offset <= UInt32.max else { throw Self.stray }
        return json.offset
    }

    /// What ends an attempt. It is never seen: the table finds the reason.
    @usableFromInline package static var stray: WireError {
        @inline(never) get { WireError(.unexpected(""), offset: 0, field: .whole) }
    }

    // MARK: Values

    /// Reads a member that stands where it is asked for and has the usual form; otherwise nil, and nothing is consumed.
    @inlinable @inline(always)
    mutating func usual<Value>(_ field: WireField, _ take: (inout JSONCursor) -> Value?) -> Value? {
        guard cursor.hasName(field.name, before: limit) else { return nil }
        var json = cursor
        json.passName(field.name)
        guard let value = take(&json), json.takeCommaOfMembers() else { return nil }
        cursor = json
        return value
    }

    /// Takes what an unusual member was read as.
    @inlinable @inline(always)
    mutating func settle<Value>(_ read: (value: Value, next: JSONCursor)) -> Value {
        cursor = read.next
        return read.value
    }

    /// Reads a member that must be there, wherever it is.
    @inlinable @inline(always)
    package mutating func value<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        var json = cursor
        if json.hasName(field.name, before: limit) {
            json.passName(field.name)
        } else {
            json = try place(field)
        }
        let value = try read(&json)
        cursor = json.takeCommaOfMembers() ? json : try next(json)
        return value
    }
}

// MARK: - Looking ahead

extension WireMembers {
    /// Whether the member is there, null or not. In an attempt, whether it is next.
    @inlinable @inline(always)
    package func has(_ field: WireField) -> Bool {
        cursor.hasName(field.name, before: limit) || (limit == 0 && isPlaced(field))
    }

    /// Whether both members are there. In an attempt only the first is looked for, as the other one will be asked for.
    @inlinable @inline(always)
    package func opens(with first: WireField, then second: WireField) -> Bool {
        has(first) && (limit > 0 || has(second))
    }

    /// Whether the next member is this one, where the venue has more than one order; by table always.
    @inlinable @inline(always)
    package func comesNext(_ field: WireField) -> Bool {
        limit == 0 || cursor.hasName(field.name, before: limit)
    }

    /// Whether the member is there and is not null. In an attempt, whether it is next; should it come later, the
    /// attempt ends.
    @inlinable @inline(always)
    package mutating func isGiven(_ field: WireField) throws(WireError) -> Bool {
        guard limit > 0 else { return try isGivenByTable(field) }
        guard cursor.hasName(field.name, before: limit) else { return false }
        var json = cursor
        json.passName(field.name)
        guard json.isAt(UInt8(ascii: "n")) else { return true }
        guard json.takeNullHere(), json.takeCommaOfMembers() else { throw Self.stray }
        cursor = json
        return false
    }

    /// Whether a member that must be there is a list.
    @inlinable @inline(always)
    package func isList(_ field: WireField) throws(WireError) -> Bool {
        guard cursor.hasName(field.name, before: limit) else { return try kind(field) == .array }
        var json = cursor
        json.passName(field.name)
        return json.isAt(UInt8(ascii: "["))
    }

    /// What a text member says, which is not consumed in an attempt.
    @inlinable @inline(always)
    package func name(_ field: WireField) throws(WireError) -> WireName {
        guard limit > 0 else { return try nameByTable(field) }
        var json = cursor
        guard json.hasName(field.name, before: limit) else { throw Self.stray }
        json.passName(field.name)
        guard let text = json.takePlainText() else { throw Self.stray }
        return WireName(text: text)
    }

    /// Reads a text member; whether it is one of these. In an attempt it must be.
    @inlinable @inline(always)
    package mutating func isText(
        _ field: WireField, _ text: StaticString, or other: StaticString? = nil
    ) throws(WireError) -> Bool {
        guard limit > 0 else { return try isTextByTable(field, text, other) }
        let found: Void? = usual(field) { json in
            if json.takeText(text) { return () }
            if let other, json.takeText(other) { return () }
            return nil
        }
        guard found != nil else { throw Self.stray }
        return true
    }

    /// Tries to read the object as one of several shapes; nil when it is another one, and by table.
    @inlinable
    package mutating func attempt<Value>(
        _ read: (inout WireMembers) throws(WireError) -> Value
    ) -> Value? {
        guard table == nil else { return nil }
        let cursor = cursor
        do throws(WireError) {
            return try read(&self)
        } catch {
            self.cursor = cursor
            return nil
        }
    }
}

// MARK: - For messages about what is wrong

extension WireMembers {
    /// How many members there are.
    package var memberCount: Int { table?.count ?? 0 }

    /// The names of the members in the order of the wire, for messages about objects that nobody knows.
    package var nameList: String { table?.nameList ?? "" }

    /// Where the object begins, and where it ends.
    package var start: Int { table?.start ?? 0 }
    package var end: Int { table?.end ?? 0 }

    /// Where the member's value begins; the end of the object when it is not there.
    @usableFromInline
    package func offset(_ field: WireField) -> Int { table?.place(of: field)?.offset ?? end }
}
