import Quantities
import WireValues

/// How events and subscriptions stand in the messages of a connection.
///
/// The venue documents names of events and their payloads, and not how both are put together. All that is inferred
/// is behind this, and is chosen by configuration.
package protocol JayxCodec: Sendable {
    /// What follows the host in the address.
    var path: String { get }
    /// Whether the connection is opened by the peer's word before anything is sent.
    var awaitsOpening: Bool { get }
    /// The message that subscribes.
    func encode(_ subscription: JayxSubscription) -> [UInt8]
    /// Opens a message with an event that is written as usual; nil for any other.
    func opened(_ bytes: UnsafeBufferPointer<UInt8>) -> JayxOpenedMessage?
    /// What a message is.
    func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> JayxFrame
    /// What to answer to the peer's opening, to its ping, and to send as a ping of our own; nil where there is none.
    var joining: [UInt8]? { get }
    var pong: [UInt8]? { get }
    var ping: [UInt8]? { get }
}

/// What a message of the venue is.
package enum JayxFrame: Sendable {
    case event(JayxEvent)
    /// The transport is open; how often it pings, and for how long it waits for an answer.
    case opened(pingInterval: Interval, pingTimeout: Interval)
    /// Subscriptions are taken from here on.
    case joined
    case ping
    case pong
    /// The peer ends the connection, or refuses it with these words.
    case closed(String)
    /// Sound, and of no interest: the answer to an emission, a message without a payload.
    case ignored
}

/// Which codec, by its name in a configuration.
package enum JayxFraming: String, CaseIterable, Sendable {
    /// Socket.IO over Engine.IO 4: `42["kline",{…}]`.
    case socketIO = "socket.io"
    /// Socket.IO over Engine.IO 3, where the client pings.
    case socketIO2 = "socket.io-2"
    /// `{"event":"kline","data":{…}}`
    case data = "json-data"
    /// `{"event":"kline","message":{…}}`
    case message = "json-message"

    package var codec: any JayxCodec {
        switch self {
        case .socketIO: JayxSocketIOCodec(version: .four)
        case .socketIO2: JayxSocketIOCodec(version: .three)
        case .data: JayxJSONCodec(payloadName: "data")
        case .message: JayxJSONCodec(payloadName: "message")
        }
    }
}
