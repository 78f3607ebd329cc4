/// The parts of a URL as connections need them: scheme, host, port, target (RFC 3986).
package struct URLText: Equatable, Sendable {
    /// In lower case.
    package var scheme: String
    package var user: String?
    package var password: String?
    /// Without the brackets of an IPv6 address.
    package var host: String
    package var port: UInt16?
    /// Path and query, `/` when there is none; never a fragment.
    package var target: String

    /// Nil when the text is no URL with a host.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        scheme = text[..<colon].lowercased()
        guard !scheme.isEmpty else { return nil }
        let rest = text[text.index(colon, offsetBy: 3)...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...]
        target = path.isEmpty ? "/" : path.hasPrefix("?") ? "/" + path : String(path)

        var place = authority
        if let at = authority.lastIndex(of: "@") {
            let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let name = Self.decoded(first) else { return nil }
            user = name
            if parts.count == 2 {
                guard let secret = Self.decoded(parts[1]) else { return nil }
                password = secret
            }
            place = authority[authority.index(after: at)...]
        }
        let portText: Substring
        if place.hasPrefix("[") {
            guard let end = place.firstIndex(of: "]") else { return nil }
            host = String(place[place.index(after: place.startIndex)..<end])
            portText = place[place.index(after: end)...]
        } else {
            let name = place.prefix { $0 != ":" }
            host = String(name)
            portText = place[name.endIndex...]
        }
        guard !host.isEmpty else { return nil }
        guard !portText.isEmpty else { return }
        guard portText.hasPrefix(":"), portText.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt16(portText.dropFirst()), number > 0
        else { return nil }
        port = number
    }

    /// With `%41` read as `A`; nil for a percent sign without two digits.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            // Digits only: a number's text may also have a sign.
            guard rest.count >= 2, rest.first != UInt8(ascii: "+"), rest.first != UInt8(ascii: "-"),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
