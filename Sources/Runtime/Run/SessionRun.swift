import Configuration
import Journal
import MarketModel
import Quantities
import Simulation
import StrategyKit
import TradingCore

/// One run of a session on simulated orders: paper or backtest, from its first event to its summary.
///
/// The way of every mode: make the parts, start, feed events until they end, stop, sum up. The modes differ
/// in who provides the events and whether anybody waits between them.
public final class SessionRun {
    @usableFromInline let parts: SessionParts
    @usableFromInline let input: MarketInput
    @usableFromInline let recorder: RunRecorder
    @usableFromInline var pace: PaceKeeper
    private var folder: RunFolder?
    let isInterrupted: () -> Bool
    private let viewer: (any SessionViewer)?
    /// What a viewer is told, where there is one.
    private(set) var news: RecentNews?
    @usableFromInline var eventCount = 0
    private var ending = RunOutcome.Ending.finished

    /// - Parameters:
    ///   - viewer: looks at the session while it runs; takes the place of the status.
    ///   - isInterrupted: asked between events; true ends the run in good order.
    package init(
        _ parts: SessionParts, console: any RunConsole, viewer: (any SessionViewer)? = nil,
        isInterrupted: @escaping () -> Bool = { false }
    ) throws(RunError) {
        self.parts = parts
        self.isInterrupted = isInterrupted
        self.viewer = viewer
        news = viewer.map { _ in RecentNews(parts) }
        let configuration = parts.configuration
        input = try MarketInput(parts)
        recorder = RunRecorder(parts, console)
        pace = PaceKeeper(
            configuration.mode == .backtest ? .unlimited : configuration.pace, from: input.start)
    }

    /// Runs all strategies of the configuration: one alone in an engine of its own type, several together.
    package func perform(_ bindings: [StrategyBinding]) throws -> RunOutcome {
        let selections = parts.configuration.strategies
        guard selections.count == 1 else { return try perform(parts.makeEnsemble(bindings)) }
        let binding = try parts.binding(selections[0], bindings)
        return try binding.runAlone(self, selections[0].parameters, parts.setup(selections[0]))
    }

    /// Runs a strategy from the first event to the last.
    @inlinable
    package func perform<S: StrategyCallbacks>(_ strategy: S) throws -> RunOutcome {
        let engine = parts.makeEngine(strategy)
        let venue = try parts.makeVenue(at: input.start)
        // All parts are there: what fails from here on is a run that failed, and is written down.
        if let observer = try openJournal() {
            var session = SimulatedSession(engine: engine, venue: venue, observer: observer)
            return drive(&session)
        }
        var session = SimulatedSession(engine: engine, venue: venue, observer: NoObserver())
        return drive(&session)
    }

    /// Makes the run's folder and what the configuration wants written down; returns the tape, if any.
    @usableFromInline
    func openJournal() throws(RunError) -> TapeObserver? {
        let journal = parts.configuration.journal
        guard journal.hasTape || journal.hasLedger else { return nil }
        let folder = try RunFolder(in: journal.folder)
        self.folder = folder
        let tape = journal.hasTape ? try makeTape(folder) : nil
        guard journal.hasLedger else { return tape }
        do throws(LedgerError) {
            var book = try LedgerBook(
                path: journal.folder + "/ledger.db", parts, mode: parts.configuration.mode.rawValue,
                at: input.start)
            book.open(parts.configuration.balances, at: input.start)
            recorder.book = book
        } catch {
            throw .ledger(error)
        }
        return tape
    }

    private func makeTape(_ folder: RunFolder) throws(RunError) -> TapeObserver {
        do throws(TapeError) {
            let policy: TapePolicy
            switch parts.configuration.journal.durability {
            case .process: policy = .process
            case .power: policy = .power
            }
            let metadata = SessionTapeHeader(
                run: folder.name, configuration: parts.configuration.effectiveText)
            return TapeObserver(
                try TapeWriter(
                    creating: folder.file("session.tape"), metadata: metadata.bytes, policy: policy))
        } catch {
            throw .tape(error)
        }
    }
}

// MARK: - Driving

