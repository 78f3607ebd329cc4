import Journal
import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

@testable import Exchange
@testable import ExchangeServer

/// Markets that play a recording, in a time that goes when it is told to.
struct RecordedFlowTests {
    private static let recordedAt = Instant(milliseconds: 1_700_000_000_000)
    private static let start = Instant(milliseconds: 1_800_000_000_000)
    private let scratch = ScratchFolder()

    /// An empty book, a level on each side a second later, then a trade a second that takes the ask or the bid.
    ///
    /// - Parameters:
    ///   - second: when it begins.
    ///   - offset: of all prices.
    private func record(
        _ name: String, trades: Int, market: String = "BTCUSDT", from second: Int = 0, offset: Price = .zero
    ) throws -> String {
        let path = scratch.file(name)
        var writer = try RecordFileWriter(
            path,
            [
                RecordMarket(
                    name: market, base: "BTC", quote: "USDT", priceDecimals: 2, quantityDecimals: 5,
                    tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 10_000_000))
            ])
        func at(_ later: Int) -> Instant { Self.recordedAt + .seconds(Int64(second + later)) }
        try writer.append(
            .reset(
                BookReset(
                    market: MarketID(0), reason: .snapshot, sequence: 1, venueTime: at(0), receivedAt: at(0)))
        )
        for (side, price) in [(Side.buy, Price(100)), (.sell, Price(101))] {
            try writer.append(
                .level(
                    LevelChange(
                        market: MarketID(0), side: side, isLast: side == .sell, price: price + offset,
                        quantity: Quantity(50), sequence: 2, venueTime: at(1), receivedAt: at(1))))
        }
        for number in 0..<trades {
            let isBuy = number.isMultiple(of: 2)
            try writer.append(
                .trade(
                    Trade(
                        market: MarketID(0), aggressor: isBuy ? .buy : .sell, id: DealID(UInt64(number + 1)),
                        price: Price(isBuy ? 101 : 100) + offset, quantity: Quantity(1),
                        venueTime: at(2 + number), receivedAt: at(2 + number))))
        }
        try writer.finish()
        return path
    }

    private func configuration(_ flow: String) throws -> ExchangeConfiguration {
        try ExchangeConfiguration.read(
            text: """
                markets:
                  - name: BTCUSDT
                    base: BTC
                    quote: USDT
                    price_decimals: 2
                    amount_decimals: 5
                    minimum: 0.001
                    flow: \(flow)
                accounts:
                  - {name: first, access_id: A1, secret_key: S1, balances: {BTC: 10, USDT: 10000}}
                """, name: scratch.file("exchange.yaml"))
    }

    /// An exchange and its flow, played step by step.
    private final class Stage {
        var front: CoinExFront
        var flow: RecordedFlow
        var now = RecordedFlowTests.start

        init(_ configuration: ExchangeConfiguration) throws {
            let start = RecordedFlowTests.start
            front = try CoinExFront(
                configuration.definition(startsAt: start), configuration.frontSettings())
            flow = try RecordedFlow(
                try #require(configuration.recordings.first), MarketID(0), at: start)
        }

        func pass(_ interval: Interval) {
            let end = now + interval
            while flow.nextDue <= end {
                now = max(now, flow.nextDue)
                flow.play(into: &front, until: now)
            }
            now = end
            front.advance(to: now)
        }

        var market: FrontOverview.Market { front.overview(accounts: 0..<1, at: now).markets[0] }
    }

    @Test func `events come as far apart as they were recorded`() throws {
        _ = try record("one.rec", trades: 8)
        let stage = try Stage(configuration("{recording: [one.rec], repeat: false}"))
        stage.pass(.milliseconds(500))
        #expect(stage.market.bid == nil && stage.market.deals == 0)
        stage.pass(.milliseconds(600))
        #expect(stage.market.bid?.price == Price(100) && stage.market.ask?.price == Price(101))
        #expect(stage.market.deals == 0)
        stage.pass(.seconds(1))
        #expect(stage.market.deals == 1 && stage.market.last == Price(101))
        stage.pass(.seconds(4))
        #expect(stage.market.deals == 5)
        #expect(!stage.flow.isOver)
        stage.pass(.seconds(60))
        #expect(stage.market.deals == 8 && stage.flow.isOver)
        #expect(stage.flow.skipped == 0 && stage.flow.played == 11)
        // What trades took was gone from the levels that the recording has not told of since.
        #expect(stage.market.ask?.quantity == Quantity(46) && stage.market.bid?.quantity == Quantity(46))
    }

    @Test func `a pace of ten plays ten seconds in one, and begins anew at the end`() throws {
        _ = try record("one.rec", trades: 8)
        let stage = try Stage(configuration("{recording: [one.rec], pace: 10}"))
        stage.pass(.milliseconds(350))
        #expect(stage.market.deals == 2)
        stage.pass(.milliseconds(600))
        #expect(stage.market.deals == 8)
        // 0.9 s for each round: its first event comes with the last one of the round before.
        stage.pass(.milliseconds(8_100))
        #expect(stage.market.deals >= 8 * 9 && !stage.flow.isOver)
        #expect(stage.front.auditLine().hasPrefix("audit: sound; "))
    }

    @Test func `two files are one recording`() throws {
        _ = try record("one.rec", trades: 3)
        _ = try record("two.rec", trades: 4, from: 60)
        let stage = try Stage(configuration("{recording: [one.rec, two.rec], repeat: false, pace: 100}"))
        stage.pass(.milliseconds(100))
        #expect(stage.market.deals == 3)
        stage.pass(.milliseconds(550))
        #expect(stage.market.deals == 7 && stage.flow.isOver && stage.flow.failure == nil)
    }

    @Test func `a client trades with what the recording shows, and what it takes is gone`() throws {
        _ = try record("one.rec", trades: 8)
        let stage = try Stage(configuration("{recording: [one.rec], repeat: false}"))
        stage.pass(.milliseconds(1_500))
        let found = stage.front.core.account(named: "first")
        let account = try #require(found)
        let buy = OrderRequest(
            account: account, market: MarketID(0), side: .buy, price: Price(101), amount: Amount(2))
        let bought = try stage.front.core.place(buy, at: stage.now)
        #expect(bought.status == .done && bought.dealQuote == Notional(202))
        #expect(stage.market.ask?.quantity == Quantity(48))
        // In front of the recorded bid: the next trade that sells meets it first.
        let bid = OrderRequest(
            account: account, market: MarketID(0), side: .buy, price: Price(raw: 100_500_000_000_000),
            amount: Amount(1))
        let resting = try stage.front.core.place(bid, at: stage.now)
        #expect(resting.status == .notDealt)
        stage.pass(.seconds(2))
        #expect(try stage.front.core.order(resting.id, of: account).status == .done)
        #expect(stage.front.auditLine().hasPrefix("audit: sound; "))
    }

    @Test func `what the market cannot have is left out`() throws {
        _ = try record("one.rec", trades: 4)
        var coarse = try configuration("{recording: [one.rec], repeat: false, pace: 100}")
        // Recorded prices are whole: whole digits are enough for them.
        coarse.markets[0].priceDecimals = 0
        var stage = try Stage(coarse)
        stage.pass(.seconds(1))
        #expect(stage.flow.skipped == 0 && stage.flow.played == 7)
        _ = try record("fine.rec", trades: 4, offset: Price(raw: 10_000_000_000))
        coarse.recordings[0].files = [scratch.file("fine.rec")]
        stage = try Stage(coarse)
        stage.pass(.seconds(1))
        #expect(stage.flow.skipped == 6 && stage.flow.played == 7 && stage.market.deals == 0)
    }

    @Test func `mistakes about recordings are told`() throws {
        _ = try record("eth.rec", trades: 1, market: "ETHUSDT")
        func problem(_ flow: String) -> String {
            do {
                _ = try Stage(configuration(flow))
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(problem("{recording: [nowhere.rec]}").contains("nowhere.rec"))
        #expect(!problem("{recording: [eth.rec]}").isEmpty)
        #expect(problem("{recording: [one.rec], volatility: 1}").contains("is of a crowd"))
        #expect(problem("{start_price: 5, pace: 2}").contains("is of a recording"))
        #expect(problem("{recording: [one.rec], pace: 0}").contains("exchange.yaml:8:"))
        #expect(problem("{recording: one.rec}").contains("exchange.yaml:8:"))
        #expect(problem("{recordin: [one.rec]}").contains("did you mean 'recording'?"))
    }
}
