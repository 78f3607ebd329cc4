import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import WireValues

/// Reading in order is a quicker way to what the table gives, and to nothing else.
struct WireOrderTests {
    /// Members of every kind, of one letter and of more, some of which may be missing.
    struct Sample: WireObject, Equatable {
        let kind: Bool
        let number: UInt64
        let text: String
        let price: Price
        let change: Price
        let optional: Int64?
        let second: Int64?
        let long: Figure
        let longer: Int64
        let flag: Bool

        init(_ members: inout WireMembers) throws(WireError) {
            kind = try members.isText("e", "sample")
            number = try members.uint("n")
            text = try members.text("s")
            price = try members.price("p")
            change = try members.computedPrice("P")
            optional = try members.intOrNil("o")
            second = members.has("f") ? try members.int("f") : try members.int("F")
            long = try members.figure("vo")
            longer = try members.number("longer")
            flag = try members.bool("x")
        }
    }

    static let members = [
        #""e":"sample""#, #""n":1700000000123"#, #""s":"OAKPINE""#, #""p":"51234.56000000""#, #""P":"-12.3""#,
        #""o":-7"#, #""f":12"#, #""vo":"0.98765432""#, #""longer":"42""#, #""x":true"#,
    ]

    @Test func `members as they are asked for are read in order`() throws {
        let text = "{" + Self.members.joined(separator: ",") + "}  "
        let value = try #require(Self.inOrder(text))
        #expect(value.number == 1_700_000_000_123)
        #expect(value.text == "OAKPINE")
        #expect(value.price.description == "51234.56")
        #expect(value.change.description == "-12.3")
        #expect(value.optional == -7)
        #expect(value.second == 12)
        #expect(value.long.description == "0.98765432")
        #expect(value.longer == 42)
        #expect(value.kind && value.flag)
        // Blanks between members are unusual, and no more than that.
        let rest = Self.members.dropFirst().joined(separator: " , ")
        #expect(Self.inOrder("{\(Self.members[0]),\(rest) }") == value)
    }

    @Test func `members that are missing or null are passed over in order`() throws {
        let some = [0, 1, 2, 3, 4, 7, 8, 9].map { Self.members[$0] }
        let text = "{\"F\":3," + some.joined(separator: ",") + "}"
        // Out of place: not in order, and by table all the same.
        #expect(Self.inOrder(text) == nil)
        #expect(try Self.byTable(text).get().second == 3)
        var listed = some
        listed.insert(#""F":3"#, at: 5)
        listed.insert(#""o":null"#, at: 5)
        #expect(try #require(Self.inOrder("{" + listed.joined(separator: ",") + "}")).second == 3)
    }

    @Test(arguments: [0, 2, 10])
    func `members that nobody asks for are left to the table, wherever they are`(place: Int) throws {
        var members = Self.members
        members.insert(#""u":[{}]"#, at: place)
        let text = "{" + members.joined(separator: ",") + "}"
        #expect(Self.inOrder(text) == nil)
        #expect(try Self.read(text).get() == Self.inOrder("{" + Self.members.joined(separator: ",") + "}"))
    }

    @Test(
        arguments: [
            #"{"e":"sample","n":1,"s":"A","p":"1","P":"1","F":1,"vo":"1","longer":1,"x":true,"n":2}"#,
            #"{"e":"sample","n":1,"s":"A","p":"1","P":"1","F":1,"vo":"1","longer":1,"x":true,"vo":"2"}"#,
            #"{"e":"sample","n":1,"s":"A","p":"1","P":"1","F":1,"vo":"1","longer":1,"x":true,"o":2}"#,
            #"{"e":"sample","n":1,"y":0,"s":"A","y":1,"p":"1","P":"1","F":1,"vo":"1","longer":1,"x":true}"#,
            #"{"e":"sample","longer":7,"n":1,"s":"A","p":"1","P":"1","F":1,"vo":"1","longer":1,"x":true}"#,
        ])
    func `a name that comes twice, or late, is left to the table`(text: String) {
        #expect(Self.inOrder(text) == nil)
        #expect(Self.read(text) == Self.byTable(text))
    }

    @Test func `in any order, with members doubled, dropped and damaged, both give the same`() {
        let seed = FuzzSettings.seed(23)
        var random = SeededRandom(seed: seed)
        var (ordered, read) = (0, 0)
        for number in 0..<FuzzSettings.cases(20_000) {
            var members = Self.members
            if random.chance(0.3) { members.append(#""q\#(random.below(3))":[1,{"a":"b"}]"#) }
            if random.chance(0.3) { members.append(members[random.below(members.count)]) }
            if random.chance(0.3) { members.remove(at: random.below(members.count)) }
            if random.chance(0.4) {
                members.swapAt(random.below(members.count), random.below(members.count))
            }
            let separator = random.chance(0.2) ? " , " : ","
            var bytes = Array("{\(members.joined(separator: separator))}".utf8)
            if random.chance(0.3) { Self.damage(&bytes, &random) }
            let text = String(decoding: bytes, as: UTF8.self)
            let byTable = Self.byTable(text)
            #expect(Self.read(text) == byTable, "seed \(seed), case \(number): \(text)")
            if let value = Self.inOrder(text) {
                ordered += 1
                #expect(.success(value) == byTable, "seed \(seed), case \(number): \(text)")
            }
            if case .success = byTable { read += 1 }
        }
        #expect(ordered > 0 && read > ordered)
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count)
        let usual = Array(#"{}[],:"\ 0-1e.n"#.utf8)
        switch random.below(3) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = usual[random.below(usual.count)]
        default: bytes.insert(usual[random.below(usual.count)], at: place)
        }
    }

    // MARK: The ways to read

    private static func inOrder(_ text: String) -> Sample? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var json = JSONCursor(bytes)
            guard let value = try? Sample(inOrder: &json) else { return nil }
            do { try json.finish() } catch { return nil }
            return value
        }
    }

    private static func byTable(_ text: String) -> Result<Sample, WireError> {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            do throws(WireError) {
                var json = JSONCursor(bytes)
                let value = try Sample(byTable: &json, as: .whole)
                try json.wire(.whole) { json throws(JSONError) in try json.finish() }
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
    }

    private static func read(_ text: String) -> Result<Sample, WireError> {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            do throws(WireError) {
                return .success(try Sample(decoding: bytes))
            } catch {
                return .failure(error)
            }
        }
    }
}
