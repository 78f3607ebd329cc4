import MarketModel
import Quantities
import Testing

@testable import Exchange

struct FrontOverviewTests {
    @Test func `it shows markets, accounts, clients and what goes wrong`() throws {
        var fault = ExchangeFault(.pushLost)
        fault.from = .seconds(5)
        let stage = try FrontStage { _, settings in settings.faults = [fault] }
        let session = stage.open()
        _ = stage.open()
        stage.sign(session)
        let order: [String: WireValue] = [
            "market": "BTCUSDT", "type": "buy", "amount": "0.01", "price": "10000",
        ]
        #expect(stage.call("POST", "/order/limit", order).code == 0)
        #expect(stage.call("POST", "/order/limit", order, as: FrontStage.second).code == 0)
        var overview = stage.overview(0..<9)
        #expect(overview.markets.map(\.name) == ["BTCUSDT", "CETUSDT"])
        #expect(overview.markets[0].bid == Level(price: Price(10_000), quantity: try Quantity("0.02")))
        #expect(overview.markets[0].ask == nil && overview.markets[0].last == nil)
        #expect(overview.orders == 2 && overview.deals == 0)
        #expect(overview.sessions == 2 && overview.signedSessions == 1)
        #expect(overview.accountCount == 2)
        #expect(overview.accounts.map(\.sockets) == [1, 0] && overview.accounts.map(\.openOrders) == [1, 1])
        let held = try #require(overview.accounts[0].balances.first { $0.asset == "USDT" })
        #expect(held.available + held.frozen == Amount(1_000_000) && held.frozen.isPositive)
        #expect(overview.faults == [.init(text: fault.text, strokes: 0, isActive: false)])
        stage.pass(.seconds(6))
        overview = stage.overview(1..<2)
        #expect(overview.accounts.map(\.name) == ["second"])
        #expect(overview.faults.map(\.isActive) == [true])
        #expect(stage.overview(5..<7).accounts.isEmpty)
    }

    @Test func `many accounts share the room for histories`() {
        let few = ExchangeLimits.shared(among: 2)
        #expect(few == ExchangeLimits())
        let many = ExchangeLimits.shared(among: 200)
        #expect(many.finishedOrdersMax == 200 && many.dealsMax == 400 && many.balanceRowsMax == 200)
        #expect(ExchangeLimits.shared(among: 10_000).finishedOrdersMax == ExchangeLimits.rowsLeast)
        #expect(ExchangeLimits.shared(among: 0) == ExchangeLimits())
    }

    @Test func `pushes follow an account through its sessions`() throws {
        let stage = try FrontStage()
        let sessions = (0..<3).map { _ in stage.open() }
        for (session, key) in zip(sessions, [FrontStage.first, FrontStage.second, FrontStage.first]) {
            stage.sign(session, as: key)
            stage.ask("order.subscribe", on: session)
        }
        func told(by key: (id: String, secret: String)) -> [Bool] {
            let order: [String: WireValue] = [
                "market": "BTCUSDT", "type": "buy", "amount": "0.01", "price": "10000",
            ]
            #expect(stage.call("POST", "/order/limit", order, as: key).code == 0)
            return sessions.map { stage.messages($0).contains { $0.contains("order.update") } }
        }
        #expect(told(by: FrontStage.first) == [true, false, true])
        #expect(told(by: FrontStage.second) == [false, true, false])
        // Those behind it move up.
        stage.front.closeSession(sessions[0])
        #expect(told(by: FrontStage.first) == [false, false, true])
        #expect(told(by: FrontStage.second) == [false, true, false])
        // Signed as another one it has to subscribe anew.
        stage.sign(sessions[1], as: FrontStage.first)
        #expect(told(by: FrontStage.second) == [false, false, false])
        stage.ask("order.subscribe", on: sessions[1])
        #expect(told(by: FrontStage.first) == [false, true, true])
    }
}
