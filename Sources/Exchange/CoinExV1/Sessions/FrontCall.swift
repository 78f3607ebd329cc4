import WireCodecs

/// A value among the parameters of a call.
enum FrontValue: Equatable {
    case int(Int64)
    /// A number that is no whole one that fits.
    case number
    case text(String)
    case bool(Bool)
    case list([FrontValue])
    case null
    case object
}

/// A call as it came on a WebSocket.
struct FrontCall {
    /// A message that is none closes the connection: see `init`.
    var id: Int64
    var name: String
    var parameters: [FrontValue]

    /// Values inside each other beyond this are taken for objects.
    private static let nestingMax = 4

    /// Nil for what the venue closes a connection for: no JSON object, an `id` that is no whole number, a
    /// `method` that is no text, `params` that are no array.
    init?(_ text: UnsafeRawBufferPointer) {
        var json = JSONCursor(text.assumingMemoryBound(to: UInt8.self))
        var id: Int64?
        var name: String?
        var parameters: [FrontValue]?
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "id": id = try json.int()
                case "method": name = try json.string()
                case "params":
                    guard case .list(let values) = try Self.value(&json, depth: 0) else {
                        throw JSONError(.wrongKind, offset: json.offset)
                    }
                    parameters = values
                default: break
                }
            }
            try json.finish()
        } catch {
            return nil
        }
        guard let id, let name, let parameters else { return nil }
        self.id = id
        self.name = name
        self.parameters = parameters
    }

    private static func value(_ json: inout JSONCursor, depth: Int) throws(JSONError) -> FrontValue {
        switch try json.peek() {
        case .string: return .text(try json.string())
        case .bool: return .bool(try json.bool())
        case .null:
            _ = try json.takeNull()
            return .null
        case .number:
            let mark = json.mark
            do throws(JSONError) {
                return .int(try json.int())
            } catch {
                json.rewind(to: mark)
                _ = try json.number()
                return .number
            }
        case .array:
            guard depth < nestingMax else {
                try json.skip()
                return .object
            }
            var values: [FrontValue] = []
            try json.array { json throws(JSONError) in
                values.append(try Self.value(&json, depth: depth + 1))
            }
            return .list(values)
        case .object:
            try json.skip()
            return .object
        }
    }
}

/// Why a call is refused, as the WebSocket says it.
struct FrontCallRefusal: Error, Equatable {
    var code: Int
    var message: String
    /// Whether the connection is closed behind the answer.
    var closes = false

    static let invalidArgument = FrontCallRefusal(code: 1, message: "invalid argument")
    static let unknownMethod = FrontCallRefusal(code: 4, message: "method not found")
    static let requiresAuthentication = FrontCallRefusal(code: 6, message: "require auth")
    static let tooQuick = FrontCallRefusal(code: 7, message: "too quick", closes: true)

    /// What REST says to a signature.
    static func signature(_ refusal: FrontRefusal) -> FrontCallRefusal {
        FrontCallRefusal(code: 11, message: "\(refusal.message)")
    }
}

/// The parameters of a call by their places; whatever does not fit is an invalid argument.
struct FrontArguments {
    let values: [FrontValue]

    func requireCount(_ counts: ClosedRange<Int>) throws(FrontCallRefusal) {
        guard counts.contains(values.count) else { throw .invalidArgument }
    }

    func text(_ index: Int) throws(FrontCallRefusal) -> String {
        guard index < values.count, case .text(let text) = values[index] else { throw .invalidArgument }
        return text
    }

    func int(_ index: Int) throws(FrontCallRefusal) -> Int64 {
        guard index < values.count, case .int(let number) = values[index] else { throw .invalidArgument }
        return number
    }

    func int(_ index: Int, in range: ClosedRange<Int64>) throws(FrontCallRefusal) -> Int {
        let number = try int(index)
        guard range.contains(number) else { throw .invalidArgument }
        return Int(number)
    }

    /// All of them are texts.
    func texts() throws(FrontCallRefusal) -> [String] { try Self.texts(values) }

    func texts(_ index: Int) throws(FrontCallRefusal) -> [String] {
        guard index < values.count, case .list(let list) = values[index] else { throw .invalidArgument }
        return try Self.texts(list)
    }

    private static func texts(_ values: [FrontValue]) throws(FrontCallRefusal) -> [String] {
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else { throw .invalidArgument }
            texts.append(text)
        }
        return texts
    }
}
