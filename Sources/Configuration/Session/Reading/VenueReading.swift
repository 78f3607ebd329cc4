import Quantities
import VenueKit

extension VenueSettings {
    /// Orders that one request may carry.
    static let batchSizes = 1...100

    /// Reads the venue and the limits that replace its own.
    mutating func read(_ top: Section, in api: VenueGeneration) {
        venue = top.value("venue", .choice(of: VenueName.self), default: venue)
        let declared = venue.limits(in: api)
        limits = top.value(
            "limits", .section { Self.limits($0, declared) }, default: declared)
    }

    private static func limits(_ section: Section, _ declared: VenueLimits) -> VenueLimits {
        let place = rate("place", declared.place, section)
        let cancel = rate("cancel", declared.cancel, section)
        let batch = rate("batch", declared.batch, section)
        let query = rate("query", declared.query, section)
        let total = rate("total", declared.total, section)
        let batchSize = section.value("batch_size", .int(in: batchSizes), default: declared.batchSize)
        // The venue's own share of the total, where the file does not say more.
        var reserve = declared.cancelReserve * total.requests / declared.total.requests
        if let own = section.optional("cancel_reserve", .int(in: 0...RateText.requestsMax)) {
            if own < total.requests {
                reserve = own
            } else {
                section.refuse(
                    "cancel_reserve", "is \(own), which leaves nothing of 'total' (\(total.text))")
            }
        }
        return VenueLimits(
            place: place, cancel: cancel, batch: batch, query: query, total: total,
            cancelReserve: reserve, batchSize: batchSize)
    }

    private static func rate(_ key: String, _ declared: RateLimit, _ section: Section) -> RateLimit {
        let rate = section.value(key, .rate, default: declared)
        if rate.most(in: declared.window) > declared.requests {
            section.warn(
                key, "is \(rate.text), more than the \(declared.text) that the venue declares")
        }
        return rate
    }
}
