import Quantities
import WireCodecs

/// One page of a long list, whose length stands beside the data.
public struct CoinExV2Page<Row: CoinExDecodable>: CoinExDecodable {
    public let rows: [Row]
    public let hasNext: Bool
    /// Of all pages; not always told.
    public let total: UInt64?

    /// A page without its reply says nothing of others: it is refused.
    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        throw CoinExDecodeError(.missingField, offset: json.offset, field: "pagination")
    }

    public init(answer members: inout CoinExMembers) throws(CoinExDecodeError) {
        rows = try members.part("data")
        let pagination: CoinExV2Pagination = try members.part("pagination")
        hasNext = pagination.hasNext
        total = pagination.total
    }
}

/// How long a list is.
struct CoinExV2Pagination: CoinExObject {
    let hasNext: Bool
    let total: UInt64?

    init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        hasNext = try members.bool("has_next")
        total = try members.v2NumberOrNil("total")
    }
}

/// What became of one part of a batch: its own code, and the data where the venue has them.
public struct CoinExV2BatchRow<Value: CoinExDecodable>: CoinExObject {
    public let code: Int
    public let message: String
    public let value: Value?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        // Some rows are the data themselves, without an envelope.
        guard members.has("code") else {
            code = 0
            message = ""
            value = try Value(bare: &members)
            return
        }
        code = try members.value("code") { json throws(CoinExDecodeError) in
            Int(try json.coinEx("code") { json throws(JSONError) in try json.int() })
        }
        message = try members.text("message", otherwise: "")
        value = code == 0 ? try members.part("data") : nil
    }
}

extension CoinExDecodable {
    /// Reads it out of members that are its own.
    fileprivate init(bare members: inout CoinExMembers) throws(CoinExDecodeError) {
        guard let type = Self.self as? any CoinExObject.Type,
            let value = try type.init(&members) as? Self
        else { throw CoinExDecodeError(.missingField, offset: members.end, field: "code") }
        self = value
    }
}

/// The parts of a batch, in the order of the request.
public struct CoinExV2Batch<Value: CoinExDecodable>: CoinExDecodable {
    public let rows: [CoinExV2BatchRow<Value>]

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        rows = try [CoinExV2BatchRow<Value>](reading: &json, as: field)
    }
}

// MARK: - Values of the second generation

extension CoinExMembers {
    /// A number that the venue has written as one and as a text.
    mutating func v2Number(_ field: CoinExField) throws(CoinExDecodeError) -> UInt64 {
        try value(field) { json throws(CoinExDecodeError) in
            let start = json.offset
            let text = try json.coinExLabel(field)
            guard let number = UInt64(text) else {
                throw CoinExDecodeError(.json(.outOfRange), offset: start, field: field)
            }
            return number
        }
    }

    mutating func v2NumberOrNil(_ field: CoinExField) throws(CoinExDecodeError) -> UInt64? {
        if isEmptyText(field) { return nil }
        return try optional(field) { json throws(CoinExDecodeError) in
            try json.coinEx(field) { json throws(JSONError) in try json.numberOrText() }
        }
    }

    /// A name, which samples have with blanks around it.
    mutating func v2Name(_ field: CoinExField) throws(CoinExDecodeError) -> String {
        let text = try text(field)
        guard text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") else { return text }
        let head = text.drop { $0 == " " }
        return String(String(head.reversed().drop { $0 == " " }).reversed())
    }

    /// A time in milliseconds.
    mutating func v2Time(_ field: CoinExField) throws(CoinExDecodeError) -> Instant {
        let milliseconds = try v2Number(field)
        guard let signed = Int64(exactly: milliseconds), let time = Instant(checkedMilliseconds: signed)
        else {
            throw CoinExDecodeError(.json(.outOfRange), offset: end, field: field)
        }
        return time
    }

    /// A time in milliseconds, where null and 0 mean that it has not happened.
    mutating func v2TimeOrNil(_ field: CoinExField) throws(CoinExDecodeError) -> Instant? {
        guard try label(field) != "" else { return nil }
        let time = try v2Time(field)
        return time.nanoseconds == 0 ? nil : time
    }
}
