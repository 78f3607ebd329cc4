import Quantities

/// Why no connection came about: nothing of the caller's was sent.
public enum ConnectFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name has no address, or nobody answers for it.
    case resolution(host: String, reason: String)
    /// No address accepted the connection; the reason is the last one's.
    case unreachable(address: String, reason: String)
    /// The time for connecting was over.
    case timeout(phase: ConnectPhase)
    /// The proxy refused, or speaks another protocol.
    case proxy(String)
    case tls(TLSFault)
    /// The peer closed the connection before it was open.
    case closed(phase: ConnectPhase)
    /// The system has no more descriptors or memory.
    case resources(String)

    public var description: String {
        switch self {
        case .resolution(let host, let reason): "no address for \(host): \(reason)"
        case .unreachable(let address, let reason): "cannot connect to \(address): \(reason)"
        case .timeout(let phase): "no connection in time, still \(phase.rawValue)"
        case .proxy(let reason): "the proxy: \(reason)"
        case .tls(let fault): "\(fault)"
        case .closed(let phase): "the peer closed the connection while \(phase.rawValue)"
        case .resources(let reason): reason
        }
    }
}

/// The steps of a connection that is coming about.
public enum ConnectPhase: String, Equatable, Sendable {
    case resolving = "looking up the name"
    case connecting
    case proxying = "talking to the proxy"
    case handshaking = "agreeing on TLS"
}
