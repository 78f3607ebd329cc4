import Quantities
import Signing
import WireCodecs

/// Where the venue is, and who we say that we are.
package struct CoinExHost: Equatable, Sendable {
    /// `name` or `name:port`, as it stands in the head of a request.
    package var name: String
    /// What comes before the path of every endpoint.
    package var base: String
    /// The venue wants one.
    package var agent: String
    /// What is spoken there.
    package var api: CoinExAPI

    /// - Parameter base: nil for that of the generation.
    package init(
        name: String = "api.coinex.com", base: String? = nil, agent: String = "Mozilla/5.0 martlet",
        api: CoinExAPI = .v1
    ) {
        self.name = name
        self.base = base ?? api.base
        self.api = api
        self.agent = agent
    }
}

/// Writes requests as the bytes of HTTP/1.1, signed as the generation of the endpoint wants it.
///
/// The recipe of the first, MD5: the parameters with `access_id` and `tonce`, sorted by name and joined as `name=value`
/// with `&`; then `&secret_key=` and the secret; of that the MD5 as 32 upper case hexadecimal digits, in the
/// field `authorization`. The secret is added to the digest and to nothing else.
///
/// The recipe of the second, HMAC-SHA256 with the secret as its key: the method, the path with its base, `?` and the
/// query if there is one, the body, and the time, with nothing between them; as 64 lower case digits in the field
/// `x-coinex-sign`. What is signed are the very bytes that travel.
///
/// Memory is kept from request to request: a hot one allocates nothing.
package struct CoinExRequestWriter: ~Copyable {
    package let host: CoinExHost
    private let credentials: CoinExCredentials?
    /// What is the same in the head of every request, from behind the target on.
    private let headRest: [UInt8]
    private var parameters = CoinExParameters()
    private var digester = Digester(.md5)
    /// Nil without a key.
    private var keyed: KeyedDigester?

    /// - Parameter credentials: nil for a session that only looks at the market.
    package init(_ host: CoinExHost = CoinExHost(), credentials: CoinExCredentials?) {
        let fields = [host.name, host.base, host.agent]
        precondition(
            fields.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } },
            "a line end in a field of a head begins another field")
        self.host = host
        self.credentials = credentials
        let rest =
            " HTTP/1.1\r\nhost: \(host.name)\r\nuser-agent: \(host.agent)\r\naccept: application/json\r\n"
        headRest = Array(rest.utf8)
        if host.api == .v2, let credentials { keyed = KeyedDigester(credentials.secret) }
    }

    /// Appends a request, head and body.
    ///
    /// - Parameter tonce: milliseconds since 1970 by the venue's clock; see ``CoinExServerClock``.
    /// - Precondition: there are credentials if the endpoint is a signed one, which is of the host's generation.
    package mutating func write<Request: CoinExRequest>(
        _ request: Request, tonce: Int64, into wire: inout WireBuffer
    ) {
        let endpoint = request.endpoint
        switch endpoint.api {
        case .v1:
            let stamp = stamp(isSigned: endpoint.isSigned, tonce)
            parameters.begin(hasBody: endpoint.method.hasBody, stamp)
        case .v2: parameters.beginPlain(hasBody: endpoint.method.hasBody)
        }
        request.write(to: &parameters)
        parameters.end()

        wire.append(endpoint.method.wire)
        let target = wire.count
        wire.append(host.base)
        writePath(endpoint.path, request.pathPart, into: &wire)
        if !endpoint.method.hasBody, !parameters.carried.isEmpty {
            wire.append(UInt8(ascii: "?"))
            wire.append(parameters.carried.bytes)
        }
        let targetEnd = wire.count
        headRest.withUnsafeBytes { wire.append($0) }
        if endpoint.isSigned {
            switch endpoint.api {
            case .v1: writeSignature(into: &wire)
            case .v2: writeSignature(of: endpoint.method, target..<targetEnd, tonce, into: &wire)
            }
        }
        if endpoint.method.hasBody {
            wire.append("content-type: application/json" as StaticString)
            if endpoint.api == .v2 { wire.append("; charset=utf-8" as StaticString) }
            wire.append("\r\ncontent-length: " as StaticString)
            wire.appendDecimal(Int64(parameters.carried.count))
            wire.append("\r\n\r\n" as StaticString)
            wire.append(parameters.carried.bytes)
        } else {
            wire.append("\r\n" as StaticString)
        }
    }

    private func stamp(isSigned: Bool, _ tonce: Int64) -> (accessID: String, tonce: Int64)? {
        guard isSigned else { return nil }
        guard let credentials else { preconditionFailure("a signed request needs a key") }
        return (credentials.accessID, tonce)
    }

    private mutating func writeSignature(into wire: inout WireBuffer) {
        guard let credentials else { preconditionFailure("a signed request needs a key") }
        digester.add(parameters.signed.bytes)
        digester.add("&secret_key=" as StaticString)
        digester.add(credentials.secret)
        wire.append("authorization: " as StaticString)
        wire.commit(digester.finish(.upper, into: wire.room(2 * Digest.sizeMax)))
        wire.append("\r\n" as StaticString)
    }

    /// Signs the request whose target stands in `wire`.
    private mutating func writeSignature(
        of method: CoinExMethod, _ target: Range<Int>, _ time: Int64, into wire: inout WireBuffer
    ) {
        guard let credentials, keyed != nil else {
            preconditionFailure("a signed request needs a key of its generation")
        }
        wire.append("x-coinex-key: " as StaticString)
        wire.append(credentials.accessID)
        wire.append("\r\nx-coinex-timestamp: " as StaticString)
        let stamp = wire.count
        wire.appendDecimal(time)
        let stampEnd = wire.count
        keyed?.add(method.name)
        keyed?.add(UnsafeRawBufferPointer(rebasing: wire.bytes[target]))
        if method.hasBody { keyed?.add(parameters.carried.bytes) }
        keyed?.add(UnsafeRawBufferPointer(rebasing: wire.bytes[stamp..<stampEnd]))
        wire.append("\r\nx-coinex-sign: " as StaticString)
        let room = wire.room(2 * Digest.sizeMax)
        keyed?.finish { digest in
            for (index, byte) in digest.enumerated() {
                let (high, low) = Hexadecimal.digits(of: byte, .lower)
                room[2 * index] = high
                room[2 * index + 1] = low
            }
        }
        wire.commit(2 * Digest.sizeMax)
        wire.append("\r\n" as StaticString)
    }

    private func writePath(_ path: StaticString, _ part: CoinExPathPart, into wire: inout WireBuffer) {
        let bytes = UnsafeRawBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount)
        guard let open = bytes.firstIndex(of: UInt8(ascii: "{")) else {
            precondition(part == .none, "this path has no part of its own")
            return wire.append(bytes)
        }
        wire.append(UnsafeRawBufferPointer(rebasing: bytes[..<open]))
        switch part {
        case .none: preconditionFailure("this path has a part of its own")
        case .number(let number): wire.append(String(number))
        case .text(var text): text.withUTF8 { wire.appendPercentEncoded(UnsafeRawBufferPointer($0)) }
        }
        guard let close = bytes.firstIndex(of: UInt8(ascii: "}")) else {
            preconditionFailure("what is opened in a path is closed")
        }
        wire.append(UnsafeRawBufferPointer(rebasing: bytes[(close + 1)...]))
    }
}
