import MarketModel
import VenueKit

/// A request that the link wants sent, taken apart as the venue would.
struct Asked: Sendable {
    let request: LinkRequest
    /// `POST /order/limit`
    let call: String
    let parameters: String

    init(_ request: LinkRequest, _ text: String) {
        self.request = request
        let head = text.prefix { $0 != "\r\n" }.split(separator: " ")
        let target = head[1].dropFirst("/v1".count)
        let path = target.prefix { $0 != "?" }
        call = "\(head[0]) \(path)"
        parameters =
            text.hasPrefix("GET") || text.hasPrefix("DELETE")
            ? String(target.dropFirst(path.count)) : String(text.split(separator: "\r\n\r\n").last ?? "")
    }

    /// The value of a parameter in a query or a body; empty when it is not there.
    func value(_ name: String) -> String {
        for mark in ["?\(name)=", "&\(name)=", "\"\(name)\":\"", "\"\(name)\":"] {
            guard let found = parameters.firstRange(of: mark) else { continue }
            return String(parameters[found.upperBound...].prefix { !"&\",}".contains($0) })
        }
        return ""
    }
}

/// A call on the socket.
struct Called: Sendable {
    let id: Int64
    let method: String
    let parameters: String

    init(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 2)
        id = Int64(parts[0].dropFirst(#"{"id":"#.count)) ?? 0
        method = String(parts[1].dropFirst(#""method":""#.count).dropLast())
        parameters = String(parts[2].dropFirst(#""params":"#.count).dropLast())
    }
}
