import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// What an outcome comes to: a reply, proof that nothing was done, or neither.
enum CoinExVerdict<Reply> {
    case reply(Reply)
    case refused(Refusal)
    case rateLimited
    case neverSent
    /// The request may have been carried out.
    case open
}

extension CoinExExecutor {
    /// Takes what became of a request, and tells what follows from it.
    ///
    /// - Precondition: the request is under way.
    package mutating func conclude(
        _ request: UInt64, _ outcome: RequestOutcome, at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExNext {
        guard let flight = take(request) else { preconditionFailure("what ends was under way") }
        func end(_ group: CoinExRateGroup) -> CoinExOutcome {
            CoinExOutcome(outcome, flight.group, group, at: now)
        }
        switch flight.work {
        case .place(let order, isStop: false):
            let verdict = readOrder(end(.place), .placed, &facts)
            concludePlacement(of: order, verdict, flight.group, at: now, &facts)
        case .place(let order, isStop: true):
            let verdict = readStopNumber(end(.place), &facts)
            concludeStop(of: order, verdict, flight.group, at: now, &facts)
        case .placeBatch(let orders):
            let verdict = readBatch(end(.batch), .placed, &facts)
            concludeBatch(of: orders, verdict, flight.group, at: now, &facts)
        case .cancel(let cancellation):
            let verdict = readOrder(end(.cancel), .ended, &facts)
            concludeCancel(cancellation, verdict, at: now, &facts)
        case .cancelStopByName(let cancellation):
            let verdict = readStopCodes(end(.batch), &facts)
            return concludeStopCancel(cancellation, verdict, flight, request, at: now, &facts)
        case .cancelByName(let cancellation):
            let verdict = readBatch(end(.batch), .ended, &facts)
            concludeCancelByName(cancellation, verdict, at: now, &facts)
        case .cancelBatch(let cancellations):
            let verdict = readBatch(end(.batch), .ended, &facts)
            concludeCancelBatch(cancellations, verdict, at: now, &facts)
        case .modify(let modification):
            let verdict = readOrder(end(.place), .placed, &facts)
            concludeModification(modification, verdict, at: now, &facts)
        case .inquiry(let inquiry):
            return concludeInquiry(inquiry, outcome, flight, request, at: now, &facts)
        }
        return .done
    }

    /// Reads the reply, and closes the window of a group that the venue refused for rate.
    mutating func read<Reply: CoinExDecodable>(
        _: Reply.Type, _ outcome: RequestOutcome, _ group: RateGroup, _ ownGroup: CoinExRateGroup,
        at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<Reply> {
        switch outcome {
        case .neverSent: return .neverSent
        case .maybeSent: return .open
        case .answered(let status, let body):
            do throws(CoinExFailure) {
                return .reply(try CoinExAnswer.decode(status: status, body))
            } catch {
                let verdict: CoinExVerdict<Reply> = take(error, status: status)
                if case .rateLimited = verdict {
                    close(ownGroup, at: now)
                } else if status == 429 {
                    close(ownGroup, at: now)
                    let limited = RateLimited(group: group, order: .none, venueTime: clock.time(at: now))
                    facts.append(.rateLimited(limited))
                }
                return verdict
            }
        }
    }

    private mutating func take<Reply>(_ failure: CoinExFailure, status: Int) -> CoinExVerdict<Reply> {
        switch failure {
        case .refused(let refusal): return verdict(refusal, status: status)
        case .gateway, .malformed:
            tell(.unreadable(failure))
            return .open
        }
    }

    /// What a code proves; with a status of 5xx it proves nothing.
    mutating func verdict<Reply>(_ refusal: CoinExRefusal, status: Int = 200) -> CoinExVerdict<Reply> {
        switch refusal.code.scope {
        case .key: tell(.keyRefused(refusal))
        case .clock:
            clock.forget()
            tell(.clockIsOff)
        case .venue, .request: break
        }
        if status >= 500 {
            tell(.venueTrouble(refusal))
            return .open
        }
        switch refusal.code.consequence {
        case .refused(let reason): return .refused(reason)
        case .rateLimited: return .rateLimited
        case .retryLater, .outcomeUnknown:
            tell(.venueTrouble(refusal))
            return .open
        }
    }

    // MARK: Facts

    func accepted(_ order: OrderID, _ number: VenueOrderID, at now: Instant) -> VenueFact {
        .accepted(OrderAccepted(order: order, venueOrder: number, venueTime: clock.time(at: now)))
    }

    func refused(_ order: OrderID, _ reason: Refusal, at now: Instant) -> VenueFact {
        .refused(OrderRefused(order: order, reason: reason, venueTime: clock.time(at: now)))
    }

    func actionRefused(_ order: OrderID, _ reason: Refusal, at now: Instant) -> VenueFact {
        .actionRefused(OrderRefused(order: order, reason: reason, venueTime: clock.time(at: now)))
    }

    func progress(
        _ order: OrderID, _ found: CoinExOrderReport, at now: Instant
    ) -> VenueFact {
        .progress(
            OrderProgress(
                order: order, venueOrder: found.number, phase: found.phase, filled: found.filled,
                venueTime: clock.time(at: now)))
    }

    /// What is not proof is told as such, and a limit of the rate with the order that it kept from happening.
    func tellFailure<Reply>(
        _ verdict: CoinExVerdict<Reply>, of order: OrderID, _ group: RateGroup, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        switch verdict {
        case .reply: preconditionFailure("a reply is no failure")
        case .refused(let reason): facts.append(refused(order, reason, at: now))
        case .rateLimited:
            facts.append(
                .rateLimited(RateLimited(group: group, order: order, venueTime: clock.time(at: now))))
        case .neverSent: facts.append(.neverSent(uncertain(order, at: now)))
        case .open: facts.append(.outcomeUnknown(uncertain(order, at: now)))
        }
    }

    /// A cancel that failed leaves its order as it was. What was never sent is told as unknown, so that the
    /// engine asks and sends the cancel again.
    func tellCancelFailure<Reply>(
        _ verdict: CoinExVerdict<Reply>, of order: OrderID, at now: Instant, _ facts: inout [VenueFact]
    ) {
        switch verdict {
        case .reply: preconditionFailure("a reply is no failure")
        case .refused(let reason): facts.append(actionRefused(order, reason, at: now))
        case .rateLimited:
            facts.append(
                .rateLimited(RateLimited(group: .cancel, order: order, venueTime: clock.time(at: now))))
        case .neverSent, .open: facts.append(.outcomeUnknown(uncertain(order, at: now)))
        }
    }
}
