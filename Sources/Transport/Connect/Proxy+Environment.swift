import Glibc

/// Why the proxy that the environment names cannot be used.
package struct ProxyFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The variable, such as `https_proxy`. Its value is not told: it may hold a password.
    package let variable: String

    package var description: String {
        "\(variable) is no proxy's URL, such as http://proxy.example:3128 or socks5://user:password@host:1080"
    }
}

extension Proxy {
    /// The proxy that variables of the environment name for an endpoint; nil connects directly.
    ///
    /// - `https_proxy` is for TLS, `http_proxy` for plain connections, `all_proxy` for both where the first is
    ///   not there. Each may also be written in capitals, but for `HTTP_PROXY`, which a web server sets from a
    ///   request's field. An empty one is as none. A value without a scheme is an HTTP proxy.
    /// - `no_proxy` lists hosts to be connected directly, divided by commas: `example.org` is for that host
    ///   and all below it, as is `.example.org`; `10.0.0.0/8` and `fd00::/8` are for addresses in numbers;
    ///   with a port, as in `example.org:8443`, only for that; `*` is for all.
    /// - The loopback (`localhost`, `127.0.0.0/8`, `::1`) is never asked for through a proxy: elsewhere it would
    ///   be another machine.
    ///
    /// Throws when the variable that counts is no URL of a proxy: going without would reveal the way.
    package static func from(
        environment: [String: String], for endpoint: Endpoint
    ) throws(ProxyFault) -> Proxy? {
        let own = endpoint.tls == nil ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]
        let names = own + ["all_proxy", "ALL_PROXY"]
        guard let name = names.first(where: { environment[$0]?.isEmpty == false }),
            let value = environment[name]
        else { return nil }
        let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if isDirect(endpoint.host, endpoint.port, exceptions) { return nil }
        let url = value.contains("://") ? value : "http://" + value
        guard let proxy = Proxy(url: url) else { throw ProxyFault(variable: name) }
        return proxy
    }

    private static func isDirect(_ name: String, _ port: UInt16, _ exceptions: String) -> Bool {
        let host = plain(name)
        let address = AddressBits(host)
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        if let address, address.isLoopback { return true }
        for exception in exceptions.split(whereSeparator: { $0 == "," || $0 == " " }) {
            if exception == "*" || matches(host, address, port, plain(String(exception))) { return true }
        }
        return false
    }

    /// In lower case, without the dot that ends a full name.
    private static func plain(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }

    private static func matches(
        _ host: String, _ address: AddressBits?, _ port: UInt16, _ exception: String
    ) -> Bool {
        if let address {
            let parts = exception.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            if let network = AddressBits(String(parts[0])) {
                let bits = parts.count == 2 ? Int(parts[1]) : network.bytes.count * 8
                return bits.map { address.isIn(network, bits: $0) } ?? false
            }
        }
        var pattern = exception[...]
        // `[::1]:443` or `host:443`; an address of IPv6 without brackets has more colons than one.
        if let colon = pattern.lastIndex(of: ":"),
            pattern.hasPrefix("[") || pattern.firstIndex(of: ":") == colon,
            let number = UInt16(pattern[pattern.index(after: colon)...])
        {
            guard number == port else { return false }
            pattern = pattern[..<colon]
        }
        if pattern.hasPrefix("["), pattern.hasSuffix("]") { pattern = pattern.dropFirst().dropLast() }
        if let address, let other = AddressBits(String(pattern)) { return address == other }
        if pattern.hasPrefix("*") { pattern = pattern.dropFirst() }
        if pattern.hasPrefix(".") { pattern = pattern.dropFirst() }
        guard !pattern.isEmpty, address == nil else { return false }
        return host == pattern || host.hasSuffix("." + pattern)
    }
}

/// An address in numbers, to be compared bit by bit.
private struct AddressBits: Equatable {
    let bytes: [UInt8]

    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
    }

    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    func isIn(_ network: AddressBits, bits: Int) -> Bool {
        guard bytes.count == network.bytes.count, (0...bytes.count * 8).contains(bits) else { return false }
        for index in bytes.indices {
            let left = bits - index * 8
            guard left > 0 else { return true }
            let mask = left >= 8 ? 0xFF : UInt8(truncatingIfNeeded: 0xFF00 >> left)
            guard bytes[index] & mask == network.bytes[index] & mask else { return false }
        }
        return true
    }
}
