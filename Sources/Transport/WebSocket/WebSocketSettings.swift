import Quantities
import WireCodecs

/// How a WebSocket connection is kept.
package struct WebSocketSettings: Sendable {
    /// A ping is sent when nothing was heard for this long.
    package var pingAfter = Interval.seconds(15)
    /// The connection is given up when nothing was heard for this long.
    package var silentAfter = Interval.seconds(30)
    /// How long the peer has to answer a close.
    package var closeTimeout = Interval.seconds(5)
    /// How long connecting, TLS and the opening handshake may take together.
    package var openTimeout = Interval.seconds(10)
    /// Longer messages are refused.
    package var messageMax = WebSocketReader.messageMaxDefault
    /// Nil offers and accepts no compression.
    package var deflate: DeflateWish? = DeflateWish()
    /// Whether a ping is answered with what it carried, as RFC 6455 has it; otherwise with nothing, as some
    /// servers do that clients have to live with.
    package var echoesPings = true
    /// 1 fastest to 9 smallest.
    package var deflateLevel = 1
    package var limits = StreamLimits()

    package init() {}
}

/// Why a WebSocket connection is over.
public enum WebSocketEnd: Equatable, Sendable, CustomStringConvertible {
    /// It never came about.
    case notConnected(ConnectFailure)
    case handshake(HandshakeError)
    /// Both sides said goodbye; the code and the reason are the peer's.
    case closed(code: UInt16, reason: String)
    /// The peer broke the protocol; it was told so.
    case fault(WebSocketFault)
    /// The peer sent a response that is no HTTP.
    case notHTTP(HTTPFault)
    /// Nothing was heard for too long.
    case silent
    /// The connection below ended.
    case lost(StreamEnd)

    public var description: String {
        switch self {
        case .notConnected(let failure): "\(failure)"
        case .handshake(let error): "no WebSocket: \(error)"
        case .closed(let code, let reason): "closed with \(code)\(reason.isEmpty ? "" : " (\(reason))")"
        case .fault(let fault): "the peer broke the protocol: \(fault.kind)"
        case .notHTTP(let fault): "the peer does not speak HTTP: \(fault.kind)"
        case .silent: "nothing was heard for too long"
        case .lost(let end): "\(end)"
        }
    }
}

/// Who uses a WebSocket connection; called on its loop. Bytes are valid during the call.
package protocol WebSocketHandler: AnyObject {
    func webSocketDidOpen(_ socket: WebSocketConnection)
    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer)
    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer)
    /// The peer's ping came, and is being answered.
    func webSocketDidAnswerPing(_ socket: WebSocketConnection)
    /// What waited to be sent has become little enough to go on.
    func webSocketDidDrain(_ socket: WebSocketConnection)
    /// The connection is over; called once, last.
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd)
    /// Whether a ping of the peer is answered; it is, unless the handler plays dead.
    func webSocketAnswersPing(_ socket: WebSocketConnection) -> Bool
}

extension WebSocketHandler {
    package func webSocketAnswersPing(_ socket: WebSocketConnection) -> Bool { true }
}

extension WebSocketHandler {
    package func webSocketDidAnswerPing(_ socket: WebSocketConnection) {}
}
