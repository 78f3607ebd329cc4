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
    /// Requests of each main account in periods of hours, by their hours in ascending order: of the second generation.
    /// Cancels take none, and go when none is left.
    package var longPeriods: [LongPeriod] = []

    package struct LongPeriod: Equatable, Sendable {
        package var hours: Int
        package var requests: Int

        package init(hours: Int, requests: Int) {
            self.hours = hours
            self.requests = requests
        }
    }

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
    /// What is left of periods of hours, as `X-RateLimit-LongPeriod-1H-Remaining` and its like tell it.
    package var longPeriods: [FrontLimits.LongPeriod] = []

    package init(limit: Int, remaining: Int) {
        self.limit = limit
        self.remaining = remaining
    }

    /// The fields of a reply's head.
    package var fields: [(name: String, value: String)] {
        [("X-RateLimit-Limit", "\(limit)"), ("X-RateLimit-Remaining", "\(remaining)")]
            + longPeriods.map { ("X-RateLimit-LongPeriod-\($0.hours)H-Remaining", "\($0.requests)") }
    }
}

/// What an account has used of its periods of hours; each begins with the hour.
struct FrontLongPeriods {
    private var rows: [(hours: Int, began: Int64, used: Int)] = []

    /// Takes a request of each period if all have room for it.
    ///
    /// - Parameter isFree: it takes nothing, and is never refused.
    mutating func take(
        _ limits: [FrontLimits.LongPeriod], isFree: Bool, at now: Instant
    ) -> (isAllowed: Bool, left: [FrontLimits.LongPeriod]) {
        if rows.count != limits.count { rows = limits.map { ($0.hours, 0, 0) } }
        for index in rows.indices {
            let length = (Interval.minutes(60) * rows[index].hours).nanoseconds
            let began = now.nanoseconds / length
            if rows[index].began != began { rows[index] = (rows[index].hours, began, 0) }
        }
        let hasRoom = rows.indices.allSatisfy { rows[$0].used < limits[$0].requests }
        if hasRoom, !isFree {
            for index in rows.indices { rows[index].used += 1 }
        }
        let left = rows.indices.map {
            FrontLimits.LongPeriod(
                hours: rows[$0].hours, requests: max(0, limits[$0].requests - rows[$0].used))
        }
        return (hasRoom || isFree, left)
    }
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
