import CoinExVenue
import Configuration
import Journal
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import Transport

/// One run of a session with the venue's own data: from its first connection until all of its orders have ended.
///
/// Everything happens on one loop, which runs on the calling thread: sockets, timers, the trader. Hence `@unchecked
/// Sendable`: no other thread sees it.
public final class LiveRun: @unchecked Sendable {
    /// How often ledger, console and view are looked after.
    private static let lookPause = Interval.milliseconds(100)

    @usableFromInline let parts: SessionParts
    let recorder: RunRecorder
    let console: any RunConsole
    private let loop: EventLoop
    let clock = LiveClock()
    private let credentials: CoinExCredentials?
    private let address: VenueAddress
    @usableFromInline let sockets: VenueSockets
    @usableFromInline let executor: UnownedSerialExecutor
    private let isInterrupted: () -> Bool
    let viewer: (any SessionViewer)?
    /// Sources of market data beside the venue.
    private var feeds: LiveFeeds?
    var news: RecentNews?
    var journal: LiveJournal?
    let safety: SafetyWatch
    private let beginsAnew: Bool
    @usableFromInline private(set) var startedAt = Instant.distantPast
    // As of the last look.
    var phase = LivePhase.idle
    /// Every strategy has ended and none of their orders lives.
    var hasNothingToDo = false
    var isPaused = false
    var ending = RunOutcome.Ending.finished
    @usableFromInline var eventCount = 0
    /// Whether the run was being ended when it was cut short: it only comes to its end.
    @usableFromInline package var isEnding = false

    /// - Parameters:
    ///   - credentials: nil on paper.
    ///   - beginsAnew: whether a run of the bot that was cut short is let be, instead of gone on with.
    ///   - environment: where proxies are named.
    ///   - isInterrupted: asked now and then; true ends the run in good order.
    package init(
        _ parts: SessionParts, credentials: CoinExCredentials?, beginsAnew: Bool = false,
        environment: [String: String], console: any RunConsole, viewer: (any SessionViewer)? = nil,
        isInterrupted: @escaping () -> Bool = { false }
    ) throws(RunError) {
        self.parts = parts
        safety = SafetyWatch(parts.configuration)
        self.credentials = credentials
        self.beginsAnew = beginsAnew
        self.console = console
        self.viewer = viewer
        self.isInterrupted = isInterrupted
        news = viewer.map { _ in RecentNews(parts) }
        recorder = RunRecorder(parts, console)
        address = try VenueAddress(parts.configuration.connection, environment: environment)
        do throws(SystemError) {
            loop = try EventLoop()
        } catch {
            throw .setup("\(error)")
        }
        sockets = VenueSockets(loop, clock, address)
        executor = loop.asUnownedSerialExecutor()
        feeds = try LiveFeeds(parts, loop, clock, environment: environment, hasLink: hasLink, self)
    }

    /// Runs all strategies of the configuration: one alone in an engine of its own type, several together.
    package func perform(_ bindings: [StrategyBinding]) throws -> RunOutcome {
        let selections = parts.configuration.strategies
        guard selections.count == 1 else { return try perform(parts.makeEnsemble(bindings)) }
        let binding = try parts.binding(selections[0], bindings)
        return try binding.liveAlone(self, selections[0].parameters, parts.setup(selections[0]))
    }

    /// Runs a strategy until it is stopped.
    @inlinable
    package func perform<S: StrategyCallbacks>(_ strategy: S) throws -> RunOutcome {
        let trader = LiveTrader(self, isPaper ? try onPaper(strategy) : try atVenue(strategy))
        let events = SocketEvents(
            opened: { now in trader.enter(now) { $0.opened(at: $1) } },
            received: { message, now in trader.take((message, now)) { $0.received($1.0, at: $1.1) } },
            closed: { now in trader.enter(now) { $0.closed(at: $1) } },
            heard: { number, quota, now in
                trader.take((number, quota, now)) { $0.heard($1.0, $1.1, at: $1.2) }
            },
            ended: { number, outcome, now in
                trader.take((number, outcome, now)) { $0.ended($1.0, $1.1, at: $1.2) }
            },
            observed: { events, now in trader.take((events, now)) { $0.observed($1.0, at: $1.1) } },
            due: { now in trader.enter(now) { $0.advance(to: $1) } })
        return run(
            events, start: { now in trader.enter(now) { $0.start(at: $1) } },
            look: { now in trader.enter(now) { $0.look(at: $1) } },
            stop: { now in trader.enter(now) { $0.stop(at: $1) } },
            conclude: { now in trader.enter(now) { $0.finish(at: $1) } })
    }
}

