import WireCodecs
import WireValues

/// All texts of Jayx that are read, by name: events by theirs, whole messages by the framing they come in.
package enum JayxDecoders {
    package static let all: [NamedDecoder] =
        [
            event(.kline, JayxKline.self), event(.orderBook, JayxOrderBook.self),
            event(.positions, JayxPositions.self), event(.openOrders, JayxOpenOrders.self),
            NamedDecoder("payload", JayxEvent.self),
        ]
        + JayxFraming.allCases.map { framing in
            let codec = framing.codec
            return NamedDecoder(framing.rawValue) { bytes in try codec.decode(bytes) }
        }

    package static func named(_ name: String) -> NamedDecoder? { all.first { $0.name == name } }

    /// A payload, bare or in any of the framings.
    private static func event<Value: WireValue>(_ stream: JayxStream, _ type: Value.Type) -> NamedDecoder {
        NamedDecoder(stream.rawValue) { bytes in
            guard let codec = framing(of: bytes)?.codec else { return try Value(decoding: bytes) }
            return try codec.decode(bytes)
        }
    }

    /// The framing that a message shows; nil for a bare payload.
    private static func framing(of bytes: UnsafeBufferPointer<UInt8>) -> JayxFraming? {
        if let first = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
            return .socketIO
        }
        var json = JSONCursor(bytes)
        guard let members = try? WireMembers(&json), members.has("event") else { return nil }
        return members.has("message") ? .message : .data
    }
}
