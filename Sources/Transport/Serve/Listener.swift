import CLinux
import Glibc
import Quantities

/// Accepts connections on an address; how many live at a time is its user's business.
///
/// When the process has no descriptor left, accepting pauses for a moment instead of spinning on a connection
/// that cannot be taken: the clients wait in the system's queue. Confined to its loop.
package final class Listener: ReadySource, TimerTarget {
    /// Connections accepted in one wake-up, so that a burst does not keep others waiting.
    private static let acceptsMax = 64
    private static let pause = Interval.milliseconds(100)
    /// Connections that the system keeps for us.
    private static let backlog: Int32 = 1_024

    private let loop: EventLoop
    private var descriptor: Descriptor?
    private let number: Int32
    private var source: EventLoop.SourceID?
    private var timer: TimerID?
    private var accept: ((consuming Descriptor, SocketAddress) -> Void)?
    /// Where it listens: with the port that the system chose when 0 was asked for.
    package let address: SocketAddress
    /// How often accepting had to pause for want of descriptors.
    package private(set) var pauses = 0

    /// - Parameter accept: gets each connection with the address of its client.
    package init(
        _ loop: EventLoop, on address: SocketAddress,
        _ accept: @escaping (consuming Descriptor, SocketAddress) -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.accept = accept
        number = clinux_socket(address.family, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw SystemError("socket") }
        let descriptor = Descriptor(number)
        clinux_reuse_address(number)
        if address.isVersion6 { clinux_only_version6(number) }
        let number = number
        guard address.withPointer({ bind(number, $0, $1) }) == 0 else {
            throw SystemError("bind to \(address)")
        }
        guard listen(number, Self.backlog) == 0 else { throw SystemError("listen on \(address)") }
        self.address = SocketAddress.local(of: descriptor) ?? address
        self.descriptor = consume descriptor
        source = try loop.add(self, number, for: .input)
    }

    package func ready(_ readiness: Readiness) {
        for _ in 0..<Self.acceptsMax {
            guard source != nil else { return }
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let (client, from) = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    let client = clinux_accept(number, address, &length)
                    return (client, client >= 0 ? SocketAddress(address, length) : nil)
                }
            }
            guard client >= 0, let from else {
                switch errno {
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: rest()
                // A client that has gone again, a signal: the next one may be there.
                case ECONNABORTED, EINTR, EPROTO: continue
                default: break
                }
                return
            }
            clinux_no_delay(client)
            accept?(Descriptor(client), from)
        }
    }

    private func rest() {
        guard let source, timer == nil else { return }
        pauses += 1
        loop.change(source, number, to: [])
        timer = loop.setTimer(loop.now + Self.pause, self)
    }

    package func timerFired(_ id: TimerID) {
        timer = nil
        guard let source else { return }
        loop.change(source, number, to: .input)
    }

    /// Accepts nothing more; connections that were handed on live on.
    package func close() {
        loop.assertOnLoop()
        if let source { loop.remove(source, number) }
        source = nil
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        accept = nil
        descriptor = nil
    }
}
