import Glibc

/// A plain TCP connection to an exchange on this machine that sends any bytes, good or bad.
final class RawSocket {
    /// How a connection ended.
    enum End: Equatable {
        case closed
        case reset
        /// It has not, within the time that a call waits.
        case none
    }

    private let number: Int32
    private(set) var received: [UInt8] = []
    private static let secondsMax = 20

    /// - Parameter address: of ours: any of 127.0.0.0/8.
    init(port: UInt16, from address: String = "127.0.0.1") {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var own = Self.address(address, 0)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var wait = timeval(tv_sec: Self.secondsMax, tv_usec: 0)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var other = Self.address("127.0.0.1", port)
        let isConnected = withUnsafePointer(to: &own) { own in
            withUnsafePointer(to: &other) { other in
                own.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) } == 0
                    && other.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        connect(number, $0, length)
                    } == 0
            }
        }
        precondition(isConnected, "the exchange listens on \(port)")
    }

    deinit { close(number) }

    private static func address(_ text: String, _ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return address
    }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The exchange may end a bad connection before it has heard all of it.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Reads until what came contains a text; empty when the connection ends or nothing comes.
    func read(until wanted: String) -> String {
        while !text.contains(wanted) {
            guard readOnce() == nil else { return "" }
        }
        return text
    }

    /// Reads to the end of the connection.
    func readToEnd() -> End {
        while true {
            if let end = readOnce() { return end }
        }
    }

    /// Forgets what has come.
    func forget() { received = [] }

    private var text: String { String(decoding: received, as: UTF8.self) }

    private func readOnce() -> End? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(number, &buffer, buffer.count, 0)
        if count > 0 {
            received += buffer[..<count]
            return nil
        }
        if count == 0 { return .closed }
        return errno == ECONNRESET ? .reset : End.none
    }

    // MARK: HTTP

    func get(_ target: String) -> String {
        forget()
        send("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return read(until: "\"message\":")
    }

    // MARK: WebSocket

    func upgrade() -> Bool {
        send(
            "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        let isGood = read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 101 ")
        forget()
        return isGood
    }

    /// A frame as a client sends it, unless told otherwise.
    static func frame(
        _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, reserved: UInt8 = 0, isMasked: Bool = true
    ) -> [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        let mark: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mark | UInt8(payload.count))
        case ..<65_536: bytes += [mark | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            bytes.append(mark | 127)
            bytes += (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 0xFF) }
        }
        guard isMasked else { return bytes + payload }
        let mask: [UInt8] = [1, 2, 3, 4]
        bytes += mask
        bytes += payload.enumerated().map { $1 ^ mask[$0 % 4] }
        return bytes
    }

    static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }

    static let ping = #"{"id":9,"method":"server.ping","params":[]}"#

    /// The code of a close frame of the exchange that stands at the end of what came; nil without one.
    var closeCode: Int? {
        guard received.count >= 4, let start = received.lastIndex(of: 0x88), start + 3 < received.count else {
            return nil
        }
        return Int(received[start + 2]) << 8 | Int(received[start + 3])
    }
}
