import JayxVenue
import WireValues

/// Decoding for tests.
enum JayxText {
    /// The name of the case that a text is, or why it is none.
    static func decode(_ text: String, _ name: String) -> String {
        guard let decoder = JayxDecoders.named(name) else { return "no decoder" }
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            do {
                return kind(try decoder.decode(bytes))
            } catch {
                return "refused: \(error)"
            }
        }
    }

    private static func kind(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .enum else { return "\(type(of: value))" }
        guard let child = mirror.children.first else { return "\(value)" }
        return child.label == "event" ? kind(child.value) : child.label ?? ""
    }
}
