/// One kind of text of a venue, by name, and how it is read: for looking at what a venue said.
package struct NamedDecoder: Sendable {
    /// The stream's pattern, the event's name, or the endpoint.
    package let name: String
    /// Reads a whole text into its typed value; throws what its decoder throws.
    package let decode: @Sendable (UnsafeBufferPointer<UInt8>) throws -> any Sendable

    package init(
        _ name: String, _ decode: @escaping @Sendable (UnsafeBufferPointer<UInt8>) throws -> any Sendable
    ) {
        self.name = name
        self.decode = decode
    }

    /// A text that is one value and nothing else.
    package init<Value: WireValue>(_ name: String, _ type: Value.Type) {
        self.init(name) { bytes in try Value(decoding: bytes) }
    }
}
