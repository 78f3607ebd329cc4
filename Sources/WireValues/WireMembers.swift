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

    @usableFromInline var cursor: JSONCursor
    /// Nil in an attempt.
    @usableFromInline let table: WireTable?
    @usableFromInline var trail = WireTrail()
    @usableFromInline var passed = 0
    /// Where the object begins.
    @usableFromInline package let start: Int

    /// By table.
    @usableFromInline
    package init(_ json: inout JSONCursor) throws(WireError) {
        cursor = json
        start = json.offset
        table = try WireTable(&json)
    }

    /// In order.
    @inlinable @inline(always)
    package init(attempt json: JSONCursor) throws(WireError) {
        cursor = json
        start = json.offset
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
        guard trail.isClean, trail.count <= Self.membersMax, cursor.offset <= UInt32.max else {
            throw Self.stray
        }
        return cursor
    }

    /// What ends an attempt. It is never seen: the table finds the reason.
    @usableFromInline package static var stray: WireError {
        @inline(never) get { WireError(.unexpected(""), offset: 0, field: .whole) }
    }

    // MARK: For messages about what is wrong

    /// How many members there are.
    package var memberCount: Int { table?.count ?? 0 }

    /// The names of the members in the order of the wire, for messages about objects that nobody knows.
    package var nameList: String { table?.nameList ?? "" }

    /// Where the object ends.
    package var end: Int { table?.end ?? 0 }

    /// Where the member's value begins; the end of the object when it is not there.
    @usableFromInline
    package func offset(_ field: WireField) -> Int { table?.place(of: field)?.offset ?? end }

    // MARK: Looking ahead

    /// Whether the member is there, null or not.
    @inlinable @inline(always)
    package mutating func has(_ field: WireField) -> Bool {
        guard table == nil else { return placed(field) != nil }
        return isNext(field)
    }

    /// Whether both members are there. In an attempt only the first is looked for, as the other one will be asked for.
    @inlinable @inline(always)
    package mutating func opens(with first: WireField, then second: WireField) -> Bool {
        has(first) && (table == nil || has(second))
    }

    /// Whether the next member is this one, where the venue has more than one order; by table always.
    @inlinable @inline(always)
    package func comesNext(_ field: WireField) -> Bool { table != nil || cursor.hasName(field.name) }

    /// Whether the member is there and is not null.
    @inlinable @inline(always)
    package mutating func isGiven(_ field: WireField) throws(WireError) -> Bool {
        guard table == nil else { return try isGivenByTable(field) }
        guard isNext(field) else { return false }
        var json = cursor
        guard json.takeName(field.name) else { return false }
        return json.isAtNull ? try passNull(field) : true
    }

    /// The kind of a member's value; nil when it is not there.
    package mutating func kind(_ field: WireField) throws(WireError) -> JSONCursor.Kind? {
        var json = cursor
        if table == nil {
            guard isNext(field), json.takeName(field.name) else { return nil }
        } else {
            guard let place = placed(field) else { return nil }
            json.rewind(to: place)
        }
        return try json.wire(field) { json throws(JSONError) in try json.peek() }
    }

    // MARK: Values

    /// Reads a member that must be there.
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
        guard table == nil, cursor.takeName(field.name) else { return try search(field) }
        guard trail.read(field) else { throw Self.stray }
    }

    /// Goes on from a value that was read.
    @inlinable @inline(always)
    mutating func leave() throws(WireError) {
        guard table == nil else { return }
        do throws(JSONError) {
            try cursor.toNextName()
        } catch {
            throw Self.stray
        }
    }

    /// What a text member says, which is not consumed in an attempt.
    @inlinable @inline(always)
    package mutating func name(_ field: WireField) throws(WireError) -> WireName {
        guard table == nil else { return try nameByTable(field) }
        var json = cursor
        guard json.takeName(field.name) else { throw Self.stray }
        do throws(JSONError) {
            let text = try json.text()
            guard !text.isEscaped else { throw JSONError(.escapedText, offset: 0) }
            return WireName(text: text)
        } catch {
            throw Self.stray
        }
    }

    /// Reads a text member; whether it is one of these. In an attempt it must be.
    @inlinable @inline(always)
    package mutating func isText(
        _ field: WireField, _ text: StaticString, or other: StaticString? = nil
    ) throws(WireError) -> Bool {
        guard table == nil else { return try isTextByTable(field, text, other) }
        try enter(field)
        if !cursor.takeText(text) {
            guard let other, cursor.takeText(other) else { throw Self.stray }
        }
        try leave()
        return true
    }

    /// Tries to read the object as one of several shapes; nil when it is another one, and by table.
    @inlinable
    package mutating func attempt<Value>(
        _ read: (inout WireMembers) throws(WireError) -> Value
    ) -> Value? {
        guard table == nil else { return nil }
        var other = self
        do throws(WireError) {
            let value = try read(&other)
            self = other
            return value
        } catch {
            return nil
        }
    }
}