// MARK: - The parts

extension LiveRun {
    /// A session that trades at the venue: a new one, or one that was cut short.
    @inlinable
    func atVenue<S: StrategyCallbacks>(_ strategy: S) throws -> TraderSession<S> {
        let past = try openJournal()
        var engine = parts.makeEngine(strategy)
        engine.floor.keepsTold = true
        var link = makeLink()
        if let past { try recall(&engine, &link, past) }
        var session = LiveSession(
            engine: engine, link: link, observer: try openTape(), settings: liveSettings)
        if let past {
            session.resume(unsent: past.reader.unrecorded, at: startedAt)
        } else {
            session.begin(with: try carries())
        }
        return TraderSession(live: session)
    }

    /// A session with the venue's data and simulated orders; it has no key.
    @inlinable
    func onPaper<S: StrategyCallbacks>(_ strategy: S) throws -> TraderSession<S> {
        _ = try openJournal()
        var engine = parts.makeEngine(strategy)
        engine.floor.keepsTold = true
        let session = SimulatedSession(
            engine: engine, venue: try parts.makeVenue(at: startedAt), observer: try openTape())
        return TraderSession(paper: PaperSession(session: session, link: hasLink ? makeLink() : nil))
    }

    @usableFromInline func assertOnLoop() { loop.assertOnLoop() }

    /// Whether any market is of the venue that is traded at.
    @usableFromInline var hasLink: Bool { !parts.venueTable.markets.isEmpty }

    @usableFromInline var isPaper: Bool {
        switch parts.configuration.mode {
        case .live: false
        case .paper, .backtest: true
        }
    }

    @usableFromInline var liveSettings: LiveSettings {
        var settings = LiveSettings()
        settings.foundOrders = parts.configuration.connection.foundOrders
        settings.stopPatience = parts.configuration.connection.stopPatience
        settings.auditEvery = parts.configuration.connection.auditEvery
        return settings
    }

    /// Makes the run's folder and, where it is wanted, its ledger, or finds those of a run that was cut short.
    ///
    /// - Returns: the tape of the run that is gone on with.
    @usableFromInline
    func openJournal() throws -> SessionReplay? {
        let settings = parts.configuration.journal
        startedAt = clock.instant(.now)
        try safety.checkArmed(at: .zero)
        let journal = try LiveJournal(parts.configuration, beginsAnew: beginsAnew, at: startedAt)
        self.journal = journal
        let past = journal.isResumed ? try openPast(journal.folder) : nil
        try safety.begin(run: journal.folder.name)
        if settings.hasLedger {
            recorder.book = try LedgerBook(
                path: settings.folder + "/ledger.db", parts, mode: parts.configuration.mode.rawValue,
                folder: journal.folder.name, at: startedAt)
            if isPaper { recorder.book?.open(parts.configuration.balances, at: startedAt) }
        }
        return past
    }

    /// The tape of a run that was cut short, which has to be of the same configuration.
    private func openPast(_ folder: RunFolder) throws -> SessionReplay {
        let path = folder.file(LiveJournal.tapeName)
        guard let header = SessionTapeHeader(try TapeReader(path: path).metadata),
            header.configuration == parts.configuration.effectiveText
        else {
            throw RunError.setup(
                "\(folder.path) was cut short with another configuration; start with that one, or with "
                    + "--fresh to let it be: its orders are then treated as 'found_orders' says")
        }
        return try SessionReplay(parts, tape: path)
    }

