/// The tags of YAML's core schema, the only ones that a configuration may use.
enum Tag: String {
    case string = "tag:yaml.org,2002:str"
    case integer = "tag:yaml.org,2002:int"
    case float = "tag:yaml.org,2002:float"
    case boolean = "tag:yaml.org,2002:bool"
    case null = "tag:yaml.org,2002:null"
    case sequence = "tag:yaml.org,2002:seq"
    case mapping = "tag:yaml.org,2002:map"

    /// The scalar as its tag means it: `!!str 5` is a text, `!!int "5"` is not.
    static func apply(_ text: String?, to scalar: Scalar, at mark: Mark) throws(Diagnostic) -> Scalar {
        guard let text else { return scalar }
        switch try tag(text, at: mark) {
        case .string: return Scalar(text: scalar.text, style: .quoted)
        case .integer, .float, .boolean: return Scalar(text: scalar.text, style: .plain)
        case .null:
            let plain = Scalar(text: scalar.text, style: .plain)
            if plain.isNull { return plain }
            throw misplaced(text, at: mark)
        case .sequence, .mapping: throw misplaced(text, at: mark)
        }
    }

    /// Checks that a list or a section bears no other tag than its own.
    static func check(_ text: String?, isOf kind: Tag, at mark: Mark) throws(Diagnostic) {
        guard let text else { return }
        if try tag(text, at: mark) != kind { throw misplaced(text, at: mark) }
    }

    private static func tag(_ text: String, at mark: Mark) throws(Diagnostic) -> Tag {
        if let tag = Tag(rawValue: text) { return tag }
        throw Diagnostic(
            at: mark, "the tag \(shown(text)) is not accepted", suggestion: "delete the tag")
    }

    private static func misplaced(_ text: String, at mark: Mark) -> Diagnostic {
        Diagnostic(
            at: mark, "the tag \(shown(text)) does not fit what it stands at",
            suggestion: "delete the tag")
    }

    /// The tag as it is written, `!!set`.
    private static func shown(_ text: String) -> Quoted {
        let prefix = "tag:yaml.org,2002:"
        return Quoted(text.hasPrefix(prefix) ? "!!" + text.dropFirst(prefix.count) : text)
    }
}
