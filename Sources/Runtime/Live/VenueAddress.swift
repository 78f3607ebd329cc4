import CoinExVenue
import Configuration
import Transport

/// Where a venue is: its requests, its streams, and whom to trust about that.
struct VenueAddress {
    let rest: Endpoint
    let socket: Endpoint
    /// Path and query of the streams.
    let socketTarget: String
    /// How requests name the place.
    let host: CoinExHost

    init(_ settings: ConnectionSettings, environment: [String: String]) throws(RunError) {
        guard let rest = URLText(settings.rest), let socket = URLText(settings.socket) else {
            throw .connection("the addresses of the venue are none: \(settings.rest), \(settings.socket)")
        }
        var tls: TLSContext?
        if rest.scheme == "https" || socket.scheme == "wss" {
            do throws(TLSFault) {
                tls = try TLSContext(authorities: settings.authority)
            } catch {
                throw .connection("\(error)")
            }
        }
        self.rest = try Self.endpoint(rest, rest.scheme == "https" ? tls : nil, environment)
        self.socket = try Self.endpoint(socket, socket.scheme == "wss" ? tls : nil, environment)
        socketTarget = socket.target
        var base = rest.target
        while base.hasSuffix("/") { base.removeLast() }
        host = CoinExHost(name: self.rest.authority, base: base, api: CoinExAPI(settings.api))
    }

    static func endpoint(
        _ url: URLText, _ tls: TLSContext?, _ environment: [String: String]
    ) throws(RunError) -> Endpoint {
        var endpoint = Endpoint(host: url.host, port: url.port ?? (tls == nil ? 80 : 443), tls: tls)
        do throws(ProxyFault) {
            endpoint.proxy = try Proxy.from(environment: environment, for: endpoint)
        } catch {
            throw .connection("\(error)")
        }
        return endpoint
    }
}

extension CoinExAPI {
    init(_ generation: VenueGeneration) {
        self =
            switch generation {
            case .v1: .v1
            case .v2: .v2
            }
    }
}
