import MarketModel
import Quantities
import VenueKit

// What the heads of answers tell of the venue's limits, before it has to refuse.

extension CoinExLink {
    /// The head of the answer to a request tells what is left; the end of the request is told after.
    ///
    /// Cancels are never held back for it. What cannot be true, such as more left than there is, changes nothing.
    @usableFromInline package mutating func heard(_ quota: CoinExQuota, of request: UInt64, at now: Instant) {
        guard let group = group(of: request) else { return }
        if executor.isUsedUpByOthers(quota, group, at: now) { close(group, at: now) }
        guard let change = quotas.heed(quota, at: now) else { return }
        tell(.quota(change.scarcest, pause: change.pause))
        let pause = OrderPause(
            pause: change.pause, until: change.until, venueTime: executor.clock.time(at: now))
        heardFacts.append(.orderPause(pause))
    }

    /// The window that a request takes from; nil where it is not under way.
    private func group(of request: UInt64) -> CoinExRateGroup? {
        guard request >= CoinExOwnQuery.firstNumber else { return executor.group(of: request) }
        return queries.first { $0.number == request && !$0.isWaiting }?.group
    }

    private mutating func close(_ group: CoinExRateGroup, at now: Instant) {
        let paced: RateGroup
        switch group {
        case .cancel, .batch: return
        case .market, .history, .account, .loan: return executor.close(group, at: now)
        case .place: paced = .place
        case .query: paced = .query
        }
        executor.close(group, at: now)
        let limited = RateLimited(group: paced, order: .none, venueTime: executor.clock.time(at: now))
        heardFacts.append(.rateLimited(limited))
    }
}

extension CoinExExecutor {
    /// Requests that left so long before an answer came may have met the window that it tells of.
    private static let travelMax = Interval.seconds(2)

    /// Whether a window has nothing left that we have not used up ourselves: others use the account.
    func isUsedUpByOthers(_ quota: CoinExQuota, _ group: CoinExRateGroup, at now: Instant) -> Bool {
        guard let limit = quota.limit, limit > 0, quota.remaining == 0 else { return false }
        return used(group, at: now - Self.travelMax) < limit
    }

    func group(of request: UInt64) -> CoinExRateGroup? {
        switch work(of: request) {
        case .place, .placeBatch, .modify: .place
        case .cancel: .cancel
        case .cancelStopByName, .cancelByName, .cancelBatch: .batch
        case .inquiry(let inquiry): inquiry.group
        case nil: nil
        }
    }
}
