import MarketModel
import VenueKit

// What an executor learns from the tape of a process before it, in the order of the tape.

extension CoinExExecutor {
    /// A command that may have been sent.
    mutating func recall(_ command: Command) {
        switch command {
        case .place(let placement): remember(CoinExOrderMemo(placement))
        case .modify(let modification):
            remember(memo(modification))
            _ = noteUnsettled(modification)
        case .cancel, .query: break
        }
    }

    /// What was heard of an order.
    mutating func recall(_ fact: VenueFact) {
        switch fact {
        case .accepted(let accepted):
            directory.note(accepted.venueOrder, is: accepted.order)
            settle(replacement: accepted.order)
        case .progress(let progress):
            directory.note(progress.venueOrder, is: progress.order)
            settle(replacement: progress.order)
        case .refused(let refused): settle(replacement: refused.order)
        case .neverSent(let proof), .absent(let proof): settle(replacement: proof.order)
        case .rateLimited(let limited): settle(replacement: limited.order)
        case .actionRefused, .outcomeUnknown, .deal, .balance, .orderPause: break
        }
    }
}
