import Configuration
import Journal
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// How a replay compared with its tape.
public struct ReplayOutcome: Equatable, Sendable {
    /// The first decision that the replay made otherwise.
    public struct Difference: Equatable, Sendable {
        /// The number of the decision, from 1.
        package var decision: Int
        /// What the tape has; nil when it has no more decisions.
        package var recorded: Dispatch?
        /// What the replay decided; nil when it decided nothing more.
        package var replayed: Dispatch?
    }

    package var entries: UInt64
    package var decisions: Int
    package var hash: String
    package var difference: Difference?
    /// Whether the session was recorded to its end; false after a kill, a power cut or a full disk.
    package var isComplete: Bool
    /// Where and why the tape stops being good; nil when all of it is.
    package var torn: TapeFault?
}

/// A tape entry that cannot be replayed.
package struct ReplayError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The tape.
    package var path: String
    /// The entry, from 1.
    package var entry: UInt64
    package var fault: TapeFieldError

    package var description: String { "\(path): entry \(entry) cannot be replayed: \(fault)" }
}

/// Feeds a tape's inputs to an engine of the same configuration and compares what it decides.
///
/// There is no venue and no clock: what they had to say is on the tape.
public final class SessionReplay {
    @usableFromInline let parts: SessionParts
    @usableFromInline var reader: TapeInput
    @usableFromInline let witness: (any ReplayWitness)?

    /// - Parameter witness: sees the engine after every entry; nil to compare decisions alone.
    package init(
        _ parts: SessionParts, tape path: String, witness: (any ReplayWitness)? = nil
    ) throws(TapeError) {
        self.parts = parts
        self.witness = witness
        reader = try TapeInput(path, parts)
    }

    package func perform(_ bindings: [StrategyBinding]) throws -> ReplayOutcome {
        let selections = parts.configuration.strategies
        guard selections.count == 1 else { return try perform(parts.makeEnsemble(bindings)) }
        let binding = try parts.binding(selections[0], bindings)
        return try binding.replayAlone(self, selections[0].parameters, parts.setup(selections[0]))
    }

    @inlinable
    package func perform<S: StrategyCallbacks>(_ strategy: S) throws -> ReplayOutcome {
        var engine = parts.makeEngine(strategy)
        engine.floor.keepsTold = witness != nil
        try feed(&engine)
        return reader.outcome(engine.floor)
    }

    /// Feeds the whole tape, up to the first decision that differs.
    ///
    /// - Parameters:
    ///   - heard: called with every entry, and with the order that an adoption has made.
    ///   - look: called now and then, so that what strategies are told does not pile up.
    @inlinable
    func feed<S: StrategyCallbacks>(
        _ engine: inout Engine<S>, heard: (SessionEntry, OrderID?) -> Void = { _, _ in },
        look: (inout Engine<S>) -> Void = { _ in }
    ) throws {
        if isLive { engine.awaitLink() }
        var untilLook = Self.lookEvery
        while let entry = try reader.next() {
            var adopted: OrderID?
            switch entry {
            case .start(let now): engine.start(at: now)
            case .advance(let now): engine.advance(to: now)
            case .event(let event): engine.feed(event)
            case .fact(let fact, let now): engine.feed(fact, at: now)
            case .adopt(let adoption): adopted = engine.adopt(adoption)
            case .stop(let now): engine.stop(at: now)
            case .halt(let step, let now): engine.halt(step, at: now)
            case .resume(let gap): engine.resume(gap)
            case .decision(let dispatch): reader.compare(recorded: dispatch)
            case .end: reader.isComplete = true
            }
            if let witness { witness.see(entry, number: reader.entries, &engine.desk, &engine.floor) }
            engine.drain { reader.decided($0) }
            heard(entry, adopted)
            if reader.difference != nil { return }
            untilLook -= 1
            if untilLook == 0 {
                untilLook = Self.lookEvery
                look(&engine)
            }
        }
        look(&engine)
    }

    /// Whether the tape is of a session that was connected to a venue.
    @usableFromInline var isLive: Bool {
        switch parts.configuration.data {
        case .venue: true
        case .synthetic, .recording: false
        }
    }

    /// Entries between two looks.
    @usableFromInline static var lookEvery: Int { 1_024 }
}

/// A tape being replayed: its entries, and the comparison of decisions.
@usableFromInline
struct TapeInput: ~Copyable {
    private var tape: TapeReader
    private let path: String
    /// Decisions that the replay made and the tape has not confirmed yet; at most one turn's.
    private var waiting = Fifo<Dispatch>()
    private var compared = 0
    /// Entries so far.
    @usableFromInline private(set) var entries: UInt64 = 0
    /// The indexes that entries may name.
    private let bounds: SessionEntry.Bounds
    @usableFromInline var isComplete = false
    @usableFromInline private(set) var difference: ReplayOutcome.Difference?

    init(_ path: String, _ parts: SessionParts) throws(TapeError) {
        tape = try TapeReader(path: path)
        self.path = path
        bounds = SessionEntry.Bounds(parts)
    }

    /// The next entry; nil at the end of what is good.
    @usableFromInline
    mutating func next() throws -> SessionEntry? {
        guard let next = try tape.next() else { return nil }
        entries += 1
        do throws(TapeFieldError) {
            let entry = try SessionEntry(kind: next.kind, next.bytes)
            try bounds.check(entry)
            return entry
        } catch {
            throw ReplayError(path: path, entry: entries, fault: error)
        }
    }

    /// Decisions that the replay made and the tape does not have: it was cut short before.
    @usableFromInline var unrecorded: [Dispatch] { (0..<waiting.count).map { waiting[$0] } }

    @usableFromInline
    mutating func decided(_ dispatch: Dispatch) { waiting.append(dispatch) }

    /// Holds the tape's next decision against the replay's.
    @usableFromInline
    mutating func compare(recorded: Dispatch) {
        compared += 1
        let replayed = waiting.popFirst()
        if replayed != recorded {
            difference = ReplayOutcome.Difference(
                decision: compared, recorded: recorded, replayed: replayed)
        }
    }

    @usableFromInline
    func outcome(_ floor: borrowing TradingFloor) -> ReplayOutcome {
        var fault: TapeFault?
        var difference = difference
        switch tape.end {
        case .torn(let found): fault = found
        case .clean, nil: break
        }
        // A tape that was cut short may lack the decisions on its last input; a complete one has them all.
        if isComplete, difference == nil, let extra = waiting.first {
            difference = ReplayOutcome.Difference(decision: compared + 1, recorded: nil, replayed: extra)
        }
        return ReplayOutcome(
            entries: entries, decisions: floor.chain.count, hash: floor.chain.text,
            difference: difference, isComplete: isComplete, torn: fault)
    }
}
