import CLinux
import Glibc
import WireCodecs

/// Carries the handshake with a proxy over a fresh socket, and hands the socket on.
///
/// It reads no byte beyond the proxy's answer, because what follows belongs to the host: so it reads one byte at a
/// time. A proxy's answer has some dozens of them.
final class Tunnel: ReadySource {
    /// Bytes of one wake-up, so that a proxy that never stops does not keep others waiting.
    private static let readsMax = 1_024

    private var handshake: ProxyHandshake
    private let completion: (ConnectFailure?) -> Void
    private var loop: EventLoop?
    private var descriptor: Descriptor?
    private var number: Int32 = -1
    private var source: EventLoop.SourceID?
    private var input = WireBuffer(capacity: 256)

    /// - Parameter completion: called once; nil says that the way is open.
    init(_ handshake: consuming ProxyHandshake, _ completion: @escaping (ConnectFailure?) -> Void) {
        self.handshake = handshake
        self.completion = completion
    }

    func start(_ loop: EventLoop, _ descriptor: consuming Descriptor) {
        self.loop = loop
        number = descriptor.number
        self.descriptor = consume descriptor
        do {
            source = try loop.add(self, number, for: .input)
            try send(handshake.opening())
        } catch {
            end(error as? ConnectFailure ?? .resources("\(error)"))
        }
    }

    func ready(_ readiness: Readiness) {
        var byte: UInt8 = 0
        for _ in 0..<Self.readsMax {
            let count = recv(number, &byte, 1, 0)
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            guard count == 1 else {
                end(.closed(phase: .proxying))
                return
            }
            input.append(byte)
            do throws(ConnectFailure) {
                switch try handshake.next(&input) {
                case .waiting: continue
                case .send(let bytes): try send(bytes)
                case .connected:
                    end(nil)
                    return
                }
            } catch {
                end(error)
                return
            }
        }
    }

    func close() {
        leave()
        descriptor = nil
    }

    func takeDescriptor() -> Descriptor? { descriptor.take() }

    /// A handshake fits a fresh socket's buffer.
    private func send(_ bytes: [UInt8]) throws(ConnectFailure) {
        guard clinux_send(number, bytes, bytes.count) == bytes.count else {
            throw .closed(phase: .proxying)
        }
    }

    private func end(_ failure: ConnectFailure?) {
        guard source != nil || failure != nil else { return }
        leave()
        if failure != nil { descriptor = nil }
        completion(failure)
    }

    private func leave() {
        guard let source else { return }
        self.source = nil
        loop?.remove(source, number)
    }
}
