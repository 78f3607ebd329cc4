import Configuration
import Journal
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import Transport

// What is seen of a live session from outside: its console, ledger and view, and what is said at its end.

extension LiveRun {
    @usableFromInline
    func text(_ alert: LiveAlert) -> String {
        LiveAlertText(table: parts.table, bot: parts.configuration.botName).line(alert)
    }

    @usableFromInline
    func tell(_ notes: [String], at now: Instant) {
        for note in notes { recorder.note(note, at: now) }
    }

    /// Between two messages: ledger, profit, console, view.
    @usableFromInline
    func look(
        _ desk: inout Desk, _ floor: inout TradingFloor, _ phase: LivePhase, _ failure: (any Error)?,
        at now: Instant
    ) {
        follow(phase, at: now)
        followPause(floor.isPaused)
        news?.gather(desk, floor)
        recorder.follow(desk: &desk, floor: &floor, at: now)
        recorder.writeWhenDue(now - startedAt)
        if let failure { fail(failure) }
        if let failure = recorder.failure { fail(failure) }
        hasNothingToDo = desk.isOver
        if let viewer {
            show(viewer, desk, floor, at: now)
        } else {
            recorder.showStatus(desk, floor, at: now)
        }
    }

    /// The step that the bot's switch asks for, once per throw.
    @usableFromInline
    func takeHalt(at now: Instant) -> LadderStep? {
        guard let order = safety.take(at: now - startedAt) else { return nil }
        recorder.note(order.note, at: now)
        if let failure = order.failure { fail(failure) }
        return order.step
    }

    /// A pause is a file beside the bot's switch: who takes it away accepts what differs.
    private func followPause(_ isPaused: Bool) {
        guard isPaused != self.isPaused else { return }
        self.isPaused = isPaused
        do throws(FileError) {
            if isPaused {
                try parts.configuration.botState.notePause()
            } else {
                _ = try parts.configuration.botState.endPause()
            }
        } catch {
            fail(RunError.folder(error))
        }
    }

    /// Whether a person has lifted the pause, once.
    @usableFromInline
    func takeArming() -> Bool {
        guard isPaused, !parts.configuration.botState.isPaused else { return false }
        isPaused = false
        return true
    }

    /// Whether a new order may leave now, by the lease.
    @usableFromInline var mayTrade: Bool { safety.mayTrade(at: clock.instant(.now) - startedAt) }

    private func follow(_ phase: LivePhase, at now: Instant) {
        let before = self.phase
        self.phase = phase
        switch (before, phase) {
        case (.idle, .joining):
            if hasLink { recorder.note("connecting to \(parts.configuration.connection.rest)", at: now) }
            for source in parts.configuration.sources {
                recorder.note("connecting to \(source.socket) for market data", at: now)
            }
        case (.idle, .running), (.joining, .running): recorder.note("trading", at: now)
        case (.joining, .stopping), (.running, .stopping):
            recorder.note("stopping: own orders are cancelled", at: now)
        case (_, .idle), (_, .joining), (_, .running), (_, .stopping), (_, .verifying), (_, .ended): break
        }
    }

    private func show(
        _ viewer: any SessionViewer, _ desk: borrowing Desk, _ floor: borrowing TradingFloor, at now: Instant
    ) {
        guard let news, let request = viewer.request() else { return }
        let progress = SessionSnapshot.Progress(
            now: now, start: startedAt, end: parts.configuration.duration.map { startedAt + $0 },
            wallTime: now - startedAt, speed: 1, isPaused: false, events: eventCount,
            decisions: floor.chain.count)
        viewer.show(SessionSnapshot(request, parts, progress, news, recorder.curve, desk, floor))
    }

    /// Notes why the run cannot go on, or has not ended as it was asked to; the first reason counts.
    private func fail(_ error: any Error) {
        switch ending {
        case .finished, .interrupted: break
        case .failed: return
        }
        switch error {
        case let error as RunError: ending = .failed(error)
        case let error as TapeError: ending = .failed(.tape(error))
        default: ending = .failed(.setup("\(error)"))  // open set: errors
        }
    }

