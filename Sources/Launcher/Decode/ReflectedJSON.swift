import MarketModel
import Quantities
import WireCodecs

/// Any value of ours as JSON, by its stored properties: for people who look, not for programs that go on with it.
///
/// Decimals, times and words are texts; what has no properties to show, such as a secret, is its description.
enum ReflectedJSON {
    static func text(_ value: any Sendable) -> String {
        var json = JSONWriter(capacity: 4_096)
        write(value, &json)
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static func write(_ value: Any, _ json: inout JSONWriter) {
        switch value {
        case let text as String: json.string(text)
        case let isTrue as Bool: json.bool(isTrue)
        case let number as Int: json.int(Int64(number))
        case let number as Int64: json.int(number)
        case let number as UInt64: json.uint(number)
        case let decimal as any FixedPoint: json.string(decimal.description)
        case let time as Instant: json.string(time.description)
        case let number as VenueOrderID: json.uint(number.raw)
        case let number as DealID: json.uint(number.raw)
        case let word as any RawRepresentable<String>: json.string(word.rawValue)
        // Texts that are kept in place.
        case let text as any (CustomStringConvertible & ExpressibleByStringLiteral):
            json.string(text.description)
        default: writeParts(of: value, &json)
        }
    }

    private static func writeParts(of value: Any, _ json: inout JSONWriter) {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            if let inner = mirror.children.first { write(inner.value, &json) } else { json.null() }
        case .collection:
            json.beginArray()
            for child in mirror.children { write(child.value, &json) }
            json.endArray()
        case .enum where mirror.children.count == 1:
            guard let child = mirror.children.first else { return json.null() }
            if child.label == "known" { return write(child.value, &json) }
            writeMembers(mirror, &json)
        default:
            if mirror.children.isEmpty, let text = value as? any CustomStringConvertible {
                json.string(text.description)
            } else if mirror.children.isEmpty, mirror.displayStyle == .enum {
                json.string("\(value)")
            } else {
                writeMembers(mirror, &json)
            }
        }
    }

    private static func writeMembers(_ mirror: Mirror, _ json: inout JSONWriter) {
        json.beginObject()
        for child in mirror.children {
            var label = child.label ?? "value"
            label.withUTF8 { json.key($0) }
            write(child.value, &json)
        }
        json.endObject()
    }
}
