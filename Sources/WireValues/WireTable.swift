import WireCodecs

/// The places of all members of one object, found in one pass, so that they may be asked for in any order.
///
/// Names of one letter are found by the letter, longer ones are looked for, beginning behind the last that was found.
/// Of members with the same name one counts: of one letter the last, of longer ones the first from where is looked.
@usableFromInline
final class WireTable {
    /// One more than the number of the member that has this letter for a name, 0 where there is none.
    private var letters = InlineArray<128, UInt8>(repeating: 0)
    /// Where values begin.
    private var places = InlineArray<64, UInt32>(repeating: 0)
    /// Where names begin, and how long they are.
    private var names = InlineArray<64, UInt32>(repeating: 0)
    private var lengths = InlineArray<64, UInt32>(repeating: 0)
    /// How many members there are.
    private(set) var count = 0
    /// Where the next long name is looked for first.
    private var next = 0
    /// A place in the object, whose depth all its values have.
    private var inside: JSONCursor.Mark
    /// The first byte of the text; never read from while there are no members.
    private var text: UnsafePointer<UInt8>?
    /// Where the object begins and ends.
    let start: Int
    private(set) var end: Int

    init(_ json: inout JSONCursor) throws(WireError) {
        inside = json.mark
        start = json.offset
        end = json.offset
        do throws(JSONError) {
            try json.object { json, name throws(JSONError) in
                // Beyond four gigabytes there are no messages.
                guard count < WireMembers.membersMax, let place = UInt32(exactly: json.offset) else {
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

    /// The names of the members in the order of the wire.
    var nameList: String {
        var list = ""
        for index in 0..<min(count, 8) {
            list += (index == 0 ? "" : ", ") + String(decoding: name(index), as: UTF8.self)
        }
        return count > 8 ? list + ", …" : list
    }

    /// Where a member's value is; nil when there is no such member.
    func place(of field: WireField) -> JSONCursor.Mark? {
        index(of: field).map { inside.moved(to: Int(places[$0])) }
    }

    private func index(of field: WireField) -> Int? {
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
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are the bytes of a name of the same length.
    fileprivate func equals(_ name: StaticString) -> Bool {
        for index in indices where self[index] != name.utf8Start[index] { return false }
        return true
    }
}
