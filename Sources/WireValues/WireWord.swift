import WireCodecs

/// A word of a closed set, as it stands on the wire.
public protocol WireWord: RawRepresentable, CaseIterable, Equatable, WireValue where RawValue == String {
    /// The word that is written so; nil when it is none of the set. Words of busy streams compare the bytes.
    init?(written text: JSONText)
}

extension WireWord {
    package init?(written text: JSONText) {
        self.init(rawValue: String(decoding: text.bytes, as: UTF8.self))
    }

    @inlinable
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = try json.wireWord(field)
    }
}

/// A word of a set that the venue may extend without harm: what we do not know is kept as it is.
///
/// For what describes; never for what an order's life hangs on.
public enum OpenWord<Word: WireWord>: WireValue, Equatable {
    case known(Word)
    case unknown(String)

    @inlinable
    public init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        var ahead = json
        if let text = ahead.takePlainText(), let word = Word(written: text) {
            json = ahead
            self = .known(word)
            return
        }
        let text = try String(reading: &json, as: field)
        self = Word(rawValue: text).map { .known($0) } ?? .unknown(text)
    }
}
