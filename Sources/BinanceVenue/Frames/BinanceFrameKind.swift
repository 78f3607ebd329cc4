import WireCodecs

/// The kinds of market-data frames.
package enum BinanceFrameKind: Equatable, BitwiseCopyable, Sendable {
    case bookTicker
    case trade
    case depth
    case snapshot
    /// The answer to a call, or the notice that the venue ends the connection.
    case control
    /// Sound JSON of any other kind: a stream that is not read here.
    case other
}

extension BinanceFrameKind {
    init(event: JSONText) {
        switch event {
        case "bookTicker": self = .bookTicker
        case "trade": self = .trade
        case "depthUpdate": self = .depth
        case "serverShutdown": self = .control
        default: self = .other
        }
    }

    /// The kind by the stream's name, `<symbol>@<kind>`; partial depths (`@depth20`) are not read.
    @inline(__always)
    init(stream: JSONText) {
        let bytes = stream.bytes
        var start = 0
        while start < bytes.count, bytes[start] != UInt8(ascii: "@") { start += 1 }
        let name = UnsafeBufferPointer(rebasing: bytes[start...])
        if name.isEqual(to: "@bookTicker") {
            self = .bookTicker
        } else if name.isEqual(to: "@trade") {
            self = .trade
        } else if name.isEqual(to: "@depth") || name.begins(with: "@depth@") {
            self = .depth
        } else if bytes.begins(with: "!serverShutdown") {
            self = .control
        } else {
            self = .other
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    func begins(with text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        var index = 0
        while index < text.utf8CodeUnitCount {
            if self[index] != text.utf8Start[index] { return false }
            index += 1
        }
        return true
    }

    @inline(__always)
    func isEqual(to text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && begins(with: text)
    }
}
