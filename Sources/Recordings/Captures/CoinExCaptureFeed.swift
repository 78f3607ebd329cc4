import BinanceVenue
import CoinExVenue
import MarketModel
import Quantities
import VenueKit

/// CoinEx, of either generation: messages as they came, packed or not.
final class CoinExCaptureFeed: CaptureFeed {
    private var feed: CoinExFeed
    private var gunzip = CoinExGunzip()
    /// The connection whose messages came last.
    private var channel: UInt32?

    init(_ api: CoinExAPI, _ markets: [CaptureHeader.Listing]) {
        var table = MarketTable()
        for market in markets {
            // Only the names count here.
            let rules = MarketRules(tick: Price(raw: 1), lot: Quantity(raw: 1), minimumQuantity: .zero)
            table.add(market.symbol, base: market.base, quote: market.quote, rules: rules)
        }
        guard let naming = CoinExOrderNaming(bot: "capture", run: 0) else {
            preconditionFailure("seven letters are a name")
        }
        feed = CoinExFeed(table, naming, api: api)
    }

    var counts: BinanceFeedCounts { BinanceFeedCounts() }

    func take(
        frame bytes: UnsafeBufferPointer<UInt8>, on channel: UInt32, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(CaptureFault) {
        if let before = self.channel, before != channel { takeGap(at: now, into: &events) }
        self.channel = channel
        guard let plain = gunzip.plain(bytes) else {
            throw CaptureFault(description: "it is packed, and cannot be unpacked")
        }
        var facts: [VenueFact] = []
        do throws(CoinExFeedError) {
            _ = try feed.receive(plain, at: now, events: &events, facts: &facts)
        } catch {
            throw CaptureFault(description: "\(error)")
        }
    }

    func take(
        answer bytes: UnsafeBufferPointer<UInt8>, about subject: String, at now: Instant,
        into events: inout [MarketEvent]
    ) {}

    /// Books begin anew with the subscriptions of the next connection, and trades with history.
    func takeGap(at now: Instant, into events: inout [MarketEvent]) {
        feed.markets.distrustBooks(at: now, into: &events)
        feed.markets.expectHistory()
    }
}
