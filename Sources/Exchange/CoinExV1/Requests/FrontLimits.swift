import CoinExVenue
import Quantities
import VenueKit

/// How many requests the exchange takes; nil is as many as come.
package struct FrontLimits: Equatable, Sendable {
    /// Per account and group of endpoints.
    package var groups: [CoinExRateGroup: RateLimit] = [:]
    /// All requests of one address.
    package var address: RateLimit?
    /// Calls of each method on one WebSocket, but for `server.ping` and `server.time`.
    package var calls: RateLimit?
    /// What a refusal for rate comes with: 200 with the code in the envelope, or 429 as a gateway has it.
    package var refusalStatus = 200

    /// As the venue had them from 2022-06 to 2024-03.
    package static var venue: FrontLimits {
        var limits = FrontLimits.none
        for group in CoinExRateGroup.allCases { limits.groups[group] = group.limit(in: .v1) }
        limits.address = CoinExRateGroup.address
        limits.calls = RateLimit(requests: 100, window: .seconds(10))
        return limits
    }

    package static var none: FrontLimits { FrontLimits() }

    package init() {}
}

/// What is left of a window, as the headers of a reply tell it.
package struct FrontQuota: Equatable, Sendable {
    package var limit: Int
    package var remaining: Int
}

/// One account's or address' windows, made when they are first needed.
struct FrontWindows {
    private var windows: [SlidingWindow?]

    init(count: Int) { windows = Array(repeating: nil, count: count) }

    /// Takes a request if there is room for it; nil is no limit.
    mutating func take(
        _ slot: Int, _ limit: RateLimit?, at now: Instant
    ) -> (isAllowed: Bool, quota: FrontQuota)? {
        guard let limit else { return nil }
        if windows[slot] == nil { windows[slot] = SlidingWindow(limit) }
        let isAllowed = windows[slot]!.opensAt() <= now
        if isAllowed { windows[slot]!.note(at: now) }
        let used = windows[slot]!.used(at: now)
        return (isAllowed, FrontQuota(limit: limit.requests, remaining: max(0, limit.requests - used)))
    }
}

/// The windows of addresses. When more than `addressesMax` have come, the one that was silent longest is forgotten.
struct FrontAddresses {
    static let addressesMax = 1_024

    private struct Row {
        var address: UInt64
        var lastSeen: Instant
        var windows: FrontWindows
    }

    private var rows: [Row] = []

    mutating func take(_ address: UInt64, _ limit: RateLimit?, at now: Instant) -> Bool {
        guard limit != nil else { return true }
        var index = rows.firstIndex { $0.address == address }
        if index == nil {
            if rows.count == Self.addressesMax,
                let oldest = rows.indices.min(by: { rows[$0].lastSeen < rows[$1].lastSeen })
            {
                rows.remove(at: oldest)
            }
            rows.append(Row(address: address, lastSeen: now, windows: FrontWindows(count: 1)))
            index = rows.count - 1
        }
        guard let index else { return true }
        rows[index].lastSeen = now
        return rows[index].windows.take(0, limit, at: now)?.isAllowed ?? true
    }
}
