import Quantities
import WireCodecs

/// Writes what a session wants to call, in the words of its generation, with lists and secrets that the session does
/// not know.
package struct CoinExCaller: ~Copyable {
    private let api: CoinExAPI
    private let subscriptions: CoinExSubscriptions
    private let credentials: CoinExCredentials?
    private var v1 = CoinExV1RequestWriter()
    private var v2 = CoinExV2RequestWriter()

    package init(
        _ subscriptions: CoinExSubscriptions, _ credentials: CoinExCredentials? = nil,
        api: CoinExAPI = .v1
    ) {
        self.api = api
        self.subscriptions = subscriptions
        self.credentials = credentials
    }

    /// Appends the message of a call.
    ///
    /// - Parameter venueTime: the venue's time, which a signature must be close to.
    /// - Returns: false when the message would be too long for the venue (too many markets), or when the generation
    ///   has no such call.
    package mutating func write(
        _ call: CoinExSessionCall, id: Int64, venueTime: Instant, to buffer: inout WireBuffer
    ) -> Bool {
        let milliseconds = venueTime.nanoseconds / 1_000_000
        switch api {
        case .v1:
            guard let request = requestV1(call, milliseconds) else { return false }
            return v1.write(request, id: id, to: &buffer)
        case .v2:
            guard let request = requestV2(call, milliseconds) else { return false }
            return v2.write(request, id: id, to: &buffer)
        }
    }

    private func requestV1(_ call: CoinExSessionCall, _ milliseconds: Int64) -> CoinExV1Request? {
        switch call {
        case .ping: .ping
        case .subscribe(let stream): subscriptions.request(stream)
        case .sign: .signing(key, milliseconds: milliseconds)
        }
    }

    private func requestV2(_ call: CoinExSessionCall, _ milliseconds: Int64) -> CoinExV2Request? {
        switch call {
        case .ping: .ping
        case .subscribe(let stream): subscriptions.requestV2(stream)
        case .sign: .signing(key, milliseconds: milliseconds)
        }
    }

    private var key: CoinExCredentials {
        guard let credentials else { preconditionFailure("a session that signs has a key") }
        return credentials
    }
}
