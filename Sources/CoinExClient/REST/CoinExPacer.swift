import CoinExVenue
import Quantities
import VenueKit

/// The windows of all groups, and of the address that all requests come from.
struct CoinExPacer {
    /// A group and its window; in the order of `CoinExRateGroup.allCases`, nil without a limit.
    private var windows: [SlidingWindow?]
    private var address: SlidingWindow

    init(_ settings: CoinExClientSettings) {
        windows = CoinExRateGroup.allCases.map { group in
            (settings.limits[group] ?? group.limit(in: .v1))
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
        mutating func takes(_ group: CoinExRateGroup) -> Bool {
            let opens = max(
                pacer.windows[group.index]?.opensAt() ?? .distantPast, pacer.address.opensAt())
            guard opens <= now else {
                opensAt = min(opensAt ?? opens, opens)
                return false
            }
            pacer.windows[group.index]?.note(at: now)
            pacer.address.note(at: now)
            return true
        }
    }
}

extension CoinExRateGroup {
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
