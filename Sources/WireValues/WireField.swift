/// The name of a member on the wire.
public struct WireField: ExpressibleByStringLiteral, Equatable, Sendable {
    @usableFromInline package let name: StaticString

    @inlinable @inline(always)
    public init(stringLiteral name: StaticString) {
        self.name = name
    }

    @inlinable @inline(always)
    package init(_ name: StaticString) {
        self.name = name
    }

    public static func == (a: WireField, b: WireField) -> Bool { a.description == b.description }

    /// The text as a whole, or an element of a list.
    @inlinable package static var whole: WireField { "" }
}

extension WireField: CustomStringConvertible {
    public var description: String { "\(name)" }
}
