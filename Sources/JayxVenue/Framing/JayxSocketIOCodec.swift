import Quantities
import WireCodecs
import WireValues

/// Socket.IO over the WebSocket transport of Engine.IO: `42["kline",{…}]`.
///
/// The first digit is Engine.IO's: 0 open, 1 close, 2 ping, 3 pong, 4 message; behind a 4 stands Socket.IO's: 0
/// connect, 1 disconnect, 2 event, 3 answer, 4 refusal. A namespace (`/name,`) and the number of an answer may follow.
package struct JayxSocketIOCodec: JayxCodec {
    package enum Version: Sendable {
        /// The client pings, and is connected without asking.
        case three
        /// The server pings, and the client asks to be connected.
        case four
    }

    package let version: Version

    package init(version: Version) { self.version = version }

    package var path: String {
        switch version {
        case .three: "/socket.io/?EIO=3&transport=websocket"
        case .four: "/socket.io/?EIO=4&transport=websocket"
        }
    }

    package var awaitsOpening: Bool { true }

    package var joining: [UInt8]? {
        switch version {
        case .three: nil
        case .four: Array("40".utf8)
        }
    }

    package var pong: [UInt8]? { [UInt8(ascii: "3")] }

    package var ping: [UInt8]? {
        switch version {
        case .three: [UInt8(ascii: "2")]
        case .four: nil
        }
    }

    package func encode(_ subscription: JayxSubscription) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.beginArray()
        json.string(subscription.stream.rawValue)
        subscription.write(to: &json)
        json.endArray()
        return Array("42".utf8) + json.withBytes { Array($0) }
    }

    package func opened(_ bytes: UnsafeBufferPointer<UInt8>) -> JayxOpenedMessage? {
        guard bytes.count > 2, bytes[0] == UInt8(ascii: "4"), bytes[1] == UInt8(ascii: "2") else {
            return nil
        }
        return JayxOpenedMessage(list: UnsafeBufferPointer(rebasing: bytes[2...]))
    }

    package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> JayxFrame {
        guard let kind = bytes.first else { throw WireError(.json(.truncated), offset: 0, field: .whole) }
        switch kind {
        case UInt8(ascii: "0"): return try opening(bytes)
        case UInt8(ascii: "1"): return .closed("the transport is closed")
        case UInt8(ascii: "2"): return .ping
        case UInt8(ascii: "3"): return .pong
        case UInt8(ascii: "4"): return try message(bytes)
        case UInt8(ascii: "6"): return .ignored
        default: throw WireError(.json(.unexpectedByte), offset: 0, field: .whole)
        }
    }

    private func message(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> JayxFrame {
        guard bytes.count > 1 else { throw WireError(.json(.truncated), offset: 1, field: .whole) }
        switch bytes[1] {
        case UInt8(ascii: "0"): return .joined
        case UInt8(ascii: "1"): return .closed("disconnected")
        case UInt8(ascii: "2"): return try event(bytes, from: Self.payload(of: bytes))
        case UInt8(ascii: "3"): return .ignored
        case UInt8(ascii: "4"):
            let words = bytes[Self.payload(of: bytes)...].prefix(200)
            return .closed("refused: \(String(decoding: words, as: UTF8.self))")
        default: throw WireError(.json(.unexpectedByte), offset: 1, field: .whole)
        }
    }

    /// Where the JSON begins, behind namespace and number.
    private static func payload(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = 2
        if index < bytes.count, bytes[index] == UInt8(ascii: "/") {
            while index < bytes.count, bytes[index] != UInt8(ascii: ",") { index += 1 }
            index = min(index + 1, bytes.count)
        }
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            index += 1
        }
        return index
    }

    /// `["name", payload]`
    private func event(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(WireError) -> JayxFrame {
        do throws(WireError) {
            var json = JSONCursor(UnsafeBufferPointer(rebasing: bytes[start...]))
            try json.wire(.whole) { json throws(JSONError) in try json.beginArray() }
            let stream: JayxStream = try json.wireWord("event")
            try json.wire(.whole) { json throws(JSONError) in try json.nextElement() }
            let event = try JayxEvent(reading: &json, of: stream)
            try json.wire(.whole) { json throws(JSONError) in
                try json.endArray()
                try json.finish()
            }
            return .event(event)
        } catch {
            throw error.moved(by: start)
        }
    }

    private func opening(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> JayxFrame {
        do throws(WireError) {
            let opening = try Opening(decoding: UnsafeBufferPointer(rebasing: bytes[1...]))
            return .opened(pingInterval: opening.pingInterval, pingTimeout: opening.pingTimeout)
        } catch {
            throw error.moved(by: 1)
        }
    }

    private struct Opening: WireObject {
        let pingInterval: Interval
        let pingTimeout: Interval

        init(_ members: inout WireMembers) throws(WireError) {
            _ = try members.text("sid")
            pingInterval = try Self.interval("pingInterval", &members)
            pingTimeout = try Self.interval("pingTimeout", &members)
        }

        /// Milliseconds, from one to a day: others are no heartbeat.
        private static func interval(
            _ field: WireField, _ members: inout WireMembers
        ) throws(WireError) -> Interval {
            let value = try members.int(field)
            guard (1...86_400_000).contains(value) else {
                throw WireError(.json(.outOfRange), offset: members.offset(field), field: field)
            }
            return .milliseconds(value)
        }
    }
}
