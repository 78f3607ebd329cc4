import CoinExVenue
import Quantities
import VenueKit

/// The windows of all groups, and of the address that all requests come from.
struct CoinExPacer {
    /// A group and its window; in the order of `CoinExRateGroup.allCases`, nil without a limit.
    private var windows: [SlidingWindow?]
    private var address: SlidingWindow
    /// A quota of hours had nothing left: until then cancels and public requests go alone.
    private var exhaustedUntil = Instant.distantPast

    init(_ settings: CoinExClientSettings) {
        windows = CoinExRateGroup.allCases.map { group in
            (settings.limits[group] ?? group.limit(in: settings.api))
                .map { SlidingWindow($0.stretched(by: settings.pacingMargin)) }
        }
        address = SlidingWindow(CoinExRateGroup.address.stretched(by: settings.pacingMargin))
    }

    /// The venue refused a group for rate.
    mutating func close(_ group: CoinExRateGroup, at now: Instant) {
        if windows[group.index] == nil {
            address.close(at: now)
        } else {
            windows[group.index]?.close(at: now)
        }
    }

    /// A gateway refused for rate, whatever it was that was asked for.
    mutating func closeAll(at now: Instant) { address.close(at: now) }

    /// The head of an answer told what is left.
    ///
    /// A window that the venue calls used up is closed as by a refusal: others use the account too. An exhausted quota
    /// of hours holds everything back but cancels and public requests.
    mutating func heed(_ quota: CoinExQuota, of group: CoinExRateGroup, at now: Instant) {
        let isOurs = (windows[group.index]?.used(at: now) ?? 0) >= (quota.limit ?? .max)
        if quota.remaining == 0, !isOurs, windows[group.index] != nil { close(group, at: now) }
        guard !quota.longPeriods.isEmpty else { return }
        exhaustedUntil = quota.isExhausted ? now + CoinExQuota.exhaustionPause : .distantPast
    }

    func round(at now: Instant) -> Round { Round(pacer: self, now: now) }

    /// One look at those that wait, in their order.
    struct Round {
        private(set) var pacer: CoinExPacer
        let now: Instant
        /// When the first of those that had to wait may go.
        private(set) var opensAt: Instant?

        fileprivate init(pacer: CoinExPacer, now: Instant) {
            self.pacer = pacer
            self.now = now
        }

        /// Whether a request of the group may go now; then it is counted.
        ///
        /// - Parameter charge: how many requests of the group it takes; what is more than the whole window is one
        ///   whole window.
        mutating func takes(_ group: CoinExRateGroup, charge: Int = 1) -> Bool {
            let window = pacer.windows[group.index]
            let charge = min(max(1, charge), window?.limit.requests ?? 1)
            var opens = max(
                window?.opensAt(reserve: charge - 1) ?? .distantPast, pacer.address.opensAt())
            if group.isHeldByQuotas { opens = max(opens, pacer.exhaustedUntil) }
            guard opens <= now else {
                opensAt = min(opensAt ?? opens, opens)
                return false
            }
            for _ in 0..<charge { pacer.windows[group.index]?.note(at: now) }
            pacer.address.note(at: now)
            return true
        }
    }
}

extension CoinExRateGroup {
    /// Whether an exhausted quota of hours concerns it: cancels are free of it, and who asks in public has no account.
    fileprivate var isHeldByQuotas: Bool {
        switch self {
        case .market, .cancel, .batch: false
        case .place, .query, .history, .account, .loan: true
        }
    }

    fileprivate var index: Int {
        switch self {
        case .market: 0
        case .place: 1
        case .cancel: 2
        case .batch: 3
        case .query: 4
        case .history: 5
        case .account: 6
        case .loan: 7
        }
    }
}
