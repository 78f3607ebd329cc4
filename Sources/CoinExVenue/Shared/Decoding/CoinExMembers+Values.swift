import Quantities
import WireCodecs

// Members of each kind that the venue writes. Those with `otherwise` may be absent or null; decimals empty, too.

extension CoinExMembers {
    package mutating func number(_ field: CoinExField) throws(CoinExDecodeError) -> UInt64 {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExNumber(field) }
    }

    package mutating func numberOrNil(_ field: CoinExField) throws(CoinExDecodeError) -> UInt64? {
        try optional(field) { json throws(CoinExDecodeError) in try json.coinExNumber(field) }
    }

    package mutating func bool(_ field: CoinExField) throws(CoinExDecodeError) -> Bool {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExBool(field) }
    }

    package mutating func bool(
        _ field: CoinExField, otherwise: Bool
    ) throws(CoinExDecodeError) -> Bool {
        try optional(field) { json throws(CoinExDecodeError) in try json.coinExBool(field) } ?? otherwise
    }

    package mutating func text(_ field: CoinExField) throws(CoinExDecodeError) -> String {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExText(field) }
    }

    package mutating func text(
        _ field: CoinExField, otherwise: String
    ) throws(CoinExDecodeError) -> String {
        try optional(field) { json throws(CoinExDecodeError) in try json.coinExText(field) } ?? otherwise
    }

    /// A text, of which an empty one says as little as none.
    package mutating func textOrNil(_ field: CoinExField) throws(CoinExDecodeError) -> String? {
        let text = try text(field, otherwise: "")
        return text.isEmpty ? nil : text
    }

    /// A name that the venue writes as a text or as a number.
    package mutating func label(_ field: CoinExField) throws(CoinExDecodeError) -> String {
        try optional(field) { json throws(CoinExDecodeError) in try json.coinExLabel(field) } ?? ""
    }

    /// A word of a closed set: another one is an error.
    package mutating func word<Word: CoinExWord>(_ field: CoinExField) throws(CoinExDecodeError) -> Word {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExWord(field) }
    }

    package mutating func wordOrNil<Word: CoinExWord>(
        _ field: CoinExField
    ) throws(CoinExDecodeError) -> Word? {
        try optional(field) { json throws(CoinExDecodeError) in try json.coinExWord(field) }
    }

    // MARK: Figures

    /// A decimal whose every digit counts.
    package mutating func exact<Value: FixedPoint>(_ field: CoinExField) throws(CoinExDecodeError) -> Value {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExExact(field) }
    }

    package mutating func exact<Value: FixedPoint>(
        _ field: CoinExField, otherwise: Value
    ) throws(CoinExDecodeError) -> Value {
        if isEmptyText(field) { return otherwise }
        return try optional(field) { json throws(CoinExDecodeError) in try json.coinExExact(field) }
            ?? otherwise
    }

    /// A decimal that the venue computed: digits beyond the twelfth are dropped, toward zero.
    package mutating func figure<Value: FixedPoint>(_ field: CoinExField) throws(CoinExDecodeError) -> Value {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExFigure(field) }
    }

    package mutating func figure<Value: FixedPoint>(
        _ field: CoinExField, otherwise: Value
    ) throws(CoinExDecodeError) -> Value {
        if isEmptyText(field) { return otherwise }
        return try optional(field) { json throws(CoinExDecodeError) in try json.coinExFigure(field) }
            ?? otherwise
    }

    /// A computed decimal that the venue leaves empty where it does not apply.
    package mutating func figureOrNil<Value: FixedPoint>(
        _ field: CoinExField
    ) throws(CoinExDecodeError) -> Value? {
        guard try label(field) != "" else { return nil }
        return try figure(field)
    }

    // MARK: Times

    /// A whole number of seconds since 1970.
    package mutating func seconds(_ field: CoinExField) throws(CoinExDecodeError) -> Instant {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExTime(field, perSecond: 1) }
    }

    /// A whole number of seconds, where null and 0 mean that it has not happened.
    package mutating func secondsOrNil(_ field: CoinExField) throws(CoinExDecodeError) -> Instant? {
        let time = try optional(field) { json throws(CoinExDecodeError) in
            try json.coinExTime(field, perSecond: 1)
        }
        return time?.nanoseconds == 0 ? nil : time
    }

    /// A whole number of milliseconds since 1970.
    package mutating func milliseconds(_ field: CoinExField) throws(CoinExDecodeError) -> Instant {
        try value(field) { json throws(CoinExDecodeError) in try json.coinExTime(field, perSecond: 1_000) }
    }

    // MARK: Objects and lists

    package mutating func part<Part: CoinExDecodable>(_ field: CoinExField) throws(CoinExDecodeError) -> Part
    {
        try value(field) { json throws(CoinExDecodeError) in try Part(reading: &json, as: field) }
    }

    package mutating func partOrNil<Part: CoinExDecodable>(
        _ field: CoinExField
    ) throws(CoinExDecodeError) -> Part? {
        try optional(field) { json throws(CoinExDecodeError) in try Part(reading: &json, as: field) }
    }
}
