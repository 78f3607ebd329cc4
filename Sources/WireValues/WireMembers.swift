import WireCodecs

/// The members of one object, for a decoder that asks for each by name.
///
/// Venues write the members of an object in the same order each time. So a decoder asks in that order, and is first
/// tried **in order**: whether the next name is the one that is asked for is one compare, and its value is read right
/// there, in the one pass that there is. A member in another place than expected, a name that comes twice, a wrong
/// value or broken JSON end the attempt, whatever the reason, and the object is read again **by table**: all of it is
/// checked first, its members are found in any order, and errors say what is wrong and where. So an attempt is only
/// ever a quicker way to the value that the table gives.
///
/// Names are compared as they are written, so that `p` and `P` differ. Members that nobody asks for are checked against
/// the grammar and ignored. Of members with the same name one counts. A decoder reads a member once.
///
/// Valid as long as the text is. The type is public so that its bodies are carried to the decoders of other modules.
public struct WireMembers {
    /// The most members of one object; the largest that is read has 55.
    @inlinable package static var membersMax: Int { 64 }
    /// Members in front of one that is asked for, and other than it, that an attempt passes over in one object.
    static var passedMax: Int { 4 }
    /// Members that nobody asked for, of which an attempt passes over so many that there can be no more than are taken.
    static var restMax: Int { 9 }

    @usableFromInline var cursor: JSONCursor
    /// In front of which names are compared in place: the end of the text in an attempt. By table it is zero, so that
    /// all is left to what is unusual, without another question on the usual way.
    @usableFromInline let limit: Int
    /// Nil in an attempt.
    @usableFromInline let table: WireTable?
    @usableFromInline var trail = WireTrail()
    /// Where the object begins.
    @usableFromInline package let start: Int

    /// By table.
    @usableFromInline
    package init(_ json: inout JSONCursor) throws(WireError) {
        cursor = json
        start = json.offset
        limit = 0
        table = try WireTable(&json)
    }

    /// In order.
    @inlinable @inline(always)
    package init(attempt json: JSONCursor) throws(WireError) {
        cursor = json
        start = json.offset
        limit = json.offset &+ json.remaining
        table = nil
        do throws(JSONError) {
            try cursor.beginMembers()
        } catch {
            throw Self.stray
        }
    }

    /// The end of an attempt: what nobody asked for is checked, and the cursor behind the object is handed back.
    @inlinable @inline(always)
    package mutating func finishAttempt() throws(WireError) -> JSONCursor {
        if !cursor.takeEndOfMembers() { try passRest() }
        guard trail.isClean, cursor.offset <= UInt32.max else { throw Self.stray }
        return cursor
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
        trail.read(field)
        return value
    }

    /// Reads a member that must be there, wherever it is.
    @inlinable @inline(always)
    package mutating func value<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        try enter(field)
        let value = try read(&cursor)
        try leave()
        return value
    }

    /// Stands on the value of a member that must be there.
    @inlinable @inline(always)
    mutating func enter(_ field: WireField) throws(WireError) {
        guard cursor.hasName(field.name, before: limit) else { return try search(field) }
        cursor.passName(field.name)
        trail.read(field)
    }

    /// Goes on from a value that was read.
    @inlinable @inline(always)
    mutating func leave() throws(WireError) {
        if !cursor.takeCommaOfMembers() { try leaveAnyhow() }
    }
}

// MARK: - Looking ahead

extension WireMembers {
    /// Whether the member is there, null or not.
    @inlinable @inline(always)
    package mutating func has(_ field: WireField) -> Bool {
        guard limit > 0 else { return placed(field) != nil }
        return isNext(field)
    }

    /// Whether both members are there. In an attempt only the first is looked for, as the other one will be asked for.
    @inlinable @inline(always)
    package mutating func opens(with first: WireField, then second: WireField) -> Bool {
        has(first) && (limit > 0 || has(second))
    }

    /// Whether the next member is this one, where the venue has more than one order; by table always.
    @inlinable @inline(always)
    package func comesNext(_ field: WireField) -> Bool {
        limit == 0 || cursor.hasName(field.name, before: limit)
    }

    /// Whether the member is there and is not null.
    @inlinable @inline(always)
    package mutating func isGiven(_ field: WireField) throws(WireError) -> Bool {
        guard limit > 0 else { return try isGivenByTable(field) }
        guard isNext(field) else { return false }
        var json = cursor
        json.passName(field.name)
        guard json.isAt(UInt8(ascii: "n")) else { return true }
        if let _: Void = usual(field, { json in json.takeNullHere() ? () : nil }) { return false }
        return try passNull(field)
    }

    /// Whether this is the next member of an attempt. If not it is taken for absent: should it come after all, the
    /// attempt ends.
    @inlinable @inline(always)
    mutating func isNext(_ field: WireField) -> Bool {
        if cursor.hasName(field.name, before: limit) { return true }
        trail.miss(field)
        return false
    }

    /// Whether a member that must be there is a list.
    @inlinable @inline(always)
    package mutating func isList(_ field: WireField) throws(WireError) -> Bool {
        guard cursor.hasName(field.name, before: limit) else { return try kind(field) == .array }
        var json = cursor
        json.passName(field.name)
        return json.isAt(UInt8(ascii: "["))
    }

    /// The kind of a member's value; nil when it is not there.
    @usableFromInline
    package mutating func kind(_ field: WireField) throws(WireError) -> JSONCursor.Kind? {
        var json = cursor
        if table == nil {
            guard isNext(field) else { return nil }
            json.passName(field.name)
        } else {
            guard let place = placed(field) else { return nil }
            json.rewind(to: place)
        }
        return try json.wire(field) { json throws(JSONError) in try json.peek() }
    }

    /// What a text member says, which is not consumed in an attempt.
    @inlinable @inline(always)
    package mutating func name(_ field: WireField) throws(WireError) -> WireName {
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
        let (cursor, trail) = (cursor, trail)
        do throws(WireError) {
            return try read(&self)
        } catch {
            self.cursor = cursor
            self.trail = trail
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

    /// Where the object ends.
    package var end: Int { table?.end ?? 0 }

    /// Where the member's value begins; the end of the object when it is not there.
    @usableFromInline
    package func offset(_ field: WireField) -> Int { table?.place(of: field)?.offset ?? end }
}
