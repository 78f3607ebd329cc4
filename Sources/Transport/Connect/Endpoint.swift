/// Where a connection leads, and how.
package struct Endpoint: Sendable {
    /// A name or an address in numbers.
    package var host: String
    package var port: UInt16
    /// Nil speaks plainly.
    package var tls: TLSContext?
    /// Nil connects directly.
    package var proxy: Proxy?

    package init(host: String, port: UInt16, tls: TLSContext? = nil, proxy: Proxy? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
        self.proxy = proxy
    }

    /// The `Host` of a request: with the port where that is not the scheme's own.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (tls == nil ? 80 : 443) ? name : "\(name):\(port)"
    }
}

/// A proxy on the way (RFC 9110, section 9.3.6; RFC 1928).
package struct Proxy: Equatable, Sendable {
    package enum Kind: String, Equatable, Sendable {
        case http
        case socks5
    }

    package struct Credentials: Equatable, Sendable, CustomStringConvertible {
        let user: String
        let password: String

        /// A password is never part of a message.
        package var description: String { "(credentials)" }
    }

    package var kind: Kind
    package var host: String
    package var port: UInt16
    package var credentials: Credentials?

    /// From a URL such as `http://proxy.example:3128` or `socks5://user:password@[::1]:1080`, as
    /// `https_proxy` has it; nil when it is none.
    package init?(url: String) {
        guard let url = URLText(url) else { return nil }
        switch url.scheme {
        case "http": kind = .http
        case "socks5", "socks5h": kind = .socks5
        default: return nil
        }
        host = url.host
        port = url.port ?? (kind == .http ? 3_128 : 1_080)
        guard let user = url.user else { return }
        guard user.utf8.count <= 255, (url.password ?? "").utf8.count <= 255 else { return nil }
        credentials = Credentials(user: user, password: url.password ?? "")
    }
}
