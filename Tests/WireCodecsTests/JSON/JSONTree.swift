import Quantities
import WireCodecs

/// A whole JSON value in memory, read with the cursor and written with the writer.
indirect enum JSONTree: Equatable {
    case object([Member])
    case array([JSONTree])
    case string(String)
    case number(String)
    case bool(Bool)
    case null

    struct Member: Equatable {
        var key: String
        var value: JSONTree
    }

    /// Reads one value through every reading operation that its kind has.
    static func read(_ json: inout JSONCursor) throws(JSONError) -> JSONTree {
        switch try json.peek() {
        case .object:
            var members: [Member] = []
            try json.object { json, key throws(JSONError) in
                members.append(Member(key: try key.string(), value: try read(&json)))
            }
            return .object(members)
        case .array:
            var elements: [JSONTree] = []
            try json.array { json throws(JSONError) in elements.append(try read(&json)) }
            return .array(elements)
        case .string: return .string(try json.string())
        case .number: return .number(String(decoding: try json.number(), as: UTF8.self))
        case .bool: return .bool(try json.bool())
        case .null:
            guard try json.takeNull() else { throw JSONError(.refused, offset: json.offset) }
            return .null
        }
    }

    /// As `read`, with loops instead of bodies.
    static func readInLoops(_ json: inout JSONCursor) throws(JSONError) -> JSONTree {
        switch try json.peek() {
        case .object:
            var members: [Member] = []
            var next = try json.firstKey()
            while let key = next {
                let name = try key.string()
                members.append(Member(key: name, value: try readInLoops(&json)))
                next = try json.nextKey()
            }
            return .object(members)
        case .array:
            var elements: [JSONTree] = []
            var goesOn = try json.beginList()
            while goesOn {
                elements.append(try readInLoops(&json))
                goesOn = try json.nextOfList()
            }
            return .array(elements)
        case .string, .number, .bool, .null: return try read(&json)
        }
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .object(let members):
            json.object { json in
                for member in members {
                    var key = member.key
                    key.withUTF8 { json.key($0) }
                    member.value.write(to: &json)
                }
            }
        case .array(let elements):
            json.array { json in
                for element in elements { element.write(to: &json) }
            }
        case .string(let text): json.string(text)
        case .number(var text): text.withUTF8 { json.number($0) }
        case .bool(let value): json.bool(value)
        case .null: json.null()
        }
    }

    /// Some value; containers become rarer with the depth.
    static func random(_ random: inout SeededRandom, depth: Int = 0) -> JSONTree {
        switch random.below(depth < 5 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(random.chance(0.5))
        case 2: return .number(numbers[random.below(numbers.count)])
        case 3: return .number(String(Int64(truncatingIfNeeded: random.next())))
        case 4, 5: return .string(text(&random))
        case 6:
            return .array((0..<random.below(5)).map { _ in Self.random(&random, depth: depth + 1) })
        default:
            return .object(
                (0..<random.below(5)).map { _ in
                    Member(key: text(&random), value: Self.random(&random, depth: depth + 1))
                })
        }
    }

    private static let numbers = [
        "0", "-0", "1", "-1.5", "61837.63000000", "0.000000000123", "1e5", "1E-07", "-2.5e+300",
    ]

    private static func text(_ random: inout SeededRandom) -> String {
        let pieces = [
            "p", "price", "BTCUSDT", "{", "}", "[", "]", ",", ":", "\"", "\\", "/", "\n", "\u{8}",
            "\u{1F}", "\u{7F}", "é", "€", "😀", "\u{2028}", " ", "0123456789abcdef", "\\u0041", "",
        ]
        return (0..<random.below(4)).map { _ in pieces[random.below(pieces.count)] }.joined()
    }
}

/// Runs a body on a cursor over the text, in memory that ends with it.
func reading<Result, Failure: Error>(
    _ text: String, _ body: (inout JSONCursor) throws(Failure) -> Result
) throws(Failure) -> Result {
    try GuardedBytes().withCopy(of: Array(text.utf8)) { bytes throws(Failure) in
        var json = JSONCursor(bytes)
        return try body(&json)
    }
}
