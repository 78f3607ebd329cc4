import CoinExVenue
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// An input of the engine.
enum StageInput: Sendable {
    case start(Instant)
    case advance(Instant)
    case event(MarketEvent)
    case fact(VenueFact, Instant)
    case adopt(Adoption)
    case resume(SequenceGap)
    case stop(Instant)
}

/// What went into the engine and came out of it; shared with the test on one thread.
final class StageTape: @unchecked Sendable {
    var inputs: [StageInput] = []
    var dispatches: [Dispatch] = []
    var isBroken = false

    var facts: [VenueFact] {
        inputs.compactMap { if case .fact(let fact, _) = $0 { fact } else { nil } }
    }
}

struct StageObserver: SessionObserver {
    let tape: StageTape

    func willStart(at now: Instant) { tape.inputs.append(.start(now)) }
    func willAdvance(to now: Instant) { tape.inputs.append(.advance(now)) }
    func willFeed(_ event: MarketEvent) { tape.inputs.append(.event(event)) }
    func willFeed(_ fact: VenueFact, at now: Instant) { tape.inputs.append(.fact(fact, now)) }
    func willAdopt(_ adoption: Adoption) { tape.inputs.append(.adopt(adoption)) }
    func willResume(_ gap: SequenceGap) { tape.inputs.append(.resume(gap)) }
    // No test of these throws the switch.
    func willHalt(_ step: LadderStep, at now: Instant) { preconditionFailure("nobody halts \(step)") }
    func willStop(at now: Instant) { tape.inputs.append(.stop(now)) }
    func didDispatch(_ dispatch: Dispatch) { tape.dispatches.append(dispatch) }
    func willSend() {}
    func finish(at now: Instant) {}
    var failure: (any Error)? { nil }
    var isBroken: Bool { tape.isBroken }
}

/// What the facts of a session have come to.
struct StageResult: Equatable, CustomStringConvertible {
    var orders: [String] = []
    var positions: [Quantity] = []
    var balances: [Amount] = []

    var description: String { "\(orders) positions \(positions) balances \(balances)" }

    init<S>(_ engine: borrowing Engine<S>) {
        for slot in engine.desk.orders.slots.indices {
            let order = engine.desk.orders.slots[slot]
            orders.append(
                "\(order.id) \(StageWords.state(order)) \(order.filled) for \(order.filledNotional)")
        }
        for index in engine.desk.positions.indices { positions.append(engine.desk.positions[index].quantity) }
        for index in engine.desk.balances.indices { balances.append(engine.desk.balances[index].total) }
    }
}

extension StageTape {
    /// The same session, with all facts that came after the strategy's last wish at its end, in an order that the seed
    /// draws: what they come to.
    ///
    /// Proofs of absence stay last: they rest on what was known when they were asked for.
    func shuffled(seed: UInt64, _ diary: StageDiary) -> StageResult {
        let again = StageDiary()
        again.wishes = diary.wishes
        var engine = Market.engine(StagePlayer(diary: again))
        engine.awaitLink()
        let wishes = diary.wishes.keys.max() ?? 0
        var facts: [VenueFact] = []
        var proofs: [VenueFact] = []
        var last = Market.start
        for input in inputs {
            switch input {
            case .start(let now): engine.start(at: now)
            case .advance(let now):
                last = max(last, now)
                engine.advance(to: now)
            case .event(let event): engine.feed(event)
            case .fact(let fact, let now):
                last = max(last, now)
                if again.tickers < wishes {
                    engine.feed(fact, at: now)
                } else if case .absent = fact {
                    proofs.append(fact)
                } else {
                    facts.append(fact)
                }
            case .adopt(let adoption): _ = engine.adopt(adoption)
            case .resume(let gap): engine.resume(gap)
            case .stop(let now): engine.stop(at: now)
            }
            engine.drain { _ in }
        }
        var random = SeededRandom(seed: seed)
        while !facts.isEmpty {
            let index = Int(random.next() % UInt64(facts.count))
            engine.feed(facts.remove(at: index), at: last)
            engine.drain { _ in }
        }
        for proof in proofs { engine.feed(proof, at: last) }
        return StageResult(engine)
    }
}
