import WireCodecs

/// The parameters of one request as texts: those of a query, or the members of a JSON body.
///
/// The text of a value is what the venue signs: a string as it is, neither quoted nor encoded; `True` for a
/// truth and `['a', 'b']` for a list, as Python shows them. Memory is kept from request to request; views of
/// texts are valid until the next request is read.
struct FrontParameters: ~Copyable {
    /// What a value was on the wire; in a query all are texts.
    enum Kind: UInt8 {
        case text
        case number
        case truth
        case null
        case list
    }

    private struct Entry: BitwiseCopyable {
        var nameStart: Int
        var nameEnd: Int
        var valueEnd: Int
        var kind: Kind
    }

    /// More parameters than this are refused; no endpoint has half as many.
    static let countMax = 64
    /// What is kept of the memory of a large request.
    private static let bytesKept = 64 << 10

    private var bytes = WireBuffer(capacity: 1_024)
    private var entries: [Entry] = []
    /// The entries in the order of their names.
    private var order: [Int] = []

    init() {
        entries.reserveCapacity(Self.countMax)
        order.reserveCapacity(Self.countMax)
    }

    var count: Int { entries.count }

    mutating func removeAll() {
        bytes.removeAll(keeping: Self.bytesKept)
        entries.removeAll(keepingCapacity: true)
    }

    mutating func add(_ name: StaticString, _ value: String) {
        let start = bytes.count
        bytes.append(name)
        let end = bytes.count
        bytes.append(value)
        entries.append(Entry(nameStart: start, nameEnd: end, valueEnd: bytes.count, kind: .text))
    }
}

// MARK: - Looking up

extension FrontParameters {
    /// The text of a value; nil when it is not there, is null or is empty.
    func text(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let index = index(of: name) else { return nil }
        let value = value(index)
        return value.isEmpty || entries[index].kind == .null ? nil : value
    }

    /// The text of a value as a string of its own.
    func string(_ name: StaticString) -> String? { text(name).map { String(decoding: $0, as: UTF8.self) } }

    func has(_ name: StaticString) -> Bool { index(of: name) != nil }

    private func index(of name: StaticString) -> Int? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        for index in entries.indices where self.name(index).elementsEqual(wanted) { return index }
        return nil
    }

    private func name(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        view(entries[index].nameStart, entries[index].nameEnd)
    }

    private func value(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        view(entries[index].nameEnd, entries[index].valueEnd)
    }

    private func view(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<end]).assumingMemoryBound(to: UInt8.self)
    }
}

// MARK: - What is signed

extension FrontParameters {
    /// Hands out every pair in ascending order of the names.
    mutating func inOrderOfNames(
        _ body: (_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Void
    ) {
        order.removeAll(keepingCapacity: true)
        for index in entries.indices {
            // Few of them: put into its place among those before.
            var place = order.count
            while place > 0, name(index).lexicographicallyPrecedes(name(order[place - 1])) { place -= 1 }
            order.insert(index, at: place)
        }
        for index in order { body(name(index), value(index)) }
    }
}

// MARK: - Reading a query

extension FrontParameters {
    /// Reads `name=value&…`, percent-encoded; a plus is a blank, as in forms.
    mutating func read(query: UnsafeRawBufferPointer) throws(FrontRefusal) {
        removeAll()
        var start = 0
        while start < query.count {
            var end = start
            while end < query.count, query[end] != UInt8(ascii: "&") { end += 1 }
            if end > start { try readPair(UnsafeRawBufferPointer(rebasing: query[start..<end])) }
            start = end + 1
        }
        try check()
    }

    private mutating func readPair(_ pair: UnsafeRawBufferPointer) throws(FrontRefusal) {
        guard entries.count < Self.countMax else { throw .badParameter("too many parameters") }
        var equals = 0
        while equals < pair.count, pair[equals] != UInt8(ascii: "=") { equals += 1 }
        let nameStart = bytes.count
        try appendDecoded(UnsafeRawBufferPointer(rebasing: pair[..<equals]))
        let nameEnd = bytes.count
        if equals < pair.count { try appendDecoded(UnsafeRawBufferPointer(rebasing: pair[(equals + 1)...])) }
        entries.append(
            Entry(nameStart: nameStart, nameEnd: nameEnd, valueEnd: bytes.count, kind: .text))
    }

    private mutating func appendDecoded(_ text: UnsafeRawBufferPointer) throws(FrontRefusal) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard index + 1 < text.count, let high = Self.hexDigit(text[index]),
                    let low = Self.hexDigit(text[index + 1])
                else { throw .badParameter("a percent sign begins no code") }
                bytes.append(high << 4 | low)
                index += 2
            default: bytes.append(byte)
            }
        }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Each name once, and all of it text.
    private func check() throws(FrontRefusal) {
        var validator = UTF8Validator()
        guard validator.accepts(bytes.bytes), validator.isComplete else {
            throw .badParameter("the parameters are not UTF-8")
        }
        for index in entries.indices {
            for other in entries.indices where other < index && name(other).elementsEqual(name(index)) {
                throw .badParameter("a parameter comes twice")
            }
        }
    }
}

// MARK: - Reading a body

extension FrontParameters {
    /// Reads the members of a JSON object; objects inside it are refused.
    mutating func read(body: UnsafeRawBufferPointer) throws(FrontRefusal) {
        removeAll()
        var json = JSONCursor(body.assumingMemoryBound(to: UInt8.self))
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                guard entries.count < Self.countMax else {
                    throw JSONError(.nestingTooDeep, offset: json.offset)
                }
                let nameStart = bytes.count
                try append(key)
                let nameEnd = bytes.count
                let kind = try appendValue(&json, isInList: false)
                entries.append(
                    Entry(nameStart: nameStart, nameEnd: nameEnd, valueEnd: bytes.count, kind: kind))
            }
            try json.finish()
        } catch {
            removeAll()
            throw .badParameter("the body is no JSON object of plain values")
        }
        try check()
    }

    private mutating func append(_ text: JSONText) throws(JSONError) {
        guard text.isEscaped else {
            bytes.append(UnsafeRawBufferPointer(text.bytes))
            return
        }
        let room = bytes.room(text.bytes.count)
        let target = UnsafeMutableBufferPointer(
            start: room.baseAddress?.assumingMemoryBound(to: UInt8.self), count: text.bytes.count)
        bytes.commit(try text.unescape(into: target))
    }

    /// Appends a value as Python shows it.
    private mutating func appendValue(
        _ json: inout JSONCursor, isInList: Bool
    ) throws(JSONError) -> Kind {
        switch try json.peek() {
        case .string:
            let text = try json.text()
            if isInList { bytes.append(UInt8(ascii: "'")) }
            try append(text)
            if isInList { bytes.append(UInt8(ascii: "'")) }
            return .text
        case .number:
            bytes.append(UnsafeRawBufferPointer(try json.number()))
            return .number
        case .bool:
            bytes.append(try json.bool() ? "True" : "False" as StaticString)
            return .truth
        case .null:
            _ = try json.takeNull()
            bytes.append("None" as StaticString)
            return .null
        case .array:
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            try json.array { json throws(JSONError) in
                if !isFirst { bytes.append(", " as StaticString) }
                isFirst = false
                _ = try appendValue(&json, isInList: true)
            }
            bytes.append(UInt8(ascii: "]"))
            return .list
        case .object: throw JSONError(.wrongKind, offset: json.offset)
        }
    }
}
