import WireValues

/// What a decoder makes of a text, in a word or two.
enum Verdict {
    /// The kinds of what came, by the names of the cases; or why it was refused.
    static func of<Value: WireValue>(_ text: String, _ type: Value.Type) -> String {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            do throws(WireError) {
                return kind(try Value(decoding: bytes))
            } catch {
                return "refused: \(error)"
            }
        }
    }

    private static func kind(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .enum, let child = mirror.children.first else {
            return "\(type(of: value))"
        }
        let name = child.label ?? ""
        switch name {
        case "events":
            let list = Mirror(reflecting: child.value).children.first { $0.label == "list" }
            let kinds = list.map { Mirror(reflecting: $0.value).children.map { kind($0.value) } } ?? []
            return kinds.joined(separator: " ")
        case "event":
            let inner = Mirror(reflecting: child.value).children.first { $0.label == "value" }
            return kind(inner?.value ?? child.value)
        case "account":
            let inner = Mirror(reflecting: child.value)
            return inner.displayStyle == .enum ? kind(child.value) : name
        default: return name
        }
    }
}
