import CLinux
import Glibc
import Quantities

/// Connects to the first of several addresses that answers (RFC 8305, "happy eyeballs").
///
/// Addresses of both kinds take turns, beginning with the first that the resolver named. The next one is tried
/// when one has failed, or has not answered for `pause`; the first to answer wins and the others are closed.
final class AddressRace: TimerTarget {
    /// The recommended pause between attempts.
    private static let pause = Interval.milliseconds(250)
    /// Addresses tried; more are left out.
    private static let addressesMax = 16

    private let loop: EventLoop
    private var addresses: [SocketAddress]
    private var attempts: [ConnectAttempt] = []
    private var timer: TimerID?
    private var completion: ((consuming Descriptor?, ConnectFailure?) -> Void)?
    private var lastFailure: ConnectFailure

    /// - Parameters:
    ///   - addresses: at least one.
    ///   - completion: gets the connection, or nil and the reason; not called after `cancel`.
    init(
        _ loop: EventLoop, _ addresses: [SocketAddress],
        _ completion: @escaping (consuming Descriptor?, ConnectFailure?) -> Void
    ) {
        self.loop = loop
        self.addresses = Array(Self.alternating(addresses).prefix(Self.addressesMax).reversed())
        self.completion = completion
        lastFailure = .unreachable(address: "nowhere", reason: "there is no address")
    }

    /// The addresses of both kinds in turn.
    static func alternating(_ addresses: [SocketAddress]) -> [SocketAddress] {
        guard let first = addresses.first else { return [] }
        let same = addresses.filter { $0.isVersion6 == first.isVersion6 }
        let other = addresses.filter { $0.isVersion6 != first.isVersion6 }
        var result: [SocketAddress] = []
        for index in 0..<max(same.count, other.count) {
            if index < same.count { result.append(same[index]) }
            if index < other.count { result.append(other[index]) }
        }
        return result
    }

    func start() { tryNext() }

    func cancel() {
        completion = nil
        stop()
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        tryNext()
    }

    private func tryNext() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        while let address = addresses.popLast() {
            do throws(SystemError) {
                attempts.append(try ConnectAttempt(loop, address, self))
            } catch {
                lastFailure = Self.failure(address, error)
                continue
            }
            if !addresses.isEmpty { timer = loop.setTimer(loop.now + Self.pause, self) }
            return
        }
        guard attempts.isEmpty, let completion else { return }
        self.completion = nil
        completion(nil, lastFailure)
    }

    fileprivate func attemptEnded(_ attempt: ConnectAttempt, _ code: Int32) {
        attempts.removeAll { $0 === attempt }
        if code != 0 {
            lastFailure = Self.failure(attempt.address, SystemError("connect", code: code))
            tryNext()
            return
        }
        stop()
        guard let completion else { return }
        self.completion = nil
        completion(attempt.takeDescriptor(), nil)
    }

    private func stop() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        addresses = []
        for attempt in attempts { attempt.cancel() }
        attempts = []
    }

    private static func failure(_ address: SocketAddress, _ error: SystemError) -> ConnectFailure {
        switch error.code {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: .resources("\(error)")
        default: .unreachable(address: "\(address)", reason: String(cString: strerror(error.code)))
        }
    }
}

/// One connection attempt that waits for its answer.
private final class ConnectAttempt: ReadySource {
    let address: SocketAddress
    private let loop: EventLoop
    private var descriptor: Descriptor?
    private let number: Int32
    private var source: EventLoop.SourceID?
    private unowned let race: AddressRace

    init(_ loop: EventLoop, _ address: SocketAddress, _ race: AddressRace) throws(SystemError) {
        self.loop = loop
        self.address = address
        self.race = race
        number = clinux_socket(address.family, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw SystemError("socket") }
        descriptor = Descriptor(number)
        clinux_no_delay(number)
        let result = address.withPointer { connect(number, $0, $1) }
        // A connection on this machine may be there at once: it is told as writable all the same.
        guard result == 0 || errno == EINPROGRESS else { throw SystemError("connect") }
        source = try loop.add(self, number, for: .output)
    }

    func ready(_ readiness: Readiness) {
        guard let number = leave() else { return }
        race.attemptEnded(self, clinux_socket_error(number))
    }

    func cancel() {
        _ = leave()
        descriptor = nil
    }

    func takeDescriptor() -> Descriptor? { descriptor.take() }

    /// Ends the watch; returns the socket's number when there was one.
    private func leave() -> Int32? {
        guard let source else { return nil }
        self.source = nil
        loop.remove(source, number)
        return number
    }
}
