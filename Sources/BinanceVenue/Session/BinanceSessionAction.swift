import MarketModel

/// What a session asks of its driver; `Call` is `BinanceCall` for markets and `BinanceAPICall` for user data.
package enum BinanceSessionAction<Call: Equatable & Sendable>: Equatable, Sendable {
    /// Open a connection under this number, and report `connected` or `disconnected` with it.
    case connect(UInt64)
    /// Close the connection and forget it.
    case close(UInt64)
    /// Send the call under this id, and report its reply.
    case send(connection: UInt64, id: Int64, Call)
    case announce(ConnectionChange.State)
    case tell(BinanceSessionFault<Call>)
}

/// What went wrong in a session.
package enum BinanceSessionFault<Call: Equatable & Sendable>: Equatable, Sendable {
    case connectTimeout
    /// No answer came in time.
    case callTimeout(Call)
    case refused(Call, code: Int64)
    /// Nothing came, not even a ping.
    case silent
    /// A successor could not be had; the old connection goes on.
    case rotationFailed
}

extension BinanceSessionFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .connectTimeout: "no connection in time"
        case .callTimeout: "a call was not answered in time"
        case .refused(_, let code): "a call was refused (\(code))"
        case .silent: "nothing came any more, not even a ping"
        case .rotationFailed: "a successor of the connection could not be had; the old one goes on"
        }
    }
}
