import WireCodecs

/// A word of a closed set, as it stands on the wire.
package protocol WireWord: RawRepresentable, CaseIterable, Equatable, WireValue where RawValue == String {}

extension WireWord {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = try json.wireWord(field)
    }
}

/// A word of a set that the venue may extend without harm: what we do not know is kept as it is.
///
/// For what describes; never for what an order's life hangs on.
package enum OpenWord<Word: WireWord>: WireValue, Equatable {
    case known(Word)
    case unknown(String)

    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let text = try String(reading: &json, as: field)
        self = Word(rawValue: text).map { .known($0) } ?? .unknown(text)
    }
}
