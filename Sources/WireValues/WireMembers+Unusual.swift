import WireCodecs

// What is not as venues usually write it: values in other forms, blanks, and all that is read by table. These bodies
// stand apart, so that the usual way is short, and change nothing: they hand back where they came to.

extension WireMembers {
    /// On the value of a member that must be there: by table wherever it is, in an attempt where it is next and its
    /// name is spelled with blanks.
    @usableFromInline @inline(never)
    func place(_ field: WireField) throws(WireError) -> JSONCursor {
        var json = cursor
        if let table {
            guard let place = table.place(of: field) else {
                throw WireError(.missingField, offset: table.end, field: field)
            }
            json.rewind(to: place)
            return json
        }
        let name = try json.wire(.whole) { json throws(JSONError) in try json.memberName() }
        guard let name, name.bytes.count == field.name.utf8CodeUnitCount, field.name ~= name else {
            throw Self.stray
        }
        return json
    }

    /// Behind a value: on the next name or the end of the object; by table it does not matter where.
    @usableFromInline @inline(never)
    func next(_ json: JSONCursor) throws(WireError) -> JSONCursor {
        guard table == nil else { return cursor }
        var json = json
        try json.wire(.whole) { json throws(JSONError) in try json.toNextName() }
        return json
    }

    /// Reads a member in any form.
    @inlinable @inline(always)
    func anyhow<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(WireError) -> Value
    ) throws(WireError) -> (value: Value, next: JSONCursor) {
        var json = try place(field)
        let value = try read(&json)
        return (value, try next(json))
    }

    // MARK: By table

    @usableFromInline @inline(never)
    func isPlaced(_ field: WireField) -> Bool { table?.place(of: field) != nil }

    /// The kind of a member's value; nil when it is not there, or not next in an attempt.
    @usableFromInline @inline(never)
    package func kind(_ field: WireField) throws(WireError) -> JSONCursor.Kind? {
        guard has(field) else { return nil }
        var json = try place(field)
        return try json.wire(field) { json throws(JSONError) in try json.peek() }
    }

    @usableFromInline @inline(never)
    func isGivenByTable(_ field: WireField) throws(WireError) -> Bool {
        guard let kind = try kind(field) else { return false }
        return kind != .null
    }

    @usableFromInline @inline(never)
    func nameByTable(_ field: WireField) throws(WireError) -> WireName {
        WireName(spelled: try stringByTable(field))
    }

    @usableFromInline @inline(never)
    func isTextByTable(
        _ field: WireField, _ text: StaticString, _ other: StaticString?
    ) throws(WireError) -> Bool {
        let name = try stringByTable(field)
        return name == text.description || other.map { name == $0.description } ?? false
    }

    private func stringByTable(_ field: WireField) throws(WireError) -> String {
        var json = try place(field)
        return try json.wire(field) { json throws(JSONError) in try json.string() }
    }
}
