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
    let safety: SafetyWatch

    /// - Parameters:
    ///   - viewer: looks at the session while it runs; takes the place of the status.
    ///   - isInterrupted: asked between events; true ends the run in good order.
    package init(
        _ parts: SessionParts, console: any RunConsole, viewer: (any SessionViewer)? = nil,
        isInterrupted: @escaping () -> Bool = { false }
    ) throws(RunError) {
        self.parts = parts
        safety = SafetyWatch(parts.configuration)
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
        try checkArmed()
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
        guard journal.hasTape || journal.hasLedger else {
            try safety.begin(run: nil)
            return nil
        }
        let folder = try RunFolder(in: journal.folder)
        try safety.begin(run: folder.name)
        self.folder = folder
        let tape = journal.hasTape ? try TapeObserver(in: folder, parts.configuration) : nil
        guard journal.hasLedger else { return tape }
        do throws(LedgerError) {
            var book = try LedgerBook(
                path: journal.folder + "/ledger.db", parts, mode: parts.configuration.mode.rawValue,
                folder: folder.name, at: input.start)
            book.open(parts.configuration.balances, at: input.start)
            recorder.book = book
        } catch {
            throw .ledger(error)
        }
        return tape
    }
}

// MARK: - Driving

extension SessionRun {
    @inlinable
    func drive<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>
    ) -> RunOutcome {
        session.engine.floor.keepsTold = true
        session.venue.keepsQueuePlaces = recorder.keepsBook
        session.start(at: input.start)
        var last = input.start
        _ = look(&session, at: input.start)
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
        recorder.watch.close()
        session.stop(at: last)
        session.observer.finish(at: session.engine.desk.now)
        if let failure = session.observer.failure { fail(failure) }
        return conclude(&session.engine.desk, &session.engine.floor, &session.venue, at: last)
    }

    /// Lets the embedded markets run slice by slice.
    @inlinable
    func driveSynthetic<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>
    ) -> Instant {
        var now = input.start
        while input.end == nil || now < input.end! {
            let sliceEnd = min(now + pace.slice, input.end ?? .distantFuture)
            var lookAt = recorder.nextLook(after: now)
            while lookAt < sliceEnd {
                eventCount += session.runMarkets(to: lookAt)
                lookAt = look(&session, at: lookAt)
            }
            now = sliceEnd
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
        var lookAt = recorder.nextLook(after: input.start)
        var last = input.start
        while let event = try input.next() {
            if event.receivedAt >= lookAt { lookAt = look(&session, from: lookAt, to: event.receivedAt) }
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
        var lookAt = recorder.nextLook(after: input.start)
        while let chunk = input.nextChunk() {
            lookAt = run(chunk, &session, lookingAt: lookAt)
            eventCount += chunk.count
            last = chunk[chunk.count - 1].receivedAt
            guard follow(&session, at: last) else { return last }
        }
        return input.over(after: last)
    }

    /// Runs records, with a look wherever one is due; returns when the next one is.
    @inlinable
    func run<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ chunk: UnsafeBufferPointer<MarketRecord>, _ session: inout SimulatedSession<S, Observer>,
        lookingAt firstLook: Instant
    ) -> Instant {
        var (lookAt, start) = (firstLook, 0)
        while start < chunk.count {
            // The first record that is not before the look; time does not go back.
            var (low, high) = (start, chunk.count)
            if lookAt == .distantFuture { low = high }
            while low < high {
                let middle = (low + high) / 2
                if chunk[middle].receivedAt < lookAt { low = middle + 1 } else { high = middle }
            }
            let part = UnsafeBufferPointer(rebasing: chunk[start..<low])
            input.scales.withUnsafeBufferPointer { session.run(part, $0) }
            if low < chunk.count { lookAt = look(&session, from: lookAt, to: chunk[low].receivedAt) }
            start = low
        }
        return lookAt
    }

    /// Lets the recorder look at all moments that are due before an event; returns when the next look is due.
    @inlinable
    func look<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>, from first: Instant, to event: Instant
    ) -> Instant {
        var lookAt = first
        while lookAt <= event {
            session.catchUp(to: lookAt)
            lookAt = look(&session, at: lookAt)
            // In a silence in which nothing is due there is nothing to see but what is followed already.
            if session.nextDue > event { lookAt = max(lookAt, min(recorder.watch.nextDue, event)) }
        }
        return lookAt
    }

    @inlinable
    func look<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>, at now: Instant
    ) -> Instant {
        look(&session.engine.desk, &session.engine.floor, &session.venue, at: now)
    }

    /// Between slices: ledger, profit, mids after fills. Returns when the next look is due.
    @usableFromInline
    func look(
        _ desk: inout Desk, _ floor: inout TradingFloor, _ venue: inout SimulatedVenue, at now: Instant
    ) -> Instant {
        news?.gather(desk, floor)
        recorder.follow(desk: &desk, floor: &floor, venue: &venue, at: now)
        return recorder.nextLook(after: now)
    }

    /// Between events: switch, ledger, console, pace. False when the run has to end: something has failed, it was
    /// asked to, or every strategy has ended and none of their orders lives.
    @inlinable
    func follow<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>(
        _ session: inout SimulatedSession<S, Observer>, at now: Instant
    ) -> Bool {
        if let failure = session.observer.failure { fail(failure) }
        while true {
            if let step = takeHalt(at: now) { session.halt(step, at: now) }
            guard follow(&session.engine.desk, &session.engine.floor, &session.venue, at: now) else {
                return false
            }
            // A wait ends early when the switch is thrown in it.
            if !isHaltPending { return true }
        }
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
    func follow(
        _ desk: inout Desk, _ floor: inout TradingFloor, _ venue: inout SimulatedVenue, at now: Instant
    ) -> Bool {
        news?.gather(desk, floor)
        recorder.follow(desk: &desk, floor: &floor, venue: &venue, at: now)
        recorder.writeWhenDue(pace.elapsed)
        if let failure = recorder.failure { fail(failure) }
        if isInterrupted(), ending == .finished { ending = .interrupted }
        guard ending == .finished, !desk.isOver else { return false }
        if let viewer {
            attend(viewer, desk, floor, at: now)
        } else {
            recorder.showStatus(
                desk, floor, at: now, of: input.end.map { input.start...max($0, input.start) })
            pace.wait(until: now) { isInterrupted() || isHaltPending }
        }
        return true
    }

    @usableFromInline
    func conclude(
        _ desk: inout Desk, _ floor: inout TradingFloor, _ venue: inout SimulatedVenue,
        at now: Instant
    ) -> RunOutcome {
        recorder.follow(desk: &desk, floor: &floor, venue: &venue, at: desk.now)
        recorder.finish(desk, floor, ending, at: now)
        if let failure = recorder.failure { fail(failure) }
        safety.end()
        return RunOutcome(
            ending: ending, lines: recorder.lines(desk), finished: recorder.finished(desk),
            stopped: recorder.stopped(desk), halt: safety.latch, counters: floor.counters,
            rateViolations: venue.rateViolations, decisions: floor.chain.count, hash: floor.chain.text,
            events: eventCount,
            drawdownMax: floor.risk.elements.reduce(.zero) { max($0, $1.ladder.drawdownMax) },
            curve: recorder.curve, marketTime: now - input.start, wallTime: pace.elapsed,
            folder: folder?.path)
    }
}
