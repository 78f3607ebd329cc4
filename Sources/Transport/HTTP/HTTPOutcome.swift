import WireCodecs

/// What became of a request: the difference between these decides whether an order may exist.
public enum HTTPOutcome: Equatable, Sendable, CustomStringConvertible {
    /// No byte of it left this machine: it may be sent again.
    case neverSent(Reason)
    /// Some of it left, and no whole answer came: the server may have carried it out.
    case maybeSent(Reason)
    /// A whole answer came, whatever its status.
    case answered(status: Int)

    public enum Reason: Equatable, Sendable, CustomStringConvertible {
        case notConnected(ConnectFailure)
        /// The time for the request was over.
        case timeout
        /// The connection ended first.
        case lost(StreamEnd)
        /// The answer is no HTTP.
        case badAnswer(HTTPFault)
        /// More requests wait than the pool takes.
        case tooMany
        /// The pool was closed.
        case closed

        public var description: String {
            switch self {
            case .notConnected(let failure): "\(failure)"
            case .timeout: "no answer in time"
            case .lost(let end): "\(end)"
            case .badAnswer(let fault): "the answer is no HTTP: \(fault.kind)"
            case .tooMany: "too many requests wait"
            case .closed: "closed"
            }
        }
    }

    public var description: String {
        switch self {
        case .neverSent(let reason): "not sent: \(reason)"
        case .maybeSent(let reason): "sent, without an answer: \(reason)"
        case .answered(let status): "answered with \(status)"
        }
    }
}

/// A request's number in its pool; never used again.
package struct HTTPRequestID: BitwiseCopyable, Hashable, Sendable {
    package let number: UInt64
}

/// Who sends requests through a pool; called on its loop, once per request.
package protocol HTTPClientHandler: AnyObject {
    /// - Parameters:
    ///   - head: of the answer; empty unless it was answered.
    ///   - body: valid during the call.
    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer)
}
