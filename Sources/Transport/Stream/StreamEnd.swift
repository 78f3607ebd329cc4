/// Why a connection is over.
public enum StreamEnd: Error, Equatable, Sendable, CustomStringConvertible {
    /// It never came about.
    case notConnected(ConnectFailure)
    /// The peer ended it in good order.
    case endedByPeer
    /// The peer or the network broke it.
    case broken(String)
    case tls(TLSFault)
    /// The peer takes what we send too slowly: more than the limit waits to be sent.
    case tooSlow
    /// Nothing came in time.
    case timeout(String)
    /// We ended it.
    case closedByUs

    public var description: String {
        switch self {
        case .notConnected(let failure): "\(failure)"
        case .endedByPeer: "ended by the peer"
        case .broken(let reason): "broken: \(reason)"
        case .tls(let fault): "\(fault)"
        case .tooSlow: "the peer does not take what is sent to it"
        case .timeout(let what): "no \(what) in time"
        case .closedByUs: "closed"
        }
    }
}
