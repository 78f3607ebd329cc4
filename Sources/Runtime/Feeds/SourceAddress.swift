import Configuration
import Transport

/// Where a source of market data is: its streams, and its answers by HTTP.
package struct SourceAddress {
    let socket: Endpoint
    /// What stands before the path of every stream; no slash at its end.
    let socketBase: String
    let rest: Endpoint
    let restBase: String

    /// - Parameters:
    ///   - authority: a file of certificates to trust instead of the system's.
    ///   - environment: where proxies are named.
    package init(
        socket: String, rest: String, authority: String?, environment: [String: String]
    ) throws(RunError) {
        guard let socketURL = URLText(socket), let restURL = URLText(rest) else {
            throw .connection("the addresses of the source are none: \(socket), \(rest)")
        }
        var tls: TLSContext?
        if restURL.scheme == "https" || socketURL.scheme == "wss" {
            do throws(TLSFault) {
                tls = try TLSContext(authorities: authority)
            } catch {
                throw .connection("\(error)")
            }
        }
        self.socket = try VenueAddress.endpoint(socketURL, socketURL.scheme == "wss" ? tls : nil, environment)
        self.rest = try VenueAddress.endpoint(restURL, restURL.scheme == "https" ? tls : nil, environment)
        socketBase = Self.base(socketURL.target)
        restBase = Self.base(restURL.target)
    }

    private static func base(_ target: String) -> String {
        var base = target
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }
}
