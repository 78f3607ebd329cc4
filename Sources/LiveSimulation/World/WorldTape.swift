import MarketModel
import Quantities
import TradingCore
import VenueKit

/// An input of an engine, or what it decided.
enum WorldEntry: Equatable, Sendable {
    case start(Instant)
    case advance(Instant)
    case event(MarketEvent)
    case fact(VenueFact, Instant)
    case adopt(Adoption)
    case resume(SequenceGap)
    case pause(TradingPause, Instant)
    case stop(Instant)
    case decision(Dispatch)
}

/// A tape in memory that can be cut as a kill cuts one: what was put and not written yet is lost, or some of it.
///
/// Entries are written with every decision, and every so often. Confined to the thread of its world.
final class WorldTape: @unchecked Sendable {
    /// How often entries are written that no decision follows.
    static let commitPause = Interval.milliseconds(100)

    private(set) var entries: [WorldEntry] = []
    private var putAt: [Instant] = []
    /// Entries before this one are written.
    private var written = 0
    /// Entries before this one are on the disk: no power cut takes them.
    private var kept = 0
    var now = Instant.distantPast
    /// After so many entries the bot dies, and this is how.
    var crash: (entry: Int, moment: SimulationPlan.Crash.Moment)?
    /// The bot is gone: nothing is put any more, and nothing may leave.
    private(set) var isDead = false
    /// The bot dies while it carries out what it was asked for next.
    private(set) var isDying = false

    func put(_ entry: WorldEntry) {
        guard !isDead else { return }
        writeOld()
        entries.append(entry)
        putAt.append(now)
        var isWritten = true
        if let crash, entries.count >= crash.entry, !isDying {
            switch crash.moment {
            case .beforeWriting, .tornWriting:
                isDead = true
                isWritten = false
            case .afterWriting: isDead = true
            case .betweenActions: isDying = true
            }
        }
        switch entry {
        case .decision, .stop: if isWritten { written = entries.count }
        case .start, .advance, .event, .fact, .adopt, .resume, .pause: break
        }
    }

    /// Puts an entry that survives a power cut, with all before it.
    func putForGood(_ entry: WorldEntry) {
        put(entry)
        guard !isDead else { return }
        written = entries.count
        kept = written
    }

    /// What was put before the last time that all was written is safe.
    private func writeOld() {
        let nanoseconds = Self.commitPause.nanoseconds
        let last = Instant(nanoseconds: now.nanoseconds / nanoseconds * nanoseconds)
        while written < entries.count, putAt[written] < last { written += 1 }
    }

    /// The bot is gone: forgets what was not written, and so many entries more that never reached the disk.
    func cut(_ moment: SimulationPlan.Crash.Moment, losing lost: Int, _ dice: inout SeededRandom) {
        writeOld()
        switch moment {
        case .beforeWriting: break
        case .tornWriting:
            if written < entries.count { written += dice.below(entries.count - written + 1) }
        case .afterWriting, .betweenActions: written = entries.count
        }
        written = max(min(written, kept), written - lost)
        entries.removeLast(entries.count - written)
        putAt.removeLast(putAt.count - written)
        crash = nil
        isDead = false
        isDying = false
    }
}

/// Writes a session to its tape.
struct WorldObserver: SessionObserver {
    let tape: WorldTape

    func willStart(at now: Instant) { tape.put(.start(now)) }
    func willAdvance(to now: Instant) { tape.put(.advance(now)) }
    func willFeed(_ event: MarketEvent) { tape.put(.event(event)) }
    func willFeed(_ fact: VenueFact, at now: Instant) { tape.put(.fact(fact, now)) }
    func willAdopt(_ adoption: Adoption) { tape.put(.adopt(adoption)) }
    func willCarry(_ carry: Carry) { preconditionFailure("a simulated bot begins with nothing") }
    func willResume(_ gap: SequenceGap) { tape.putForGood(.resume(gap)) }
    func willHalt(_ step: LadderStep, at now: Instant) { preconditionFailure("nobody halts a simulated bot") }
    func willPause(_ step: TradingPause, at now: Instant) { tape.put(.pause(step, now)) }
    func willStop(at now: Instant) { tape.put(.stop(now)) }
    func didDispatch(_ dispatch: Dispatch) { tape.put(.decision(dispatch)) }
    func finish(at now: Instant) {}
    var failure: (any Error)? { nil }
    var isBroken: Bool { tape.isDead }
}
