import Glibc
import WireCodecs

/// Asks a proxy for a way to a host, before anything else is said. Does no input and no output.
struct ProxyHandshake: ~Copyable {
    enum Step: Equatable {
        /// More bytes are needed.
        case waiting
        /// Bytes have to be sent, then it goes on.
        case send([UInt8])
        /// What follows in the input is the host's.
        case connected
    }

    private enum State {
        /// HTTP: CONNECT was sent. Can transition to: `done`.
        case connecting
        /// SOCKS: the methods were offered. Can transition to: `authenticating`, `requesting`.
        case greeting
        /// SOCKS: name and password were sent. Can transition to: `requesting`.
        case authenticating
        /// SOCKS: the host was named. Can transition to: `done`.
        case requesting
        case done
    }

    private let proxy: Proxy
    private let host: String
    private let port: UInt16
    private var state: State
    private var reader = HTTPReader.responses()

    init(_ proxy: Proxy, host: String, port: UInt16) {
        self.proxy = proxy
        self.host = host
        self.port = port
        state = proxy.kind == .http ? .connecting : .greeting
        reader.asked = .connect
    }

    /// What is said first.
    func opening() throws(ConnectFailure) -> [UInt8] {
        switch proxy.kind {
        case .http: return connectRequest()
        case .socks5:
            guard host.utf8.count <= 255 else { throw .proxy("the name of the host is too long") }
            // Without authentication; with name and password when we have them.
            return proxy.credentials == nil ? [5, 1, 0] : [5, 2, 0, 2]
        }
    }

    mutating func next(_ input: inout WireBuffer) throws(ConnectFailure) -> Step {
        switch state {
        case .connecting: return try readConnectResponse(&input)
        case .greeting: return try readMethod(&input)
        case .authenticating: return try readVerdict(&input)
        case .requesting: return try readReply(&input)
        case .done: return .connected
        }
    }

    // MARK: HTTP

    private func connectRequest() -> [UInt8] {
        let name = host.contains(":") ? "[\(host)]" : host
        var buffer = WireBuffer(capacity: 512)
        buffer.beginRequest("CONNECT", "\(name):\(port)")
        buffer.field("Host", "\(name):\(port)")
        if let credentials = proxy.credentials {
            let pair = Base64.text(Array("\(credentials.user):\(credentials.password)".utf8))
            buffer.field("Proxy-Authorization", "Basic \(pair)")
        }
        buffer.endHead()
        return Array(buffer.bytes)
    }

    private mutating func readConnectResponse(_ input: inout WireBuffer) throws(ConnectFailure) -> Step {
        do throws(HTTPFault) {
            while true {
                switch try reader.next(&input) {
                case .incomplete: return .waiting
                case .interim: continue
                case .upgraded:
                    state = .done
                    return .connected
                case .head:
                    if (200..<300).contains(reader.head.status) { continue }
                    throw HTTPFault.refusedByProxy
                case .body, .end: throw HTTPFault.refusedByProxy
                }
            }
        } catch {
            let status = reader.head.status
            throw .proxy(status >= 300 ? "it answered \(status)" : "it does not speak HTTP")
        }
    }

    // MARK: SOCKS

    private mutating func readMethod(_ input: inout WireBuffer) throws(ConnectFailure) -> Step {
        guard input.count >= 2 else { return .waiting }
        let (version, method) = (input[0], input[1])
        guard version == 5 else { throw .proxy("it does not speak SOCKS 5") }
        input.consume(2)
        switch method {
        case 0:
            state = .requesting
            return .send(socksRequest())
        case 2:
            guard let credentials = proxy.credentials else { throw .proxy("it wants a password") }
            state = .authenticating
            let (user, password) = (Array(credentials.user.utf8), Array(credentials.password.utf8))
            return .send([1, UInt8(user.count)] + user + [UInt8(password.count)] + password)
        default: throw .proxy("it accepts none of our ways to authenticate")
        }
    }

    private mutating func readVerdict(_ input: inout WireBuffer) throws(ConnectFailure) -> Step {
        guard input.count >= 2 else { return .waiting }
        guard input[1] == 0 else { throw .proxy("it refuses the password") }
        input.consume(2)
        state = .requesting
        return .send(socksRequest())
    }

    /// The host goes by name, so that the proxy looks it up.
    private func socksRequest() -> [UInt8] {
        let portBytes = [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)]
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 {
            return [5, 1, 0, 1] + withUnsafeBytes(of: four) { Array($0) } + portBytes
        }
        var six = in6_addr()
        if inet_pton(AF_INET6, host, &six) == 1 {
            return [5, 1, 0, 4] + withUnsafeBytes(of: six) { Array($0) } + portBytes
        }
        return [5, 1, 0, 3, UInt8(host.utf8.count)] + Array(host.utf8) + portBytes
    }

    private mutating func readReply(_ input: inout WireBuffer) throws(ConnectFailure) -> Step {
        guard input.count >= 5 else { return .waiting }
        let addressBytes: Int
        switch input[3] {
        case 1: addressBytes = 4
        case 3: addressBytes = 1 + Int(input[4])
        case 4: addressBytes = 16
        default: throw .proxy("its reply has an unknown kind of address")
        }
        guard input[0] == 5, input[1] == 0 else { throw .proxy(Self.reason(input[1])) }
        guard input.count >= 6 + addressBytes else { return .waiting }
        input.consume(6 + addressBytes)
        state = .done
        return .connected
    }

    private static func reason(_ code: UInt8) -> String {
        switch code {
        case 1: "general failure"
        case 2: "not allowed"
        case 3: "the network is unreachable"
        case 4: "the host is unreachable"
        case 5: "the host refuses the connection"
        case 6: "the way is too long"
        case 7: "it cannot connect to hosts"
        case 8: "it does not know this kind of address"
        default: "failure \(code)"
        }
    }
}

extension HTTPFault {
    /// The head of the response says why.
    fileprivate static var refusedByProxy: HTTPFault { HTTPFault(.unexpectedResponse, at: 0) }
}