extension SessionRun {
    @inlinable
    func drive<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>
    ) -> RunOutcome {
        session.engine.floor.keepsTold = true
        session.start(at: input.start)
        var last = input.start
        do {
            switch input.kind {
            case .synthetic: last = driveSynthetic(&session)
            case .events: last = try driveEvents(&session)
            case .records: last = driveRecords(&session)
            }
        } catch {
            fail(error)
            last = session.engine.desk.now
        }
        session.stop(at: last)
        session.observer.finish(at: session.engine.desk.now)
        if let failure = session.observer.failure { fail(failure) }
        return conclude(&session.engine.desk, &session.engine.floor, session.venue, at: last)
    }

    /// Lets the embedded markets run slice by slice.
    @inlinable
    func driveSynthetic<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>
    ) -> Instant {
        var now = input.start
        while input.end == nil || now < input.end! {
            now = min(now + pace.slice, input.end ?? .distantFuture)
            eventCount += session.runMarkets(to: now)
            guard follow(&session, at: now) else { return now }
        }
        return now
    }

    /// Decodes a recording event by event.
    @inlinable
    func driveEvents<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>
    ) throws -> Instant {
        var sliceEnd = input.start + pace.slice
        var last = input.start
        while let event = try input.next() {
            if event.receivedAt >= sliceEnd {
                guard follow(&session, at: event.receivedAt) else { return last }
                sliceEnd = event.receivedAt + pace.slice
            }
            session.feed(event)
            eventCount += 1
            last = event.receivedAt
        }
        return input.over(after: last)
    }

    /// Runs over record files in memory, chunk by chunk.
    @inlinable
    func driveRecords<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>
    ) -> Instant {
        var last = input.start
        while let chunk = input.nextChunk() {
            input.scales.withUnsafeBufferPointer { session.run(chunk, $0) }
            eventCount += chunk.count
            last = chunk[chunk.count - 1].receivedAt
            guard follow(&session, at: last) else { return last }
        }
        return input.over(after: last)
    }

    /// Between events: ledger, console, pace. False when the run has to end.
    @inlinable
    func follow<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>, at now: Instant
    ) -> Bool {
        if let failure = session.observer.failure { fail(failure) }
        return follow(&session.engine.desk, &session.engine.floor, at: now)
    }

    /// Notes why the run cannot go on; the first reason counts.
    @usableFromInline
    func fail(_ error: any Error) {
        guard ending == .finished else { return }
        if let error = error as? RunError {
            ending = .failed(error)
        } else if let error = error as? TapeError {
            ending = .failed(.tape(error))
        } else {
            ending = .failed(.setup("\(error)"))
        }
    }

    @usableFromInline
    func follow(_ desk: inout Desk, _ floor: inout TradingFloor, at now: Instant) -> Bool {
        news?.gather(desk, floor)
        recorder.follow(desk: &desk, floor: &floor, at: now)
        if let failure = recorder.failure { fail(failure) }
        if isInterrupted(), ending == .finished { ending = .interrupted }
        guard ending == .finished else { return false }
        if let viewer {
            attend(viewer, desk, floor, at: now)
        } else {
            recorder.showStatus(desk, floor, at: now, input)
            pace.wait(until: now, unless: isInterrupted)
        }
        return true
    }

    @usableFromInline
    func conclude(
        _ desk: inout Desk, _ floor: inout TradingFloor, _ venue: borrowing SimulatedVenue,
        at now: Instant
    ) -> RunOutcome {
        recorder.follow(desk: &desk, floor: &floor, at: desk.now)
        recorder.finish(desk, floor, ending, at: now)
        if let failure = recorder.failure { fail(failure) }
        return RunOutcome(
            ending: ending, lines: recorder.lines(desk), stopped: recorder.stopped(desk),
            counters: floor.counters, rateViolations: venue.rateViolations, decisions: floor.chain.count,
            hash: floor.chain.text, events: eventCount,
            drawdownMax: floor.risk.elements.reduce(.zero) { max($0, $1.ladder.drawdownMax) },
            curve: recorder.curve, marketTime: now - input.start, wallTime: pace.elapsed,
            folder: folder?.path)
    }
}
