import WireCodecs

/// The members of one object, found in one pass, so that a decoder may ask for them by name in any order.
///
/// Nothing is allocated: the table is part of the value. A decoder that asks in the order of the wire finds each
/// member at the first look. Of members with the same name one counts. Members that nobody asks for are checked
/// against the grammar and ignored.
///
/// Valid as long as the text is.
public struct CoinExMembers {
    /// The most members of one object; the largest of the venue has 27.
    package static let membersMax = 48

    private struct Member: BitwiseCopyable {
        var name: JSONText
        var value: JSONCursor.Mark
    }

    private var members = InlineArray<48, Member?>(repeating: nil)
    private var count = 0
    /// Where the next name is looked for first.
    private var next = 0
    private var cursor: JSONCursor
    /// Where the object ends.
    package let end: Int

    package init(_ json: inout JSONCursor) throws(CoinExDecodeError) {
        var members = InlineArray<48, Member?>(repeating: nil)
        var count = 0
        do throws(JSONError) {
            try json.object { json, name throws(JSONError) in
                guard count < Self.membersMax else { throw JSONError(.refused, offset: json.offset) }
                members[count] = Member(name: name, value: json.mark)
                count += 1
            }
        } catch {
            guard error.kind == .refused else { throw CoinExDecodeError(error, field: .whole) }
            throw CoinExDecodeError(.tooMany, offset: error.offset, field: .whole)
        }
        self.members = members
        self.count = count
        cursor = json
        end = json.offset
    }

    /// The place of a member's value; nil when the member is not there.
    private mutating func find(_ field: CoinExField) -> JSONCursor.Mark? {
        for distance in 0..<count {
            var index = next + distance
            if index >= count { index -= count }
            if let member = members[index], field.name ~= member.name {
                next = index + 1 < count ? index + 1 : 0
                return member.value
            }
        }
        return nil
    }

    // MARK: Values

    /// Reads a member that must be there.
    package mutating func value<Value>(
        _ field: CoinExField, _ read: (inout JSONCursor) throws(CoinExDecodeError) -> Value
    ) throws(CoinExDecodeError) -> Value {
        guard let place = find(field) else {
            throw CoinExDecodeError(.missingField, offset: end, field: field)
        }
        cursor.rewind(to: place)
        return try read(&cursor)
    }

    /// Reads a member that may be absent or null.
    package mutating func optional<Value>(
        _ field: CoinExField, _ read: (inout JSONCursor) throws(CoinExDecodeError) -> Value
    ) throws(CoinExDecodeError) -> Value? {
        guard let place = find(field) else { return nil }
        cursor.rewind(to: place)
        do throws(JSONError) {
            if try cursor.takeNull() { return nil }
        } catch {
            throw CoinExDecodeError(error, field: field)
        }
        return try read(&cursor)
    }

    /// Whether the member is a text with nothing in it.
    package mutating func isEmptyText(_ field: CoinExField) -> Bool {
        guard let place = find(field) else { return false }
        cursor.rewind(to: place)
        guard let raw = try? cursor.rawValue() else { return false }
        return raw.count == 2 && raw[0] == UInt8(ascii: "\"")
    }

    /// Whether the member is there.
    package mutating func has(_ field: CoinExField) -> Bool { find(field) != nil }
}
