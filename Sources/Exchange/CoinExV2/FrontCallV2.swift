import MarketModel
import Quantities
import WireCodecs

/// A call as it came on a WebSocket of the second generation: `{"method": …, "params": {…}, "id": …}`.
struct FrontCallV2 {
    var id: Int64
    var name: String
    /// The members of `params` that any method reads.
    var texts: [String] = []
    /// The entries of a list of books.
    var books: [Book] = []
    var accessID: String?
    var signature: String?
    var timestamp: Int64?

    struct Book {
        var market: String
        var limit: Int64
        var interval: String
        var isFull: Bool
    }

    /// Names of one list that are taken; more are an error.
    private static let namesMax = 4_096

    /// Nil when it is none: no JSON object, an `id` that is no whole number, a `method` that is no text, or members
    /// of `params` of another kind.
    init?(_ text: UnsafeRawBufferPointer) {
        var json = JSONCursor(text.assumingMemoryBound(to: UInt8.self))
        var id: Int64?
        var name: String?
        var call = FrontCallV2()
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "id": id = try json.int()
                case "method": name = try json.string()
                case "params": try call.read(&json)
                default: break
                }
            }
            try json.finish()
        } catch {
            return nil
        }
        guard let id, let name else { return nil }
        self = call
        self.id = id
        self.name = name
    }

    private init() {
        id = 0
        name = ""
    }

    private mutating func read(_ json: inout JSONCursor) throws(JSONError) {
        // What has no parameters is called with null or an empty list as well.
        guard try json.peek() == .object else { return try json.skip() }
        try json.object { json, key throws(JSONError) in
            switch key {
            case "market_list", "ccy_list":
                try json.array { json throws(JSONError) in try readEntry(&json) }
            case "access_id": accessID = try json.string()
            case "signed_str": signature = try json.string()
            case "timestamp": timestamp = try json.int()
            default: break
            }
        }
    }

    private mutating func readEntry(_ json: inout JSONCursor) throws(JSONError) {
        guard texts.count + books.count < Self.namesMax else {
            throw JSONError(.refused, offset: json.offset)
        }
        guard try json.peek() == .array else { return texts.append(try json.string()) }
        try json.beginArray()
        let market = try json.string()
        try json.nextElement()
        let limit = try json.int()
        try json.nextElement()
        let interval = try json.string()
        try json.nextElement()
        let isFull = try json.bool()
        try json.endArray()
        books.append(Book(market: market, limit: limit, interval: interval, isFull: isFull))
    }
}

/// Why a call is refused, as the second generation says it.
struct FrontCallRefusalV2: Error {
    var code: Int
    var message: StaticString

    static let invalidArgument = FrontCallRefusalV2(code: 20_001, message: "invalid argument")
    static let unknownMethod = FrontCallRefusalV2(code: 20_002, message: "method not found")
    static let requiresAuthentication = FrontCallRefusalV2(code: 21_001, message: "require auth")
    static let wrongSignature = FrontCallRefusalV2(code: 21_002, message: "Signature Incorrect")
}
