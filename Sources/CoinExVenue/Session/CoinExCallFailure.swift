/// Why the venue did not carry out a call of its socket, with the codes of both generations.
public enum CoinExCallFailure: Equatable, Sendable {
    /// 1, 20001: a parameter is wrong. Our own mistake: not to be repeated.
    case invalidArgument
    /// 2, 24001
    case internalError
    /// 3, 24002
    case serviceUnavailable
    /// 4, 20002
    case methodNotFound
    /// 5, 23001
    case serviceTimeout
    /// 6, 21001: not signed, or not any more.
    case signatureRequired
    /// 7, 23002: too many calls; the venue may close the connection after it.
    case tooQuick
    /// 11, 21002: what the account service says of a signature.
    case signatureRefused
    case other(Int64)

    public init(code: Int64) {
        switch code {
        case 1, 20001: self = .invalidArgument
        case 2, 24001: self = .internalError
        case 3, 24002: self = .serviceUnavailable
        case 4, 20002: self = .methodNotFound
        case 5, 23001: self = .serviceTimeout
        case 6, 21001: self = .signatureRequired
        case 7, 23002: self = .tooQuick
        case 11, 21002: self = .signatureRefused
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
