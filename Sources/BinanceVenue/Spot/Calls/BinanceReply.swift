import WireCodecs
import WireValues

/// The id of a call: a number or a text, as the caller chose; null when the venue could not read it.
package enum BinanceCallID: Equatable, Hashable, Sendable {
    case number(Int64)
    case text(String)
}

extension BinanceCallID: WireValue {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let kind = try json.wire(field) { json throws(JSONError) in try json.peek() }
        if kind == .string {
            self = .text(try String(reading: &json, as: field))
        } else {
            self = .number(try json.wire(field) { json throws(JSONError) in try json.int() })
        }
    }
}

/// The answer to a call on a market connection.
package struct BinanceReply: WireObject {
    package enum Outcome: Equatable, Sendable {
        case done
        /// The streams that the connection has.
        case streams([String])
        /// A property.
        case flag(Bool)
        case refused(BinanceRefusal)
    }

    package let id: BinanceCallID?
    package let outcome: Outcome

    package init(_ members: inout WireMembers) throws(WireError) {
        id = try members.partOrNil("id")
        if try members.isGiven("error") {
            outcome = .refused(try members.part("error"))
        } else if members.has("code") {
            outcome = .refused(try BinanceRefusal(&members))
        } else {
            switch try members.kind("result") {
            case .null: outcome = .done
            case .bool: outcome = .flag(try members.bool("result"))
            case .array, .object, .string, .number: outcome = .streams(try members.part("result"))
            case nil: throw WireError(.missingField, offset: members.end, field: "result")
            }
        }
    }

    /// Whether the members are those of a reply rather than of an event.
    static func isReply(_ members: inout WireMembers) -> Bool {
        members.has("result") || members.has("error") || (members.has("code") && members.has("msg"))
    }
}

/// Why the venue did not carry out a call.
package struct BinanceRefusal: WireObject, Equatable {
    package let code: Int64
    package let message: String

    package init(_ members: inout WireMembers) throws(WireError) {
        code = try members.int("code")
        message = try members.text("msg")
    }

    /// Not known to the venue: a property that does not exist.
    package static let unknownProperty: Int64 = 0
    package static let wrongType: Int64 = 1
    package static let invalidRequest: Int64 = 2
    package static let invalidJSON: Int64 = 3
}
