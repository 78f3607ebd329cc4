/// Why the venue did not carry out a call of its socket.
public enum CoinExCallFailure: Equatable, Sendable {
    /// 1: a parameter is wrong. Our own mistake: not to be repeated.
    case invalidArgument
    /// 2
    case internalError
    /// 3
    case serviceUnavailable
    /// 4
    case methodNotFound
    /// 5
    case serviceTimeout
    /// 6: not signed, or not any more.
    case signatureRequired
    /// 7: too many calls; the venue may close the connection after it.
    case tooQuick
    /// 11: what the account service says of a signature.
    case signatureRefused
    case other(Int64)

    public init(code: Int64) {
        switch code {
        case 1: self = .invalidArgument
        case 2: self = .internalError
        case 3: self = .serviceUnavailable
        case 4: self = .methodNotFound
        case 5: self = .serviceTimeout
        case 6: self = .signatureRequired
        case 7: self = .tooQuick
        case 11: self = .signatureRefused
        default: self = .other(code)
        }
    }

    /// Whether the same call may succeed later.
    public var isPassing: Bool {
        switch self {
        case .internalError, .serviceUnavailable, .serviceTimeout, .tooQuick: true
        case .invalidArgument, .methodNotFound, .signatureRequired, .signatureRefused, .other: false
        }
    }
}
