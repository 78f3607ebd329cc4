import MarketModel
import Quantities
import VenueKit

/// The markets and numbers that the tests of the trading core use.
enum Money {
    /// Any day will do; this one begins at midnight UTC.
    static let start = Instant(milliseconds: 1_704_067_200_000)

    /// BTCUSDT (market 0, assets 0 and 1) and CETUSDT (market 1, assets 2 and 1), and an asset of no market.
    static let table: MarketTable = {
        var table = MarketTable()
        let rules = MarketRules(
            tick: price("0.01"), lot: quantity("0.001"), minimumQuantity: quantity("0.01"),
            minimumNotional: notional("5"))
        table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules)
        table.add("CETUSDT", base: "CET", quote: "USDT", rules: rules)
        _ = table.asset("DOGE")
        return table
    }()
    static let btc = 0
    static let usdt = 1
    static let cet = 2
    static let doge = 3

    /// A venue whose limits do not matter to the test.
    static let generous = limits(place: 1_000, cancel: 1_000, query: 1_000, total: 5_000)

    static func limits(
        place: Int = 10, cancel: Int = 10, batch: Int = 10, query: Int = 10, total: Int = 100,
        reserve: Int = 0, batchSize: Int = 1, window: Interval = .seconds(1)
    ) -> VenueLimits {
        VenueLimits(
            place: RateLimit(requests: place, window: window),
            cancel: RateLimit(requests: cancel, window: window),
            batch: RateLimit(requests: batch, window: window),
            query: RateLimit(requests: query, window: window),
            total: RateLimit(requests: total, window: window), cancelReserve: reserve, batchSize: batchSize)
    }

    static func price(_ text: String) -> Price { try! Price(text) }
    static func quantity(_ text: String) -> Quantity { try! Quantity(text) }
    static func notional(_ text: String) -> Notional { try! Notional(text) }
    static func amount(_ text: String) -> Amount { try! Amount(text) }
    static func rate(_ text: String) -> FeeRate { try! FeeRate(text) }

    static func limit(
        _ side: Side, _ quantity: String, at price: String, _ market: Int = 0
    ) -> OrderTicket {
        .limit(side, self.quantity(quantity), at: self.price(price), in: MarketID(market))
    }

    static func market(_ side: Side, _ quantity: String, _ market: Int = 0) -> OrderTicket {
        .market(side, self.quantity(quantity), in: MarketID(market))
    }

    static func quote(_ bid: String, _ ask: String, _ market: Int = 0, at now: Instant) -> Quote {
        Quote(
            market: MarketID(market), bid: price(bid), bidSize: Quantity(1), ask: price(ask),
            askSize: Quantity(1), sequence: 0, venueTime: now, receivedAt: now)
    }

    /// A deal of an order; its fee is in the quote asset unless another is named.
    static func deal(
        _ id: UInt64, _ order: OrderID, _ quantity: String, at price: String, fee: String = "0",
        in feeAsset: Int = usdt, market: Int = 0, venueTime: Instant = start + .seconds(1)
    ) -> VenueFact {
        let price = self.price(price)
        let quantity = self.quantity(quantity)
        return .deal(
            Deal(
                id: DealID(id), market: MarketID(market), order: order, liquidity: .maker, price: price,
                quantity: quantity, notional: try! quantity.times(price, .towardZero),
                fee: amount(fee), feeAsset: AssetID(feeAsset), venueTime: venueTime))
    }

    static func progress(
        _ order: OrderID, _ phase: OrderProgress.Phase, _ filled: String, at now: Instant = start
    ) -> VenueFact {
        .progress(
            OrderProgress(
                order: order, venueOrder: VenueOrderID(order.sequence), phase: phase,
                filled: quantity(filled), venueTime: now))
    }

    static func accepted(_ order: OrderID) -> VenueFact {
        .accepted(OrderAccepted(order: order, venueOrder: VenueOrderID(order.sequence), venueTime: start))
    }

    static func refused(_ order: OrderID, _ reason: Refusal = .venueOther) -> VenueFact {
        .refused(OrderRefused(order: order, reason: reason, venueTime: start))
    }

    static func actionRefused(_ order: OrderID, _ reason: Refusal) -> VenueFact {
        .actionRefused(OrderRefused(order: order, reason: reason, venueTime: start))
    }

    static func unanswered(_ order: OrderID) -> VenueFact {
        .outcomeUnknown(OrderUncertain(order: order, venueTime: start))
    }

    static func absent(_ order: OrderID) -> VenueFact {
        .absent(OrderUncertain(order: order, venueTime: start))
    }
}