    /// Brings engine and link to where the tape of the run ends, and the ledger with them.
    @inlinable
    func recall<S: StrategyCallbacks>(
        _ engine: inout Engine<S>, _ link: inout CoinExLink, _ past: SessionReplay
    ) throws {
        beginRecall()
        try past.feed(&engine, heard: { link.recall($0, $1) }, look: { keep(&$0.desk, &$0.floor) })
        isEnding = engine.isStopping
        try endRecall(past.reader.difference)
    }

    @usableFromInline
    func openTape() throws(RunError) -> TapeObserver {
        guard let journal else { preconditionFailure("the journal has been opened") }
        let keepsBlocks = !isPaper
        var tape =
            journal.isResumed
            ? try TapeObserver(resuming: journal.folder, parts.configuration, keepsBlocks: keepsBlocks)
            : try TapeObserver(in: journal.folder, parts.configuration, keepsBlocks: keepsBlocks)
        try tape.startFlushing(parts.configuration)
        return tape
    }

    @usableFromInline
    func makeLink() -> CoinExLink {
        guard
            let naming = CoinExOrderNaming(
                bot: parts.configuration.connection.bot, run: journal?.lock?.number ?? 0)
        else {
            preconditionFailure("the configuration's reader has checked the name")
        }
        var settings = CoinExLinkSettings(
            parts.venueTable, naming: naming, credentials: credentials, api: address.host.api)
        settings.host = address.host
        settings.pacingMargin = SessionParts.venuePacingMargin
        return CoinExLink(
            parts.venueTable, settings, random: SeededRandom(seed: UInt64(bitPattern: startedAt.nanoseconds)))
    }
}

// MARK: - The loop

extension LiveRun {
    /// Runs the loop until the session has ended.
    @usableFromInline
    func run(
        _ events: SocketEvents, start: @escaping (Instant) -> Void, look: @escaping (Instant) -> Void,
        stop: @escaping (Instant) -> Void, conclude: @escaping (Instant) -> RunOutcome?
    ) -> RunOutcome {
        var outcome: RunOutcome?
        let looker = Looker(loop, every: Self.lookPause) { [self] in
            let now = sockets.now
            look(now)
            if isOver {
                feeds?.close()
                sockets.close()
                outcome = conclude(now)
                loop.stop()
            } else if wantsToStop(at: now) {
                stop(now)
            }
        }
        let beginning = LoopBody { [self] in
            sockets.begin(events, hasLink: hasLink)
            start(sockets.now)
            feeds?.start()
            looker.begin()
        }
        loop.submit { beginning.perform() }
        loop.run()
        guard let outcome else { preconditionFailure("the loop runs until there is an outcome") }
        return outcome
    }

    private var isOver: Bool {
        switch phase {
        case .ended: true
        case .idle, .joining, .running, .stopping, .verifying: false
        }
    }

    private func wantsToStop(at now: Instant) -> Bool {
        if isInterrupted() {
            if ending == .finished { ending = .interrupted }
            return true
        }
        if let duration = parts.configuration.duration, now >= startedAt + duration { return true }
        return ending != .finished || hasNothingToDo
    }
}

/// A body that is given to the loop of the thread that made it.
private struct LoopBody: @unchecked Sendable {
    let perform: () -> Void

    init(_ perform: @escaping () -> Void) { self.perform = perform }
}

/// Calls a body again and again.
private final class Looker: TimerTarget {
    private let loop: EventLoop
    private let pause: Interval
    private let body: () -> Void

    init(_ loop: EventLoop, every pause: Interval, _ body: @escaping () -> Void) {
        self.loop = loop
        self.pause = pause
        self.body = body
    }

    func begin() { _ = loop.setTimer(loop.now + pause, self) }

    func timerFired(_ id: TimerID) {
        body()
        begin()
    }
}

extension CoinExLink {
    /// Learns from the tape of the process before.
    @usableFromInline
    mutating func recall(_ entry: SessionEntry, _ adopted: OrderID?) {
        switch entry {
        case .decision(let dispatch): recall(dispatch)
        case .fact(let fact, _): recall(fact)
        case .adopt(let adoption): if let adopted { recall(adoption.found, as: adopted) }
        case .resume(let gap): recall(gap)
        case .event(.connection(let change)): recall(change)
        case .start, .advance, .event, .halt, .carry, .pause, .stop, .end: break
        }
    }
}
