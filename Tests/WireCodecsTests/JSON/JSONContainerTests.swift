import Quantities
import Testing
import WireCodecs

struct JSONContainerTests {
    /// What the tests decode: a document of every kind of member.
    private struct Deal: Equatable {
        var id: Int64 = 0
        var market = ""
        var price = Price(0)
        var isMaker = false
        var levels: [[String]] = []
    }

    private func deal(_ json: inout JSONCursor) throws(JSONError) -> Deal {
        var deal = Deal()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "deal_id": deal.id = try json.int()
            case "market": deal.market = try json.string()
            case "price":
                deal.price = try json.decimal { bytes throws(DecimalError) in
                    try Price(parsing: bytes)
                }
            case "m": deal.isMaker = try json.bool()
            case "levels":
                deal.levels = []
                try json.array { json throws(JSONError) in
                    try json.beginArray()
                    let price = String(decoding: try json.decimalText(), as: UTF8.self)
                    try json.nextElement()
                    let quantity = String(decoding: try json.decimalText(), as: UTF8.self)
                    try json.endArray()
                    deal.levels.append([price, quantity])
                }
            default: break
            }
        }
        return deal
    }

    private static let members = [
        #""deal_id":3735683259"#, #""market":"BTC\u0055SDT""#, #""price":"61837.63""#, #""m":true"#,
        #""levels":[["1.5","2"],[3,0.25,[]]]"#,
    ]
    private static let whole = "{" + members.joined(separator: ",") + "}"
    private static let expected = Deal(
        id: 3_735_683_259, market: "BTCUSDT", price: try! Price("61837.63"),
        isMaker: true, levels: [["1.5", "2"], ["3", "0.25"]])

    private func decoded(_ text: String) throws(JSONError) -> Deal {
        try reading(text) { json throws(JSONError) in
            let deal = try deal(&json)
            try json.finish()
            return deal
        }
    }

    @Test
    func `a whole document is decoded`() throws {
        #expect(try decoded(Self.whole) == Self.expected)
    }

    @Test
    func `every order of the keys gives the same`() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<50 {
            let members = Self.members.shuffled(using: &random)
            #expect(try decoded("{" + members.joined(separator: ",") + "}") == Self.expected)
        }
    }

    @Test
    func `blanks between the tokens change nothing`() throws {
        var spaced = ""
        var isInString = false
        for character in Self.whole {
            if character == "\"" { isInString.toggle() }
            let isToken = !isInString && "{}[]:,".contains(character)
            spaced += isToken ? " \t\(character)\r\n " : String(character)
        }
        #expect(try decoded(spaced) == Self.expected)
    }

    @Test(arguments: [
        #""x":{"a":["]}",{"b":"\"}]"},null],"":"{"}"#, #""\u007d\"":[[[]],{}]"#, #""x":-1.5e-7"#,
        #""":"""#, #""deal_id_":0"#, #""deal_i":0"#, #""\u006d":false"#,
        #""x":true,"y":false,"z":null"#,
    ])
    func `members that nobody knows are skipped wherever they stand`(unknown: String) throws {
        for position in 0...Self.members.count {
            var members = Self.members
            members.insert(unknown, at: position)
            #expect(try decoded("{" + members.joined(separator: ",") + "}") == Self.expected)
        }
    }

    @Test
    func `a document cut off at any byte is truncated there`() {
        let bytes = Array(Self.whole.utf8)
        for count in 0..<bytes.count {
            let prefix = String(decoding: bytes[..<count], as: UTF8.self)
            #expect(throws: JSONError(.truncated, offset: count)) { try decoded(prefix) }
            #expect(throws: JSONError(.truncated, offset: count)) {
                try reading(prefix) { json throws(JSONError) in try json.skip() }
            }
        }
    }

    @Test
    func `with any byte changed to any other it is decoded or refused at a byte of the text`() {
        let original = Array(Self.whole.utf8)
        let memory = GuardedBytes()
        var refused = 0
        for index in original.indices {
            for byte in UInt8.min...UInt8.max where byte != original[index] {
                var bytes = original
                bytes[index] = byte
                do throws(JSONError) {
                    try memory.withCopy(of: bytes) { text throws(JSONError) in
                        var json = JSONCursor(text)
                        _ = try deal(&json)
                        try json.finish()
                    }
                    if !NaiveJSON.accepts(bytes) {
                        Issue.record("byte \(byte) at \(index) makes no JSON, yet it was decoded")
                    }
                } catch {
                    refused += 1
                    if !(0...bytes.count).contains(error.offset) {
                        Issue.record("byte \(byte) at \(index): \(error)")
                    }
                }
            }
        }
        #expect(refused > original.count * 100)
    }

    @Test
    func `documents that stand one behind the other are read one by one`() throws {
        try reading(Self.whole + Self.whole + "\n" + Self.whole) { json throws(JSONError) in
            for _ in 0..<3 { #expect(try deal(&json) == Self.expected) }
            try json.finish()
        }
        #expect(throws: JSONError(.trailingBytes, offset: Self.whole.utf8.count)) {
            try decoded(Self.whole + Self.whole)
        }
    }

    @Test
    func `of duplicate keys each is handed out and the last one wins`() throws {
        #expect(try decoded(#"{"deal_id":1,"m":true,"deal_id":2}"#).id == 2)
    }

    @Test
    func `a value whose meaning comes later is read by going back to it`() throws {
        try reading(#"{"params":[1,{"a":[2]}],"method":"add","id":5} "#) { json in
            var method = ""
            var params: JSONCursor.Mark?
            var id: Int64 = 0
            try json.object { json, key throws(JSONError) in
                switch key {
                case "params": params = json.mark
                case "method": method = try json.string()
                case "id": id = try json.int()
                default: break
                }
            }
            let end = json.mark
            #expect(method == "add")
            #expect(id == 5)
            json.rewind(to: try #require(params))
            try json.beginArray()
            #expect(try json.int() == 1)
            try json.endArray()
            json.rewind(to: end)
            try json.finish()
        }
    }

    @Test
    func `peeking at a value does not keep it from being skipped`() throws {
        let kinds = try reading(#"{"a": {"b":1}, "c": [1, "]"] }"#) { json throws(JSONError) in
            var kinds: [JSONCursor.Kind] = []
            try json.object { json, _ throws(JSONError) in kinds.append(try json.peek()) }
            try json.finish()
            return kinds
        }
        #expect(kinds == [.object, .array])
    }

    @Test
    func `a raw value is its text without the blanks around it`() throws {
        let raws = try reading(#"[ {"a" : [1, "]"]} , -1.50 ,"x\n"]"#) { json throws(JSONError) in
            var raws: [String] = []
            try json.array { json throws(JSONError) in
                raws.append(String(decoding: try json.rawValue(), as: UTF8.self))
            }
            return raws
        }
        #expect(raws == [#"{"a" : [1, "]"]}"#, "-1.50", #""x\n""#])
    }

    @Test(arguments: [
        ("[]", JSONError(.missingElement, offset: 1)),
        ("[ ]", JSONError(.missingElement, offset: 2)),
        ("[1]", JSONError(.missingElement, offset: 2)), ("[1", JSONError(.truncated, offset: 2)),
        ("[1 x", JSONError(.unexpectedByte, offset: 3)),
        ("[1,]", JSONError(.unexpectedByte, offset: 3)),
        ("[1,2", JSONError(.truncated, offset: 4)),
        ("[1,2}", JSONError(.unexpectedByte, offset: 4)),
        ("[1,2,]", JSONError(.unexpectedByte, offset: 5)), ("{}", JSONError(.wrongKind, offset: 0)),
    ])
    func `an array of parts that lacks one says so`(text: String, error: JSONError) {
        #expect(throws: error) {
            try reading(text) { json throws(JSONError) in
                try json.beginArray()
                _ = try json.int()
                try json.nextElement()
                _ = try json.int()
                try json.endArray()
            }
        }
    }

    @Test
    func `an error of the body ends the reading`() {
        #expect(throws: JSONError(.refused, offset: 5)) {
            try reading(#"{"a":1,"b":2}"#) { json throws(JSONError) in
                try json.object { json, _ throws(JSONError) in
                    throw JSONError(.refused, offset: json.offset)
                }
            }
        }
    }

    @Test(arguments: [
        ("[]", JSONError(.wrongKind, offset: 0)), (" 1", JSONError(.wrongKind, offset: 1)),
        ("", JSONError(.truncated, offset: 0)), ("}", JSONError(.unexpectedByte, offset: 0)),
    ])
    func `what is no object is not read as one`(text: String, error: JSONError) {
        #expect(throws: error) {
            try reading(text) { json throws(JSONError) in try json.object { _, _ in } }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `going back behind the own value ends the program and not in a loop`() async {
        await #expect(processExitsWith: .failure) {
            try reading("[1]") { json throws(JSONError) in
                let start = json.mark
                try json.array { json in json.rewind(to: start) }
            }
        }
    }

    @Test
    func `a mark of a longer text is not taken`() async {
        await #expect(processExitsWith: .failure) {
            let end = try reading("[1]") { json throws(JSONError) in
                try json.skip()
                return json.mark
            }
            try reading("[]") { json throws(JSONError) in json.rewind(to: end) }
        }
    }
}