// MARK: - What is unusual

extension WireMembers {
    /// Whether this is the next member of an attempt. If not it is taken for absent: should it come after all, the
    /// attempt ends.
    @inlinable @inline(always)
    mutating func isNext(_ field: WireField) -> Bool {
        if cursor.hasName(field.name) { return true }
        trail.pass(field)
        return false
    }

    /// Consumes a member that is null; false.
    @usableFromInline @inline(never)
    mutating func passNull(_ field: WireField) throws(WireError) -> Bool {
        try enter(field)
        _ = try cursor.wire(field) { json throws(JSONError) in try json.takeNull() }
        try leave()
        return false
    }

    @usableFromInline @inline(never)
    func placed(_ field: WireField) -> JSONCursor.Mark? { table?.place(of: field) }

    @usableFromInline @inline(never)
    func isGivenByTable(_ field: WireField) throws(WireError) -> Bool {
        guard let place = placed(field) else { return false }
        var json = cursor
        json.rewind(to: place)
        return try json.wire(field) { json throws(JSONError) in try json.peek() } != .null
    }

    @usableFromInline @inline(never)
    mutating func nameByTable(_ field: WireField) throws(WireError) -> WireName {
        WireName(spelled: try text(field))
    }

    @usableFromInline @inline(never)
    mutating func isTextByTable(
        _ field: WireField, _ text: StaticString, _ other: StaticString?
    ) throws(WireError) -> Bool {
        let name = try self.text(field)
        return name == text.description || other.map { name == $0.description } ?? false
    }

    /// Finds a member that is not next, or whose name is spelled with blanks behind it.
    @usableFromInline @inline(never)
    mutating func search(_ field: WireField) throws(WireError) {
        if let table {
            guard let place = table.place(of: field) else {
                throw WireError(.missingField, offset: table.end, field: field)
            }
            cursor.rewind(to: place)
            return
        }
        while true {
            guard let name = try nextName() else { throw Self.stray }
            if name.bytes.count == field.name.utf8CodeUnitCount, field.name ~= name {
                guard trail.read(field) else { throw Self.stray }
                return
            }
            passed += 1
            guard passed <= Self.passedMax else { throw Self.stray }
            try pass(name)
        }
    }

    /// Consumes the members that are left, and the end of the object.
    @usableFromInline @inline(never)
    mutating func passRest() throws(WireError) {
        while let name = try nextName() {
            guard trail.count < Self.membersMax else { throw Self.stray }
            try pass(name)
        }
        guard cursor.takeEndOfMembers() else { throw Self.stray }
    }

    private mutating func nextName() throws(WireError) -> JSONText? {
        try cursor.wire(.whole) { json throws(JSONError) in try json.memberName() }
    }

    private mutating func pass(_ name: JSONText) throws(WireError) {
        guard trail.pass(name) else { throw Self.stray }
        try cursor.wire(.whole) { json throws(JSONError) in
            try json.skipValue()
            try json.toNextName()
        }
    }
}
