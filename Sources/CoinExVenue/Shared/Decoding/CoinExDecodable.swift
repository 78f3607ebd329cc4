import WireCodecs

/// A value that the venue writes as JSON.
public protocol CoinExDecodable: Sendable {
    /// Reads the value that the cursor stands on; errors name `field` where the value itself is at fault.
    init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError)

    /// Reads it out of the whole reply: as its `data`, for all but pages whose length stands beside them.
    init(answer members: inout CoinExMembers) throws(CoinExDecodeError)
}

extension CoinExDecodable {
    public init(answer members: inout CoinExMembers) throws(CoinExDecodeError) {
        self = try members.part("data")
    }
}

/// A value that the venue writes as an object.
public protocol CoinExObject: CoinExDecodable {
    init(_ members: inout CoinExMembers) throws(CoinExDecodeError)
}

extension CoinExObject {
    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        do throws(CoinExDecodeError) {
            var members = try CoinExMembers(&json)
            try self.init(&members)
        } catch {
            guard error.field == .whole else { throw error }
            throw CoinExDecodeError(error.kind, offset: error.offset, field: field)
        }
    }
}

extension String: CoinExDecodable {
    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        self = try json.coinExText(field)
    }
}

extension UInt64: CoinExDecodable {
    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        self = try json.coinExNumber(field)
    }
}

extension Array: CoinExDecodable where Element: CoinExDecodable {
    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        var list: [Element] = []
        var failure: CoinExDecodeError?
        do throws(JSONError) {
            try json.array { json throws(JSONError) in
                do throws(CoinExDecodeError) {
                    guard list.count < CoinExLists.elementsMax else {
                        throw CoinExDecodeError(.tooMany, offset: json.offset, field: field)
                    }
                    list.append(try Element(reading: &json, as: field))
                } catch {
                    failure = error
                    throw JSONError(.refused, offset: error.offset)
                }
            }
        } catch {
            throw failure ?? CoinExDecodeError(error, field: field)
        }
        self = list
    }
}

/// What lists of the venue are bounded by.
public enum CoinExLists {
    /// The most elements of a list and the most names of a table; more is an error.
    public static let elementsMax = 10_000
}

/// An object whose keys are data, such as one with a member per market: in the order of the wire.
public struct CoinExTable<Value: CoinExDecodable>: CoinExDecodable {
    public struct Row: Sendable {
        public let name: String
        public let value: Value
    }

    public let rows: [Row]

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        var rows: [Row] = []
        var failure: CoinExDecodeError?
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                let name = try key.string()
                do throws(CoinExDecodeError) {
                    guard rows.count < CoinExLists.elementsMax else {
                        throw CoinExDecodeError(.tooMany, offset: json.offset, field: field)
                    }
                    rows.append(Row(name: name, value: try Value(reading: &json, as: field)))
                } catch {
                    failure = error
                    throw JSONError(.refused, offset: error.offset)
                }
            }
        } catch {
            throw failure ?? CoinExDecodeError(error, field: field)
        }
        self.rows = rows
    }

    /// The first row of the name.
    public subscript(name: String) -> Value? { rows.first { $0.name == name }?.value }
}
