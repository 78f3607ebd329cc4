import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore

@testable import Exchange

/// The whole way of an order: desk, risk, pacing, the venue's language, the local exchange, and back.
struct JoinedTradingTests {
    private static let btcusdt = MarketID(0)

    /// The second account offers, or bids.
    private func offer(
        _ joined: JoinedStage, _ amount: String, _ price: String, _ type: String = "sell",
        _ market: String = "BTCUSDT"
    ) {
        let order: [String: WireValue] = [
            "market": .text(market), "type": .text(type), "amount": .text(amount), "price": .text(price),
        ]
        #expect(joined.stage.call("POST", "/order/limit", order, as: FrontStage.second).code == 0)
    }

    @Test(arguments: CoinExAPI.allCases)
    func `a sum is spent at the exchange as far as it pays for whole lots`(api: CoinExAPI) throws {
        let joined = try JoinedStage(api)
        joined.start()
        offer(joined, "1", "55000", "buy")
        offer(joined, "0.01", "56000")
        offer(joined, "0.5", "56001")
        var id: OrderID?
        joined.run(.seconds(2))
        joined.wish { id = $0.buy(spending: Notional(1_000), in: Self.btcusdt) }
        let order = try #require(joined.order(id))
        #expect(joined.requests.contains(api == .v1 ? "POST /v1/order/market" : "POST /v2/spot/order"))
        // 0.01 for 560, and what 440 pays for at 56001 in steps of eight digits.
        #expect(order.state == .closed(.filled))
        #expect(try order.filled == Quantity("0.017857") && order.filledNotional == Notional("999.999857"))
        #expect(order.remaining.isPositive, "less was bought than was expected at most")
        #expect(joined.wishes.fills.map(\.price) == [Price(56_000), Price(56_001)])
        #expect(try joined.balances == joined.truth)
        #expect(joined.session.engine.floor.exposures.reserved(AssetID(1)).isZero)
        #expect(joined.session.engine.floor.alerts.isEmpty)
    }

    @Test func `a bot slows down before a quota of hours is used up, and cancels go all the same`() throws {
        let joined = try JoinedStage(.v2) { _, settings in
            settings.limits = .venue
            settings.limits.longPeriods = [.init(hours: 1, requests: 90)]
        }
        joined.start()
        offer(joined, "1", "55000", "buy")
        offer(joined, "1", "56000")
        joined.run(.seconds(2))
        var ids: [OrderID] = []
        let size = try Quantity("0.01")
        joined.wish { desk in
            for step in 0..<20 {
                let ticket = OrderTicket.limit(.buy, size, at: Price(54_000 + step), in: Self.btcusdt)
                ids.append(desk.place(ticket) ?? .none)
            }
        }
        let placed = joined.requests.count { $0 == "POST /v2/spot/order" }
        #expect(placed < 20 && placed > 0, "\(placed) were placed while little is left")
        #expect(joined.session.link.takeNotices().contains { $0.description.contains("quota of 1 h") })
        // What stands is cancelled at once, though others wait for their turn.
        let standing = ids.filter { joined.order($0)?.state == .active(.open) }
        #expect(standing.count == placed)
        let before = joined.requests.count { $0 == "POST /v2/spot/cancel-order" }
        joined.wish { desk in for id in standing { desk.cancel(id) } }
        #expect(joined.requests.count { $0 == "POST /v2/spot/cancel-order" } - before == standing.count)
        #expect(joined.session.engine.floor.alerts.isEmpty, "the venue has refused nothing")
    }

    @Test func `a window that others have used up is left alone, one of our own is not`() throws {
        let joined = try JoinedStage(.v2) { _, settings in settings.limits = .venue }
        joined.start()
        offer(joined, "1", "55000", "buy")
        offer(joined, "1", "56000")
        joined.run(.seconds(2))
        let place = OrderTicket.limit(.buy, try Quantity("0.01"), at: Price(54_000), in: Self.btcusdt)
        for (remaining, isHeld) in [(Int?.none, false), (5, false), (-3, false), (0, true)] {
            var quota = CoinExQuota()
            (quota.limit, quota.remaining) = (30, remaining)
            joined.quota = quota
            joined.wish { $0.place(place) }
            #expect(joined.session.engine.floor.alerts.isEmpty != isHeld, "\(remaining ?? 99)")
        }
    }

    @Test(arguments: CoinExAPI.allCases)
    func `a sum that finds too little is cancelled with what it bought`(api: CoinExAPI) throws {
        let joined = try JoinedStage(api)
        joined.start()
        offer(joined, "1", "55000", "buy")
        offer(joined, "0.01", "56000")
        joined.run(.seconds(2))
        var id: OrderID?
        joined.wish { id = $0.buy(spending: Notional(1_000), in: Self.btcusdt) }
        let order = try #require(joined.order(id))
        #expect(order.state == .closed(.cancelled))
        #expect(try order.filled == Quantity("0.01") && joined.balances == joined.truth)
    }

    /// The fee of the first deal takes nearly all the CET; that of the second falls back to the quote asset.
    @Test(arguments: CoinExAPI.allCases)
    func `fees in two assets within one order end in the right balances`(api: CoinExAPI) throws {
        let joined = try JoinedStage(api) { definition, _ in
            definition.markets[0].takerRate = FeeRate(raw: 1_600_000_000)
            definition.markets[1].openingPrice = Price(2)
            definition.accounts[0].paysFeesAtDiscount = true
            definition.accounts[0].balances[1] = AssetAmount("CET", Amount(raw: 320_000_000_000))
        }
        joined.start()
        offer(joined, "1", "55000", "buy")
        offer(joined, "0.01", "56000")
        offer(joined, "0.01", "56000")
        offer(joined, "100", "1.99", "buy", "CETUSDT")
        offer(joined, "100", "2.01", "sell", "CETUSDT")
        joined.run(.seconds(2))
        var id: OrderID?
        joined.wish { id = $0.place(.market(.buy, Quantity(raw: 20_000_000_000), in: Self.btcusdt)) }
        #expect(try #require(joined.order(id)).state == .closed(.filled))
        let table = joined.session.engine.desk.table
        let fees = joined.wishes.fills.map { "\($0.fee) of \(table.name(of: $0.feeAsset))" }
        #expect(fees.sorted() == ["0.3136 of CET", "0.896 of USDT"])
        // Only in the second generation pushes tell which deal paid what.
        #expect(joined.requests.contains("GET /v1/order/deals") == (api == .v1))
        #expect(try joined.balances == joined.truth)
        // 0.3136 CET at 2, and 0.896 USDT.
        let position = joined.session.engine.desk.positions[0]
        #expect(try position.fees == Notional("1.5232"))
    }
}
