import WireCodecs

// What is not as venues usually write it: members in other places, blanks, nulls, and all that is read by table. These
// bodies stand apart, so that the usual way is short.

extension WireMembers {
    @usableFromInline @inline(never)
    mutating func leaveAnyhow() throws(WireError) {
        guard table == nil else { return }
        do throws(JSONError) {
            try cursor.toNextName()
        } catch {
            throw Self.stray
        }
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
                trail.read(field)
                return
            }
            guard trail.passed < Self.passedMax else { throw Self.stray }
            try pass(name)
        }
    }

    /// Consumes the members that are left, and the end of the object.
    @usableFromInline @inline(never)
    mutating func passRest() throws(WireError) {
        while let name = try nextName() {
            guard trail.passed < Self.restMax else { throw Self.stray }
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
            if json.takeBool() == nil { try json.skipValue() }
            try json.toNextName()
        }
    }
}
