import WireCodecs

/// Which decoder a frame is for: told by its first bytes where they are the usual ones, else by a scan
/// over its members.
enum BinanceFrameShape: Equatable {
    /// `{"stream":…,"data":…}`
    case wrapped
    case naked(BinanceFrameKind)

    /// Guesses by the first member as the venue sends it; nil when that says nothing.
    ///
    /// A wrong guess makes the decoder fail, and then the scan decides.
    @inline(__always)
    init?(guessing bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.begins(with: "{\"stream\":\"") {
            self = .wrapped
        } else if bytes.begins(with: "{\"u\":") {
            self = .naked(.bookTicker)
        } else if bytes.begins(with: "{\"e\":\"trade\"") {
            self = .naked(.trade)
        } else if bytes.begins(with: "{\"e\":\"depthUpdate\"") {
            self = .naked(.depth)
        } else if bytes.begins(with: "{\"e\":\"bookTicker\"") {
            self = .naked(.bookTicker)
        } else {
            return nil
        }
    }

    /// Reads the frame's members without their values; throws when it is no JSON object or array.
    init(scanning bytes: UnsafeBufferPointer<UInt8>) throws(BinanceFrameError) {
        var json = JSONCursor(bytes)
        var members = Members()
        do throws(JSONError) {
            if try json.peek() == .array {
                try json.skip()
            } else {
                try json.object { json, key throws(JSONError) in try members.note(key, &json) }
            }
            try json.finish()
        } catch {
            throw BinanceFrameError(error, field: .frame)
        }
        self = members.shape
    }

    private struct Members {
        var hasStream = false
        var hasData = false
        var hasTicker = false
        var hasSnapshot = false
        var hasReply = false
        var event: BinanceFrameKind?

        mutating func note(_ key: JSONText, _ json: inout JSONCursor) throws(JSONError) {
            switch key {
            case "stream": hasStream = true
            case "data": hasData = true
            case "lastUpdateId": hasSnapshot = true
            case "u": hasTicker = true
            case "result", "error", "code": hasReply = true
            case "e":
                guard try json.peek() == .string else { return }
                event = BinanceFrameKind(event: try json.text())
            default: return
            }
        }

        var shape: BinanceFrameShape {
            if hasStream && hasData { return .wrapped }
            if let event { return .naked(event) }
            if hasSnapshot { return .naked(.snapshot) }
            if hasReply { return .naked(.control) }
            // The ticker of spot has no event name.
            return .naked(hasTicker ? .bookTicker : .other)
        }
    }
}
