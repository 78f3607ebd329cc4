import BinanceVenue
import Quantities
import Testing

/// Members come in any order and with strangers among them, and the frame is the same.
struct BinanceFrameOrderTests {
    /// The members of a flat object; values may be lists.
    static func members(_ frame: String) -> [String] {
        var members: [String] = []
        var member = ""
        var depth = 0
        for character in frame.dropFirst().dropLast() {
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            if character == ",", depth == 0 {
                members.append(member)
                member = ""
            } else {
                member.append(character)
            }
        }
        return members + [member]
    }

    static let strangers = [
        #""Z":null"#, #""x":{"e":"trade","u":[1,{"s":"}]"}],"data":{}}"#, "\"\":\"\\\"\\\\\\u0041\"",
        #""ee":-1.5e3"#, #""datum":[[["]"]]]"#,
    ]

    @Test(arguments: Sample.naked)
    func `shuffled members and strangers change nothing`(frame: String) throws {
        var random = SeededRandom(seed: 11)
        let expected = try decode(frame)
        var decoder = try BinanceFrameDecoder.used()
        for _ in 0..<500 {
            var members = Self.members(frame)
            for stranger in Self.strangers where random.chance(0.3) { members.append(stranger) }
            members.shuffle(using: &random)
            let blank = random.chance(0.2) ? "\n " : ""
            let shuffled = "{\(blank)\(members.joined(separator: ",\(blank)"))\(blank)}"
            #expect(try decoder.decoded(Array(shuffled.utf8)) == expected, "\(shuffled)")
        }
    }

    @Test func `every order of a spot ticker is read`() throws {
        let members = Self.members(Sample.spotTicker)
        let expected = try decode(Sample.spotTicker)
        var decoder = try BinanceFrameDecoder.used()
        var count = 0
        func permute(_ rest: [String], _ done: [String]) throws {
            if rest.isEmpty {
                count += 1
                let frame = "{\(done.joined(separator: ","))}"
                #expect(try decoder.decoded(Array(frame.utf8)) == expected)
            }
            for index in rest.indices {
                var others = rest
                let next = others.remove(at: index)
                try permute(others, done + [next])
            }
        }
        try permute(members, [])
        #expect(count == 720)
    }

    @Test func `data may come before the name of its stream`() throws {
        for (payload, stream) in [
            (Sample.spotTicker, "bookTicker"), (Sample.futuresTrade, "trade"),
            (Sample.spotDepth, "depth"),
        ] {
            let frame = #"{"id":[7],"data":\#(payload),"x":{},"stream":"abcusdt@\#(stream)","y":1}"#
            #expect(try decode(frame) == decode(payload))
        }
    }
}
