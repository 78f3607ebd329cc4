import CLinux
import Glibc

@testable import Transport
@testable import WireCodecs

/// One end of a WebSocket on bare system calls that wait: what a test says goes out byte for byte.
///
/// It is written apart from what it tests; only the answer to a client's key is the wire's own. One thread uses it
/// after the other.
final class RawPeer: @unchecked Sendable {
    enum Failure: Error, CustomStringConvertible {
        case system(String, Int32)
        case silent
        case handshake(String)

        var description: String {
            switch self {
            case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
            case .silent: "nothing came in time"
            case .handshake(let head): "no WebSocket: \(head)"
            }
        }
    }

    /// Nothing is waited for longer.
    static let patienceSeconds = 30
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let answerToKey = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    private let descriptor: Descriptor
    private let isClient: Bool
    private var input: [UInt8] = []
    private var taken = 0
    /// The other side's head of the handshake.
    private(set) var head = ""

    private init(_ descriptor: consuming Descriptor, isClient: Bool) {
        self.descriptor = descriptor
        self.isClient = isClient
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(self.descriptor.number, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(self.descriptor.number, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        clinux_no_delay(self.descriptor.number)
    }

    // MARK: Coming about

    /// A connection without a handshake.
    static func connect(_ port: UInt16) throws -> RawPeer {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw Failure.system("socket", errno) }
        let peer = RawPeer(Descriptor(number), isClient: true)
        guard let address = SocketAddress("127.0.0.1", port: port),
            address.withPointer({ Glibc.connect(number, $0, $1) }) == 0
        else { throw Failure.system("connect", errno) }
        return peer
    }

    /// A client of a server of ours.
    static func open(_ port: UInt16, offer: String? = nil) throws -> RawPeer {
        let peer = try connect(port)
        try peer.ask(offer: offer)
        try peer.takeAnswer()
        return peer
    }

    /// Asks a server of ours for a WebSocket.
    func ask(offer: String? = nil) throws {
        let extensions = offer.map { "Sec-WebSocket-Extensions: \($0)\r\n" } ?? ""
        try send(
            Array(
                ("GET /case?number=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \(Self.key)\r\n"
                    + extensions + "\r\n").utf8))
    }

    func takeAnswer() throws {
        head = try readHead()
        guard head.hasPrefix("HTTP/1.1 101"), head.contains(Self.answerToKey) else {
            throw Failure.handshake(head)
        }
    }

    /// The next client of ours, without a handshake.
    static func accept(_ listener: RawListener) throws -> RawPeer {
        var wait = pollfd(fd: listener.number, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, Int32(patienceSeconds * 1_000)) == 1 else { throw Failure.silent }
        let number = Glibc.accept(listener.number, nil, nil)
        guard number >= 0 else { throw Failure.system("accept", errno) }
        return RawPeer(Descriptor(number), isClient: false)
    }

    /// The server of the next client of ours.
    ///
    /// - Parameter answer: makes the extensions of the answer out of the client's head.
    static func serve(
        _ listener: RawListener, answer: (String) -> String? = { _ in nil }
    ) throws -> RawPeer {
        let peer = try accept(listener)
        peer.head = try peer.readHead()
        let name = "Sec-WebSocket-Key: "
        guard let line = peer.head.split(separator: "\r\n").first(where: { $0.hasPrefix(name) }) else {
            throw Failure.handshake(peer.head)
        }
        let accept = WebSocketHandshake.accept(String(line.dropFirst(name.count)))
        let extensions = answer(peer.head).map { "Sec-WebSocket-Extensions: \($0)\r\n" } ?? ""
        try peer.send(
            Array(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(accept)\r\n\(extensions)\r\n").utf8))
        return peer
    }

    // MARK: Saying

    func send(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest)
                let count = clinux_send(descriptor.number, piece.baseAddress, piece.count)
                guard count > 0 else { throw Failure.system("send", errno) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// The bytes of a frame as this side sends it.
    func encoded(_ frame: RawFrame) -> [UInt8] {
        guard isClient else { return frame.bytes(mask: nil) }
        // A mask of zeros is one too, and is quicker for long payloads.
        return frame.bytes(mask: frame.payload.count > 1 << 16 ? [0, 0, 0, 0] : [0x37, 0xFA, 0x21, 0x3D])
    }

    func say(_ frame: RawFrame) throws { try send(encoded(frame)) }

    func endOutput() { shutdown(descriptor.number, Int32(SHUT_WR)) }

    /// Ends the connection with a reset.
    func cut() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor.number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    // MARK: Hearing

    /// Whether something comes in the time.
    func hasNews(within milliseconds: Int32) -> Bool {
        var wait = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, milliseconds) == 1
    }

    /// False at the end of the connection.
    private func receive() throws -> Bool {
        if taken > 1 << 20 || taken == input.count {
            input.removeFirst(taken)
            taken = 0
        }
        var memory = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor.number, &memory, memory.count, 0)
        if count < 0 {
            // A peer that had not read everything ends with a reset: an end all the same.
            if errno == ECONNRESET { return false }
            throw errno == EAGAIN ? Failure.silent : Failure.system("recv", errno)
        }
        input += memory[..<count]
        return count > 0
    }

    private func have(_ count: Int) throws -> Bool {
        while input.count - taken < count { guard try receive() else { return false } }
        return true
    }

    /// A head of HTTP.
    func readHead() throws -> String {
        while true {
            let bytes = input[taken...]
            for end in bytes.indices where bytes[end...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) {
                defer { taken = end + 4 }
                return String(decoding: bytes[..<(end + 4)], as: UTF8.self)
            }
            guard try receive() else { throw Failure.handshake(String(decoding: bytes, as: UTF8.self)) }
        }
    }

    /// The next frame; nil at the end of the connection, also inside a frame.
    func hear() throws -> RawFrame? {
        guard try have(2) else { return nil }
        let (first, second) = (input[taken], input[taken + 1])
        guard (second & 0x80 == 0) == isClient else { throw Failure.handshake("a mask is there or is not") }
        var size = 2
        var length = Int(second & 0x7F)
        if length >= 126 {
            let bytes = length == 126 ? 2 : 8
            guard try have(2 + bytes) else { return nil }
            length = input[(taken + 2)..<(taken + 2 + bytes)].reduce(0) { $0 << 8 | Int($1) }
            size += bytes
        }
        let maskSize = isClient ? 0 : 4
        guard try have(size + maskSize + length) else { return nil }
        let start = taken + size + maskSize
        var payload = Array(input[start..<(start + length)])
        if !isClient {
            let mask = Array(input[(taken + size)..<start])
            payload.withUnsafeMutableBufferPointer { bytes in
                for index in bytes.indices { bytes[index] ^= mask[index & 3] }
            }
        }
        taken = start + length
        return RawFrame(
            isFinal: first & 0x80 != 0, reserved: first >> 4 & 7, opcode: first & 0xF, payload: payload)
    }

    /// Drops up to so many bytes; how many there were.
    func take(_ count: Int) -> Int {
        var memory = [UInt8](repeating: 0, count: count)
        return max(0, recv(descriptor.number, &memory, count, 0))
    }

    /// The next frame that is no ping; pings, which a peer sends that has waited for long, are answered.
    func hearAnswer() throws -> RawFrame? {
        while let frame = try hear() {
            guard frame.opcode == 9 else { return frame }
            var pong = RawFrame.pong()
            pong.payload = frame.payload
            try say(pong)
        }
        return nil
    }

    /// All bytes up to the end of the connection.
    func hearAll() throws -> [UInt8] {
        while try receive() {}
        defer { taken = input.count }
        return Array(input[taken...])
    }
}

/// A socket that listens on a port of the loopback that the system chooses.
final class RawListener: @unchecked Sendable {
    private let descriptor: Descriptor
    let port: UInt16
    var number: Int32 { descriptor.number }

    /// - Parameter backlog: connections that the system takes for it.
    init(backlog: Int32 = 64) throws {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw RawPeer.Failure.system("socket", errno) }
        descriptor = Descriptor(number)
        guard let address = SocketAddress("127.0.0.1", port: 0),
            address.withPointer({ bind(number, $0, $1) }) == 0, listen(number, backlog) == 0
        else { throw RawPeer.Failure.system("listen", errno) }
        port = SocketAddress.local(of: descriptor)?.port ?? 0
    }
}
