import WireCodecs

/// The members of one object, found in one pass, so that a decoder may ask for them by name in any order.
///
/// Names of one letter, which is what busy venues write, are found by the letter; longer ones are looked for, beginning
/// behind the last that was found. Names are compared as they are written, so that `p` and `P` differ. Nothing is
/// allocated: the tables are part of the value. Members that nobody asks for are checked against the grammar and
/// ignored. Of members with the same name one counts.
///
/// Valid as long as the text is.
package struct WireMembers {
    /// The most members of one object; the largest that is read has 55.
    package static let membersMax = 64

    /// One more than the number of the member that has this letter for a name, 0 where there is none.
    private var letters = InlineArray<128, UInt8>(repeating: 0)
    /// Where values begin.
    private var places = InlineArray<64, UInt32>(repeating: 0)
    /// Where names begin, and how long they are.
    private var names = InlineArray<64, UInt32>(repeating: 0)
    private var lengths = InlineArray<64, UInt32>(repeating: 0)
    private var count = 0
    /// Where the next long name is looked for first.
    private var next = 0
    private var cursor: JSONCursor
    /// A place in the object, whose depth all its values have.
    private var inside: JSONCursor.Mark
    /// The first byte of the text; never read from while there are no members.
    private var text: UnsafePointer<UInt8>?
    /// Where the object begins and ends.
    package let start: Int
    package private(set) var end: Int

    package init(_ json: inout JSONCursor) throws(WireError) {
        cursor = json
        inside = json.mark
        start = json.offset
        end = json.offset
        do throws(JSONError) {
            try json.object { json, name throws(JSONError) in
                // Beyond four gigabytes there are no messages.
                guard count < Self.membersMax, let place = UInt32(exactly: json.offset) else {
                    throw JSONError(.refused, offset: json.offset)
                }
                if count == 0 {
                    inside = json.mark
                    text = name.bytes.baseAddress.map { $0 - name.offset }
                }
                places[count] = place
                names[count] = UInt32(truncatingIfNeeded: name.offset)
                lengths[count] = UInt32(truncatingIfNeeded: name.bytes.count)
                count += 1
                if name.bytes.count == 1, name.bytes[0] < 128 {
                    letters[Int(name.bytes[0])] = UInt8(truncatingIfNeeded: count)
                }
            }
        } catch {
            guard error.kind == .refused else { throw WireError(error, field: .whole) }
            throw WireError(.tooMany, offset: error.offset, field: .whole)
        }
        end = json.offset
    }

    /// How many members there are.
    package var memberCount: Int { count }

    /// The names of the members in the order of the wire, for messages about objects that nobody knows.
    package var nameList: String {
        var list = ""
        for index in 0..<min(count, 8) {
            list += (index == 0 ? "" : ", ") + String(decoding: name(index), as: UTF8.self)
        }
        return count > 8 ? list + ", …" : list
    }

    /// The number of a member; nil when it is not there.
    private mutating func find(_ field: WireField) -> Int? {
        let length = field.name.utf8CodeUnitCount
        if length == 1 {
            let number = Int(letters[Int(field.name.utf8Start[0] & 0x7F)])
            return number > 0 ? number - 1 : nil
        }
        for distance in 0..<count {
            var index = next + distance
            if index >= count { index -= count }
            if lengths[index] == length, name(index).equals(field.name) {
                next = index + 1 < count ? index + 1 : 0
                return index
            }
        }
        return nil
    }

    private func name(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.map { $0 + Int(names[index]) }, count: Int(lengths[index]))
    }

    // MARK: Values

    /// Whether the member is there, null or not.
    package mutating func has(_ field: WireField) -> Bool { find(field) != nil }

    /// Whether the member is there and is not null.
    package mutating func isGiven(_ field: WireField) throws(WireError) -> Bool {
        guard let index = find(field) else { return false }
        return try kind(at: index, field) != .null
    }

    /// The kind of a member's value; nil when it is not there.
    package mutating func kind(_ field: WireField) throws(WireError) -> JSONCursor.Kind? {
        guard let index = find(field) else { return nil }
        return try kind(at: index, field)
    }

    private mutating func kind(at index: Int, _ field: WireField) throws(WireError) -> JSONCursor.Kind {
        cursor.rewind(to: inside.moved(to: Int(places[index])))
        do throws(JSONError) {
            return try cursor.peek()
        } catch {
            throw WireError(error, field: field)
        }
    }

    /// Where the member's value begins; the end of the object when it is not there.
    package mutating func offset(_ field: WireField) -> Int {
        guard let index = find(field) else { return end }
        cursor.rewind(to: inside.moved(to: Int(places[index])))
        return cursor.offset
    }

    /// Reads a member that must be there.
    package mutating func value<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        guard let index = find(field) else {
            throw WireError(.missingField, offset: end, field: field)
        }
        cursor.rewind(to: inside.moved(to: Int(places[index])))
        return try read(&cursor)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are the bytes of a name of the same length.
    fileprivate func equals(_ name: StaticString) -> Bool {
        for index in indices where self[index] != name.utf8Start[index] { return false }
        return true
    }
}
