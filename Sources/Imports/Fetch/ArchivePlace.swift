import Transport

/// The address of a server of archives, taken apart and judged.
package struct ArchivePlace: Sendable {
    package let endpoint: Endpoint
    /// What stands in front of the archives' own paths, without a slash at its end.
    let base: String

    /// - Parameters:
    ///   - authorities: a file of PEM certificates to trust instead of the system's.
    ///   - environment: where the proxy is named.
    package init(
        _ url: String, authorities: String?, environment: [String: String]
    ) throws(FetchError) {
        guard let text = URLText(url), text.user == nil, !text.target.contains("?") else {
            throw .address("'\(url)' is no address of a server, such as \(BinanceArchive.address)")
        }
        let tls: TLSContext?
        switch text.scheme {
        case "http": tls = nil
        case "https":
            do throws(TLSFault) {
                tls = try TLSContext(authorities: authorities)
            } catch {
                throw .address("\(error)")
            }
        default: throw .address("'\(url)' begins neither with https:// nor with http://")  // open set: texts
        }
        var endpoint = Endpoint(host: text.host, port: text.port ?? (tls == nil ? 80 : 443), tls: tls)
        do throws(ProxyFault) {
            endpoint.proxy = try Proxy.from(environment: environment, for: endpoint)
        } catch {
            throw .address("\(error)")
        }
        self.endpoint = endpoint
        base = text.target.hasSuffix("/") ? String(text.target.dropLast()) : text.target
    }
}
