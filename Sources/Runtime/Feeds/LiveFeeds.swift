import Configuration
import MarketModel
import Quantities
import Transport

/// The sources of market data of a live run, and what their states mean to it.
///
/// Beside a link a source tells of its own markets only: that their books cannot be relied on stands in its events.
/// Where all markets are of sources, they are the connection: it is ready when all of them are.
final class LiveFeeds: SourceUser {
    private let names: [String]
    private let hasLink: Bool
    private unowned let run: LiveRun
    private var sockets: [SourceSockets] = []
    private var areReady: [Bool]

    init(
        _ parts: SessionParts, _ loop: EventLoop, _ clock: LiveClock, environment: [String: String],
        hasLink: Bool, _ run: LiveRun
    ) throws(RunError) {
        let sources = parts.configuration.sources
        names = sources.map(\.venue.rawValue)
        areReady = Array(repeating: false, count: sources.count)
        self.hasLink = hasLink
        self.run = run
        for (index, settings) in sources.enumerated() {
            let address = try SourceAddress(
                socket: settings.socket, rest: settings.rest, authority: settings.authority,
                environment: environment)
            let random = SeededRandom(
                seed: UInt64(bitPattern: clock.instant(loop.now).nanoseconds) &+ UInt64(index))
            let machine = try SourceMaking.source(settings, parts, random: random)
            sockets.append(SourceSockets(loop, clock, address, machine, index: index, user: self))
        }
    }

    func start() { for source in sockets { source.start() } }

    func close() { for source in sockets { source.close() } }

    func source(
        _ source: Int, received message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant
    ) {}

    func source(
        _ source: Int, asked subject: String, received answer: UnsafeBufferPointer<UInt8>, at now: Instant
    ) {}

    func source(_ source: Int, made events: [MarketEvent], at now: Instant) { run.sockets.observe(events) }

    func source(_ source: Int, is state: ConnectionChange.State, at now: Instant) {
        let wereReady = areReady.allSatisfy { $0 }
        areReady[source] = state == .ready
        switch state {
        case .connecting: break
        case .ready: run.tell(["\(names[source]): market data come"], at: now)
        case .lost: run.tell(["\(names[source]): the connection was lost"], at: now)
        }
        guard !hasLink, wereReady != areReady.allSatisfy({ $0 }) else { return }
        let change = ConnectionChange(state: wereReady ? .lost : .ready, venueTime: now, receivedAt: now)
        run.sockets.observe([.connection(change)])
    }

    func source(_ source: Int, tells text: String, at now: Instant) {
        run.tell(["\(names[source]): \(text)"], at: now)
    }
}
