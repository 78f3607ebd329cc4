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
    case halt(LadderStep, Instant)
    case resume(SequenceGap)
    case stop(Instant)
    case decision(Dispatch)
}

/// A tape in memory that can be cut as a kill cuts one.
///
/// What a turn of the bot has put is written at its end, before anything leaves, if something was decided; else
/// every so often. A write is there as a whole or not at all: what of it is torn has no checksum that holds. Confined
/// to the thread of its world.
final class WorldTape: @unchecked Sendable {
    /// How often entries are written that no decision follows.
    static let commitPause = Interval.milliseconds(100)

    private(set) var entries: [WorldEntry] = []
    private var putAt: [Instant] = []
    /// Entries before this one are written.
    private var written = 0
    /// Entries before this one are on the disk: no power cut takes them.
    private var kept = 0
    /// How many entries there were after each write since the first start.
    private(set) var writes: [Int] = []
    var now = Instant.distantPast
    /// At the write after so many entries the bot dies, and this is how.
    var crash: (entry: Int, moment: SimulationPlan.Crash.Moment)?
    /// The bot is gone: nothing is put any more, and nothing may leave.
    private(set) var isDead = false
    /// The bot dies while it carries out what it was asked for next.
    private(set) var isDying = false

    func put(_ entry: WorldEntry) {
        guard !isDead else { return }
        writeOld()
        guard !isDead else { return }
        entries.append(entry)
        putAt.append(now)
    }

    /// Puts an entry that survives a power cut, with all before it.
    func putForGood(_ entry: WorldEntry) {
        put(entry)
        write()
        if !isDead { kept = written }
    }

    /// Writes all that waits.
    func write() {
        if !isDead, written < entries.count { write(upTo: entries.count) }
    }

    /// What was put before the last time that all was written.
    private func writeOld() {
        let nanoseconds = Self.commitPause.nanoseconds
        let last = Instant(nanoseconds: now.nanoseconds / nanoseconds * nanoseconds)
        var count = written
        while count < entries.count, putAt[count] < last { count += 1 }
        if count > written { write(upTo: count) }
    }

    private func write(upTo count: Int) {
        if let crash, count >= crash.entry, !isDying {
            switch crash.moment {
            case .beforeWriting, .tornWriting:
                isDead = true
                return
            case .afterWriting: isDead = true
            case .betweenActions: isDying = true
            }
        }
        written = count
        writes.append(count)
    }

    /// The bot is gone: forgets what was not written, and so many entries more that never reached the disk.
    func cut(losing lost: Int) {
        if lost > 0 {
            // No part of a write, here either.
            let last = max(kept, written - lost)
            written = min(written, max(kept, writes.last { $0 <= last } ?? 0))
        }
        entries.removeLast(entries.count - written)
        putAt.removeLast(putAt.count - written)
        writes.removeAll { $0 > written }
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
    func willResume(_ gap: SequenceGap) { tape.putForGood(.resume(gap)) }
    func willHalt(_ step: LadderStep, at now: Instant) { tape.put(.halt(step, now)) }
    func willStop(at now: Instant) { tape.put(.stop(now)) }
    func didDispatch(_ dispatch: Dispatch) { tape.put(.decision(dispatch)) }
    func willSend() { tape.write() }
    func finish(at now: Instant) {}
    var failure: (any Error)? { nil }
    var isBroken: Bool { tape.isDead }
}
