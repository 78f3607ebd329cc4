import Glibc
import Journal
import MarketModel
import Quantities
import Simulation
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

@testable import Runtime

/// Misses everything from the given dispatch on.
struct BreakingObserver: SessionObserver, ~Copyable {
    struct Broken: Error {}

    let last: Int
    private(set) var dispatches = 0

    init(last: Int) { self.last = last }

    var failure: (any Error)? { dispatches > last ? Broken() : nil }
    var isBroken: Bool { dispatches > last }

    mutating func willStart(at now: Instant) {}
    mutating func willAdvance(to now: Instant) {}
    mutating func willFeed(_ event: MarketEvent) {}
    mutating func willFeed(_ fact: VenueFact, at now: Instant) {}
    mutating func willAdopt(_ adoption: Adoption) {}
    mutating func willResume(_ gap: SequenceGap) {}
    mutating func willHalt(_ step: LadderStep, at now: Instant) {}
    mutating func willStop(at now: Instant) {}
    mutating func didDispatch(_ dispatch: Dispatch) { dispatches += 1 }
    mutating func willSend() {}
    mutating func finish(at now: Instant) {}
}

@Suite struct BrokenTapeTests {
    @Test func `what is not on the tape does not leave, not even a cancel`() throws {
        let parts = try Sessions.parts(
            Sessions.text(strategies: ["{strategy: failing, markets: [BTCUSDT]}"]))
        let start = SessionParts.syntheticStart
        let engine = try parts.makeEngine(parts.makeEnsemble(Sessions.bindings))
        var session = SimulatedSession(
            engine: engine, venue: try parts.makeVenue(at: start), observer: BreakingObserver(last: 1))
        session.start(at: start)
        _ = session.runMarkets(to: start + .seconds(60))
        session.stop(at: start + .seconds(60))
        let (dispatches, isBroken) = (session.observer.dispatches, session.observer.isBroken)
        // The cancel, and the questions about an order that seems not to end.
        #expect(dispatches >= 2)
        #expect(isBroken)
        // The bid that left stands at the venue still: its cancel is not on the tape.
        let frozen = session.venue.account.balances.elements.map(\.frozen.isPositive)
        #expect(frozen == [false, true])
    }

    @Test func `a tape begins with the start of its session and ends with the end`() throws {
        let scratch = ScratchFolder()
        let start = SessionParts.syntheticStart
        var tape = TapeObserver(
            try TapeWriter(creating: scratch.file("a.tape"), metadata: [], policy: .process))
        tape.willStart(at: start)
        tape.willStop(at: start + .seconds(1))
        tape.finish(at: start + .seconds(2))
        let isBroken = tape.isBroken
        #expect(!isBroken)
        var reader = try TapeReader(path: scratch.file("a.tape"))
        var entries: [SessionEntry] = []
        while let entry = try reader.next() {
            entries.append(try SessionEntry(kind: entry.kind, entry.bytes))
        }
        #expect(entries == [.start(start), .stop(start + .seconds(1)), .end(start + .seconds(2))])
    }
}