    @usableFromInline
    func conclude(
        _ desk: inout Desk, _ floor: inout TradingFloor, _ phase: LivePhase, _ failure: (any Error)?,
        at now: Instant
    ) -> RunOutcome {
        safety.end()
        recorder.watch.close()
        recorder.follow(desk: &desk, floor: &floor, at: now)
        if let failure { fail(failure) }
        if case .ended(let outcome) = phase {
            judge(outcome, at: now)
            if outcome.isClean { bringForward(desk, at: now) }
        }
        recorder.finish(desk, floor, ending, at: now)
        // Otherwise the next start goes on with this run.
        if isOverForGood { journal?.lock?.end() }
        if let failure = recorder.failure { fail(failure) }
        return RunOutcome(
            ending: ending, lines: recorder.lines(desk), finished: recorder.finished(desk),
            stopped: recorder.stopped(desk), halt: safety.latch, counters: floor.counters, rateViolations: 0,
            decisions: floor.chain.count, hash: floor.chain.text, events: eventCount,
            drawdownMax: floor.risk.elements.reduce(.zero) { max($0, $1.ladder.drawdownMax) },
            curve: recorder.curve, marketTime: now - startedAt, wallTime: now - startedAt,
            folder: journal?.folder.path)
    }

    /// Whether there is nothing that another start could still put in order.
    private var isOverForGood: Bool {
        switch phase {
        case .ended(let outcome): outcome.isClean || !outcome.shortfalls.isEmpty
        case .idle, .joining, .running, .stopping, .verifying: false
        }
    }

    // MARK: - A run that was cut short

    @usableFromInline
    func beginRecall() { recorder.isRecalling = true }

    /// What the strategies were told is written down again, and not told again.
    @usableFromInline
    func keep(_ desk: inout Desk, _ floor: inout TradingFloor) {
        safety.renew(at: clock.instant(.now) - startedAt)
        recorder.follow(desk: &desk, floor: &floor, at: desk.now)
    }

    @usableFromInline
    func endRecall(_ difference: ReplayOutcome.Difference?) throws(RunError) {
        recorder.isRecalling = false
        if let failure = recorder.failure { throw failure }
        do throws(LedgerError) {
            try recorder.book?.replaceEarlier(keepsThis: difference == nil)
        } catch {
            throw .ledger(error)
        }
        guard let difference else {
            if isEnding {
                return recorder.note(
                    "\(journal?.folder.name ?? "a run") was cut short while it ended: its end comes first",
                    at: startedAt)
            }
            return recorder.note(
                "going on with \(journal?.folder.name ?? "a run") that was cut short", at: startedAt)
        }
        throw .setup(
            "this program decides otherwise than the one whose run was cut short (decision "
                + "\(difference.decision)); start with --fresh to let that run be: its orders are then treated as "
                + "'found_orders' says")
    }

    /// What the session has left at the venue decides whether it ended well.
    private func judge(_ outcome: LiveOutcome, at now: Instant) {
        for order in outcome.left {
            recorder.note("left at the venue on purpose: \(order.id)", at: now)
        }
        if outcome.isClean {
            recorder.note("the venue lists none of our orders that should not stand", at: now)
            return
        }
        if !outcome.shortfalls.isEmpty { return fail(RunError.setup(refusal(outcome.shortfalls))) }
        var remains: [String] = []
        for order in outcome.unresolved {
            remains.append("order \(order.id) may still stand")
        }
        for order in outcome.unexpected {
            remains.append("order \(order) is over by our books and stands by the venue's")
        }
        if outcome.isTapeBroken { return }
        if !outcome.isVerified, remains.isEmpty { remains.append("the venue did not say which orders stand") }
        fail(RunError.remains(remains.joined(separator: "; ")))
        for remain in remains { recorder.note(remain, at: now) }
    }
}
