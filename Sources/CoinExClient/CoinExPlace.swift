import Transport

/// An address of the venue, taken apart and judged.
struct CoinExPlace {
    let endpoint: Endpoint
    /// The path, without a slash at its end for REST.
    let path: String

    /// - Parameter schemes: the plain one and the one with TLS.
    init(
        _ url: String, schemes: (plain: String, secure: String), _ settings: CoinExClientSettings
    ) throws(CoinExClientError) {
        let example = "such as \(schemes.secure)://venue.example"
        guard let text = URLText(url), text.user == nil, !text.target.contains("?") else {
            throw .misconfigured("'\(url)' is no address of a venue, \(example)")
        }
        let tls: TLSContext?
        switch text.scheme {
        case schemes.plain:
            guard Self.isLoopback(text.host) else {
                throw .misconfigured(
                    "'\(url)' has no TLS: \(schemes.plain) is for this machine only (127.0.0.1, localhost)")
            }
            tls = nil
        case schemes.secure:
            do throws(TLSFault) {
                tls = try TLSContext(authorities: settings.authorities)
            } catch {
                throw .misconfigured("\(error)")
            }
        default:
            throw .misconfigured(
                "'\(url)' begins neither with \(schemes.secure):// nor with \(schemes.plain)://")
        }
        var endpoint = Endpoint(host: text.host, port: text.port ?? (tls == nil ? 80 : 443), tls: tls)
        do throws(ProxyFault) {
            endpoint.proxy = try Proxy.from(environment: settings.environment, for: endpoint)
        } catch {
            throw .misconfigured("\(error)")
        }
        self.endpoint = endpoint
        path = text.target
    }

    /// The path as what comes before `/market/list`.
    var base: String { path.hasSuffix("/") ? String(path.dropLast()) : path }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
