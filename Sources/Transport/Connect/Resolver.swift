import CLinux
import Glibc
import Quantities

/// Looks up names off the loop, and remembers what it found.
///
/// The system's resolver may block for seconds, so it is asked on a thread of its own, one per lookup. What was
/// found is used again for `freshFor`; older answers still serve when a new lookup fails, because a venue's
/// address changes less often than its name servers fail.
///
/// Confined to its loop, apart from the lookups; hence `@unchecked Sendable`.
package final class Resolver: @unchecked Sendable {
    /// Lookups that wait or run; more fail at once.
    private static let lookupsMax = 64
    /// Names remembered; the oldest goes first.
    private static let namesMax = 256
    private static let freshFor = Interval.seconds(60)

    package typealias Answer = Result<[SocketAddress], ConnectFailure>

    private struct Known {
        var host: String
        var port: UInt16
        var addresses: [SocketAddress]
        var at: LoopTime
    }

    private let loop: EventLoop
    private var known: [Known] = []
    private var waiting: [(id: UInt64, completion: (Answer) -> Void)] = []
    private var lastID: UInt64 = 0

    package init(_ loop: EventLoop) { self.loop = loop }

    /// Finds the addresses of a host; addresses in numbers and fresh answers come back at once.
    package func resolve(_ host: String, port: UInt16, _ completion: @escaping (Answer) -> Void) {
        loop.assertOnLoop()
        if let address = SocketAddress(host, port: port) {
            completion(.success([address]))
            return
        }
        let entry = known.first { $0.host == host && $0.port == port }
        if let entry, loop.now - entry.at < Self.freshFor {
            completion(.success(entry.addresses))
            return
        }
        guard waiting.count < Self.lookupsMax else {
            completion(.failure(.resources("too many names are being looked up")))
            return
        }
        lastID += 1
        let id = lastID
        waiting.append((id, completion))
        let lookup = Lookup(host: host, port: port) { [self] answer in
            loop.submit { self.finish(id, host, port, answer) }
        }
        if !lookup.start() { finish(id, host, port, .failure(.resources("there is no thread for a lookup"))) }
    }

    private func finish(_ id: UInt64, _ host: String, _ port: UInt16, _ answer: Answer) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        let completion = waiting.remove(at: index).completion
        let before = known.firstIndex { $0.host == host && $0.port == port }
        switch answer {
        case .success(let addresses):
            if let before { known.remove(at: before) }
            if known.count == Self.namesMax { known.removeFirst() }
            known.append(Known(host: host, port: port, addresses: addresses, at: loop.now))
            completion(answer)
        case .failure:
            completion(before.map { .success(known[$0].addresses) } ?? answer)
        }
    }
}

/// One question to the system's resolver, on a thread of its own.
private final class Lookup: Sendable {
    private let host: String
    private let port: UInt16
    private let completion: @Sendable (Resolver.Answer) -> Void

    init(host: String, port: UInt16, completion: @escaping @Sendable (Resolver.Answer) -> Void) {
        self.host = host
        self.port = port
        self.completion = completion
    }

    func start() -> Bool {
        let argument = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let lookup = Unmanaged<Lookup>.fromOpaque(argument).takeRetainedValue()
                lookup.completion(lookup.ask())
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func ask() -> Resolver.Answer {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, "\(port)", &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard result == 0 else {
            return .failure(.resolution(host: host, reason: String(cString: gai_strerror(result))))
        }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                addresses.append(SocketAddress(address, entry.pointee.ai_addrlen))
            }
            next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else {
            return .failure(.resolution(host: host, reason: "the answer is empty"))
        }
        return .success(addresses)
    }
}
