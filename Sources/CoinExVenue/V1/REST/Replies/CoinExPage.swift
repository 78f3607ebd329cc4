import WireCodecs

/// One page of a long list.
public struct CoinExPage<Row: CoinExDecodable>: CoinExObject {
    public let rows: [Row]
    /// From 1.
    public let page: UInt64?
    public let hasNext: Bool
    /// Of all pages; not always told.
    public let total: UInt64?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        rows = try members.part("data")
        page = try members.numberOrNil("curr_page")
        hasNext = try members.bool("has_next")
        total = try members.numberOrNil("total")
    }
}

/// One page as the transfer records have it.
public struct CoinExRecords<Row: CoinExDecodable>: CoinExObject {
    public let rows: [Row]
    public let total: UInt64

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        rows = try members.part("records")
        total = try members.number("total")
    }
}

/// One page as the loans have it.
public struct CoinExLoanPage: CoinExObject {
    public let rows: [CoinExLoan]
    public let page: UInt64
    public let limit: UInt64
    public let total: UInt64

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        page = try members.number("page")
        limit = try members.number("limit")
        total = try members.number("total")
        rows = try members.part("data")
    }
}

/// A list that the venue sends bare or as a page.
public struct CoinExPageOrList<Row: CoinExDecodable>: CoinExDecodable {
    public let rows: [Row]
    public let hasNext: Bool

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let kind = try json.coinEx(field) { json throws(JSONError) in try json.peek() }
        if kind == .array {
            rows = try [Row](reading: &json, as: field)
            hasNext = false
        } else {
            let page = try CoinExPage<Row>(reading: &json, as: field)
            rows = page.rows
            hasNext = page.hasNext
        }
    }
}
