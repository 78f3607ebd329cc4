import Quantities
import Testing
import WireCodecs

@testable import WireValues

struct WireMembersTests {
    @Test func `members are found by name in any order, and case counts`() throws {
        let seen = try read(#"{"p":"1.5","P":"2","long":7,"longer":"x","b":true}"#) {
            members throws(WireError) in
            "\(try members.text("longer")) \(try members.price("P")) \(try members.price("p")) "
                + "\(try members.int("long")) \(try members.bool("b")) \(members.has("B"))"
        }
        #expect(seen == "x 2 1.5 7 true false")
    }

    @Test(
        arguments: [
            (#"{"p":"-1"}"#, "less than zero at byte 5, in 'p'"),
            (#"{"p":"1.0000000000001"}"#, "more digits than are kept, at byte 5, in 'p'"),
            (#"{"p":"abc"}"#, "refused at byte 5, in 'p'"),
            (#"{"p":[1]}"#, "wrongKind at byte 5, in 'p'"),
            (#"{"q":"1"}"#, "'p' is missing, at byte 9"),
            (#"{"p":"1""#, "truncated at byte 8"),
            (#"[1]"#, "wrongKind at byte 0"),
        ])
    func `an error says what is wrong, where, and in which member`(text: String, error: String) {
        #expect(message(text) { members throws(WireError) in _ = try members.price("p") } == error)
    }

    @Test func `null and absence are the same to what may be missing`() throws {
        let seen = try read(#"{"a":null,"b":5}"#) { members throws(WireError) in
            "\(String(describing: try members.intOrNil("a"))) \(String(describing: try members.intOrNil("b"))) "
                + "\(String(describing: try members.intOrNil("c")))"
        }
        #expect(seen == "nil Optional(5) nil")
    }

    @Test func `an object with too many members is refused`() {
        let names = (0...WireMembers.membersMax).map { #""m\#($0)":0"# }.joined(separator: ",")
        #expect(message("{\(names)}") { _ throws(WireError) in }?.hasPrefix("more than is taken") == true)
        let all = (0..<WireMembers.membersMax).map { #""m\#($0)":\#($0)"# }.joined(separator: ",")
        #expect(message("{\(all)}") { members throws(WireError) in _ = try members.int("m63") } == nil)
    }

    @Test(
        arguments: [
            ("1672515782136", "2022-12-31T19:43:02.136000000Z"),
            ("1672515782136999", "2022-12-31T19:43:02.136999000Z"),
            ("0", "1970-01-01T00:00:00.000000000Z"),
        ])
    func `times are milliseconds or microseconds, as the magnitude tells`(text: String, time: String) throws {
        let seen = try read("{\"T\":\(text)}") { members throws(WireError) in
            try members.time("T").description
        }
        #expect(seen == time)
        #expect(message("{\"T\":-1}") { members throws(WireError) in _ = try members.time("T") } != nil)
    }

    @Test(
        arguments: [
            ("\"0.00001245\"", "0.00001245"), ("-33.2933905", "-33.2933905"), ("1.2E-7", "0.00000012"),
            ("-4e+3", "-4000"), ("5E-30", "0"), ("\"-1.0\"", "-1"), ("0e99", "0"),
        ])
    func `figures may have exponents`(text: String, value: String) throws {
        let seen = try read("{\"v\":\(text)}") { members throws(WireError) in
            try members.figure("v").description
        }
        #expect(seen == value)
    }

    @Test(arguments: ["1e19", "1e999", "\"1e\"", "\"e5\"", "\"1e1000\"", "\"1e5x\""])
    func `figures that are none, or too large, are refused`(text: String) {
        #expect(
            message("{\"v\":\(text)}") { members throws(WireError) in _ = try members.figure("v") } != nil)
    }

    @Test func `whole numbers may be written as texts where that is asked for`() throws {
        let seen = try read(#"{"a":"12","b":-3}"#) { members throws(WireError) in
            try members.number("a") + members.number("b")
        }
        #expect(seen == 9)
        for text in ["\"12x\"", "\"\"", "\"1.5\"", "null"] {
            #expect(message("{\"a\":\(text)}") { m throws(WireError) in _ = try m.number("a") } != nil)
        }
    }

    @Test func `lists tell the place in the whole text`() {
        #expect(
            message(#"{"l":[{"x":1},{"x":"a"}]}"#) { members throws(WireError) in
                let _: [Element] = try members.part("l")
            } == "wrongKind at byte 19, in 'x'")
    }

    private struct Element: WireObject {
        let x: Int64
        init(_ members: inout WireMembers) throws(WireError) { x = try members.int("x") }
    }

    private func read<Value>(
        _ text: String, _ body: (inout WireMembers) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        let bytes = Array(text.utf8)
        let result: Result<Value, WireError> = bytes.withUnsafeBufferPointer { buffer in
            do throws(WireError) {
                var json = JSONCursor(buffer)
                var members = try WireMembers(&json)
                return .success(try body(&members))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func message(_ text: String, _ body: (inout WireMembers) throws(WireError) -> Void) -> String? {
        do throws(WireError) {
            try read(text, body)
            return nil
        } catch {
            return error.description
        }
    }
}
