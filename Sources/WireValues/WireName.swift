import WireCodecs

/// A word by which a decoder chooses how to go on, in a `switch` over names.
///
/// Valid as long as the text is.
public struct WireName {
    @usableFromInline let text: JSONText?
    /// Where escapes had to be replaced.
    @usableFromInline let spelled: String?

    @inlinable @inline(always)
    init(text: JSONText) {
        self.text = text
        spelled = nil
    }

    init(spelled: String) {
        text = nil
        self.spelled = spelled
    }

    @inlinable @inline(always)
    package static func ~= (name: StaticString, word: WireName) -> Bool {
        if let text = word.text { return name ~= text }
        return word.isSpelled(name)
    }

    @usableFromInline @inline(never)
    func isSpelled(_ name: StaticString) -> Bool { spelled == name.description }
}

extension WireName: CustomStringConvertible {
    public var description: String {
        spelled ?? text.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }
}
