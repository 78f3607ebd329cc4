import WireCodecs

/// One page of a long list.
package struct CoinExPage<Row: CoinExDecodable>: CoinExObject {
    package let rows: [Row]
    /// From 1.
    package let page: UInt64?
    package let hasNext: Bool
    /// Of all pages; not always told.
    package let total: UInt64?

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        rows = try members.part("data")
        page = try members.numberOrNil("curr_page")
        hasNext = try members.bool("has_next")
        total = try members.numberOrNil("total")
    }
}

/// One page as the transfer records have it.
package struct CoinExRecords<Row: CoinExDecodable>: CoinExObject {
    package let rows: [Row]
    package let total: UInt64

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        rows = try members.part("records")
        total = try members.number("total")
    }
}

/// One page as the loans have it.
package struct CoinExLoanPage: CoinExObject {
    package let rows: [CoinExLoan]
    package let page: UInt64
    package let limit: UInt64
    package let total: UInt64

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        page = try members.number("page")
        limit = try members.number("limit")
        total = try members.number("total")
        rows = try members.part("data")
    }
}

/// A list that the venue sends bare or as a page.
package struct CoinExPageOrList<Row: CoinExDecodable>: CoinExDecodable {
    package let rows: [Row]
    package let hasNext: Bool

    package init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
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
