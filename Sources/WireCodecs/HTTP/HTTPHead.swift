/// The start line and the fields of a message, in memory of their own.
///
/// Names and values are views of that memory: valid until the reader takes the next head.
public struct HTTPHead: ~Copyable {
    /// A piece of the head.
    struct Piece: BitwiseCopyable {
        var start: Int32
        var end: Int32

        static let empty = Piece(0..<0)

        init(_ range: Range<Int>) {
            start = Int32(range.lowerBound)
            end = Int32(range.upperBound)
        }
    }

    struct Field: BitwiseCopyable {
        var name: Piece
        var value: Piece
    }

    var storage = WireBuffer(capacity: 2_048)
    private(set) var fields: [Field] = []
    /// Of a head of which it is not known yet whether it is whole.
    private var candidates: [Field] = []
    /// A bit for each length that a name has, the last one for all that are longer: most names that are asked
    /// for are not there, which this tells at once.
    private var nameLengths: UInt64 = 0

    // Of a request.
    var methodPiece = Piece.empty
    var targetPiece = Piece.empty
    // Of a response.
    /// 100 to 999; 0 in a request.
    package internal(set) var status = 0
    var reasonPiece = Piece.empty
    /// Whether the version is HTTP/1.0.
    package internal(set) var isOldVersion = false

    init() {
        fields.reserveCapacity(32)
        candidates.reserveCapacity(32)
    }

    package var method: UnsafeRawBufferPointer { view(methodPiece) }
    package var target: UnsafeRawBufferPointer { view(targetPiece) }
    package var reason: UnsafeRawBufferPointer { view(reasonPiece) }

    func view(_ piece: Piece) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: storage.bytes[Int(piece.start)..<Int(piece.end)])
    }

    mutating func clear() {
        storage.removeAll(keeping: 64 << 10)
        fields.removeAll(keepingCapacity: true)
        nameLengths = 0
        status = 0
    }

    mutating func add(_ field: Field) {
        fields.append(field)
        nameLengths |= Self.lengthBit(Int(field.name.end &- field.name.start))
    }

    /// Takes a head that the bytes begin with, in one pass; nil when it is not whole, or not good in every field.
    ///
    /// Then nothing has changed, and the head is to be searched for its end and parsed, which tells what is wrong
    /// with it. What this takes, that takes too. Returns the length; throws when the start line is bad.
    mutating func takeUsual(
        _ bytes: UnsafeRawBufferPointer, isRequest: Bool, _ limits: HTTPLimits
    ) throws(HTTPFault) -> Int? {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes.prefix(limits.headMax))
        guard let feed = ByteSearch.first(0x0A, in: bytes, from: 0), feed >= 2, bytes[feed - 1] == 0x0D
        else { return nil }
        candidates.removeAll(keepingCapacity: true)
        var lengths: UInt64 = 0
        var index = feed + 1
        while true {
            guard index + 1 < bytes.count else { return nil }
            if bytes[index] == 0x0D, bytes[index + 1] == 0x0A { break }
            guard candidates.count < limits.fieldsMax, let field = Self.field(bytes, &index) else {
                return nil
            }
            candidates.append(field)
            lengths |= Self.lengthBit(Int(field.name.end &- field.name.start))
        }
        clear()
        swap(&fields, &candidates)
        nameLengths = lengths
        storage.append(UnsafeRawBufferPointer(rebasing: bytes[..<(index + 2)]))
        try parseStartLine(isRequest: isRequest, storage.bytes, 0..<(feed - 1), limits)
        return index + 2
    }

    /// A trailer goes again when it has been looked at.
    mutating func dropLastField() { fields.removeLast() }

    @inline(__always)
    private static func lengthBit(_ length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }

    private func mayHave(_ name: StaticString) -> Bool {
        nameLengths & Self.lengthBit(name.utf8CodeUnitCount) != 0
    }
}

// MARK: - Fields

extension HTTPHead {
    package var fieldCount: Int { fields.count }

    /// Most names differ in their lengths already.
    @inline(__always)
    private func isNamed(_ field: Field, _ name: StaticString) -> Bool {
        Int(field.name.end &- field.name.start) == name.utf8CodeUnitCount
            && HTTPText.equals(view(field.name), name)
    }

    package func name(at index: Int) -> UnsafeRawBufferPointer { view(fields[index].name) }
    package func value(at index: Int) -> UnsafeRawBufferPointer { view(fields[index].value) }

    /// The value of the first field of a name, which is given in lower case.
    package func first(_ name: StaticString) -> UnsafeRawBufferPointer? {
        guard mayHave(name) else { return nil }
        for field in fields where isNamed(field, name) { return view(field.value) }
        return nil
    }

    /// How many fields of the name there are.
    package func count(of name: StaticString) -> Int { all(name).count }

    /// How many fields of the name there are, and the value of the first.
    func all(_ name: StaticString) -> (count: Int, first: UnsafeRawBufferPointer?) {
        guard mayHave(name) else { return (0, nil) }
        var count = 0
        var first: UnsafeRawBufferPointer?
        for field in fields where isNamed(field, name) {
            if count == 0 { first = view(field.value) }
            count += 1
        }
        return (count, first)
    }

    /// The values of all fields of a name, joined as one list; nil when there is none.
    package func list(_ name: StaticString) -> String? {
        var text: String?
        for field in fields where isNamed(field, name) {
            let value = String(decoding: view(field.value), as: UTF8.self)
            text = text.map { $0 + ", " + value } ?? value
        }
        return text
    }

    /// Whether a list field has an element, which is given in lower case.
    package func has(_ element: StaticString, in name: StaticString) -> Bool {
        guard mayHave(name) else { return false }
        for field in fields where isNamed(field, name) {
            if HTTPText.list(view(field.value), has: element) { return true }
        }
        return false
    }

    /// Whether the connection is to stay open behind the message (RFC 9112, section 9.3).
    package var keepsAlive: Bool {
        if has("close", in: "connection") { return false }
        return isOldVersion ? has("keep-alive", in: "connection") : true
    }
}

// MARK: - Requests

extension HTTPHead {
    /// Whether the request's method is this one; methods are told apart by case.
    package func isMethod(_ name: StaticString) -> Bool { HTTPText.isExactly(method, name) }
}
