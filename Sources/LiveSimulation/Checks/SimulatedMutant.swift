import CoinExVenue
import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// A mistake that a bot might make; a simulation that does not notice it proves nothing.
///
/// Mutants live between link and engine of a simulated bot and nowhere else.
package enum SimulatedMutant: String, CaseIterable, Sendable {
    /// B1: a placement without an answer is sent again.
    case resendsOnTimeout = "resends-on-timeout"
    /// B2: no answer counts as a refusal.
    case timeoutIsRefusal = "timeout-is-refusal"
    /// B13: a list that could not be had counts as an empty one.
    case failureIsEmpty = "failure-is-empty"
    /// A status of 5xx counts as proof that nothing was done.
    case serverErrorIsRefusal = "server-error-is-refusal"
    /// B8: every deal is booked twice.
    case dealsTwice = "deals-twice"
    /// B6: a deal that is told again is booked again.
    case repeatedDealsCount = "repeated-deals-count"
    /// A cancel that was sent counts as done.
    case cancelCloses = "cancel-closes"
    /// B3: an order that the venue does not find for a cancel counts as over without fills.
    case notFoundCloses = "not-found-closes"
    /// What is missing is never asked for.
    case neverAsks = "never-asks"
    /// Deals of orders that have been cancelled are dropped.
    case dropsLateDeals = "drops-late-deals"
    /// B12, B14: what was before a restart is forgotten.
    case restartsFromNothing = "restarts-from-nothing"
    /// Twice as many requests leave as the venue takes.
    case outpaces
}

/// The link to the simulated venue, with or without a mistake in it.
struct SimulatedLink: ~Copyable, VenueLink {
    private var link: CoinExLink
    private let mutant: SimulatedMutant?
    private var seenDeals: Set<DealID> = []
    private var cancelled: Set<OrderID> = []
    private var copies: UInt64 = 0

    init(_ link: consuming CoinExLink, _ mutant: SimulatedMutant?) {
        self.link = link
        self.mutant = mutant
    }

    /// What it knows of a process before this one.
    mutating func learn(_ body: (inout CoinExLink) -> Void) { body(&link) }

    var nextDue: Instant { link.nextDue }
    var isReady: Bool { link.isReady }

    mutating func start(at now: Instant, into output: inout LinkOutput) { link.start(at: now, into: &output) }
    mutating func stop(at now: Instant, into output: inout LinkOutput) { link.stop(at: now, into: &output) }

    mutating func advance(to now: Instant, into output: inout LinkOutput) {
        link.advance(to: now, into: &output)
        spoil(&output)
    }

    mutating func opened(at now: Instant, into output: inout LinkOutput) {
        link.opened(at: now, into: &output)
        spoil(&output)
    }

    mutating func closed(at now: Instant, into output: inout LinkOutput) {
        link.closed(at: now, into: &output)
        spoil(&output)
    }

    mutating func received(
        _ message: UnsafeBufferPointer<UInt8>, at now: Instant, into output: inout LinkOutput
    ) {
        link.received(message, at: now, into: &output)
        spoil(&output)
    }

    mutating func ended(
        _ request: UInt64, _ outcome: RequestOutcome, at now: Instant, into output: inout LinkOutput
    ) {
        link.ended(request, outcome, at: now, into: &output)
        spoil(&output)
    }

    mutating func dispatch(_ dispatches: [Dispatch], at now: Instant, into output: inout LinkOutput) {
        var sent = dispatches
        switch mutant {
        case .neverAsks: sent.removeAll { if case .query = $0.command { true } else { false } }
        case .cancelCloses:
            for dispatch in dispatches {
                guard case .cancel(let cancellation) = dispatch.command else { continue }
                output.facts.append(Self.over(cancellation.order, at: now))
            }
        case .resendsOnTimeout, .timeoutIsRefusal, .failureIsEmpty, .serverErrorIsRefusal, .dealsTwice,
            .repeatedDealsCount, .notFoundCloses, .dropsLateDeals, .restartsFromNothing, .outpaces, nil:
            break
        }
        link.dispatch(sent, at: now, into: &output)
    }

    mutating func remember(_ order: OwnOrder, into output: inout LinkOutput) {
        link.remember(order, into: &output)
    }

    mutating func resume(_ gap: SequenceGap, unsent: [Dispatch]) { link.resume(gap, unsent: unsent) }

    mutating func adopt(
        _ found: FoundOrder, as order: OrderID, at now: Instant, into output: inout LinkOutput
    ) {
        link.adopt(found, as: order, at: now, into: &output)
    }

    mutating func audit(at now: Instant, into output: inout LinkOutput) { link.audit(at: now, into: &output) }
    var rememberedCount: Int { link.rememberedCount }
    mutating func takeNotices() -> [CoinExLinkNotice] { link.takeNotices() }

    // MARK: - Mistakes

    /// Makes the mistake with all facts that came.
    private mutating func spoil(_ output: inout LinkOutput) {
        guard let mutant, !output.facts.isEmpty else { return }
        var facts: [VenueFact] = []
        for fact in output.facts { spoil(fact, mutant, &facts) }
        output.facts = facts
    }

    private mutating func spoil(
        _ fact: VenueFact, _ mutant: SimulatedMutant, _ facts: inout [VenueFact]
    ) {
        switch (mutant, fact) {
        case (.timeoutIsRefusal, .outcomeUnknown(let uncertain)):
            facts.append(
                .refused(
                    OrderRefused(order: uncertain.order, reason: .venueOther, venueTime: uncertain.venueTime))
            )
        case (.dealsTwice, .deal(let deal)):
            facts.append(fact)
            facts.append(.deal(copy(deal, as: 1 << 62 | deal.id.raw)))
        case (.repeatedDealsCount, .deal(let deal)):
            if seenDeals.insert(deal.id).inserted {
                facts.append(fact)
            } else {
                copies += 1
                facts.append(.deal(copy(deal, as: 1 << 62 | copies)))
            }
        case (.notFoundCloses, .actionRefused(let refused)) where refused.reason == .venueOrderNotFound:
            facts.append(Self.over(refused.order, at: refused.venueTime))
        case (.dropsLateDeals, .progress(let progress)):
            if progress.phase == .cancelled { cancelled.insert(progress.order) }
            var progress = progress
            if progress.phase == .cancelled { progress.filled = .zero }
            facts.append(.progress(progress))
        case (.dropsLateDeals, .deal(let deal)):
            if !cancelled.contains(deal.order) { facts.append(fact) }
        default: facts.append(fact)  // open set: pairs of a mutant and a fact
        }
    }

    private func copy(_ deal: Deal, as number: UInt64) -> Deal {
        var deal = deal
        deal.id = DealID(number)
        return deal
    }

    private static func over(_ order: OrderID, at time: Instant) -> VenueFact {
        .progress(
            OrderProgress(
                order: order, venueOrder: .unknown, phase: .cancelled, filled: .zero, venueTime: time))
    }
}
