import CoinExVenue
import MarketModel
import Quantities
import Testing
import VenueKit

struct CoinExMarketFeedTests {
    private func depth(
        _ isFull: Bool, _ book: String, at time: Int64, sum: UInt32, market: String = "BTCUSDT"
    ) -> String {
        #"{"method":"depth.update","params":[\#(isFull),{\#(book),"time":\#(time),"checksum":\#(sum)},"\#(market)"],"#
            + #""id":null}"#
    }

    /// What the events say, in words.
    private func words(_ events: [MarketEvent]) -> [String] {
        events.map { event in
            switch event {
            case .level(let change):
                "\(change.side) \(change.quantity) at \(change.price)\(change.isLast ? " last" : "")"
            case .reset(let reset): "reset \(reset.reason)"
            case .trade(let trade):
                "trade \(trade.id.raw) \(trade.aggressor) \(trade.quantity) at \(trade.price)"
            case .ticker(let ticker): "ticker \(ticker.market.index) last \(ticker.last)"
            case .quote: "quote"
            case .optionMark: "mark"
            case .connection(let change): "\(change.state)"
            }
        }
    }

    @Test func `a book comes as changes that lead to it, both times with them`() {
        var probe = FeedProbe()
        let book = #""asks":[["46350.52","1.07871851"]],"bids":[["46349.61","0.04000000"]]"#
        #expect(probe.receive(depth(true, book, at: 1_639_987_469_166, sum: 1_533_284_725)) == "depth 0")
        #expect(
            words(probe.events) == [
                "reset snapshot", "buy 0.04 at 46349.61", "sell 1.07871851 at 46350.52 last",
            ])
        guard case .level(let change)? = probe.events.last else { return }
        #expect(change.venueTime == Instant(milliseconds: 1_639_987_469_166))
        #expect(change.receivedAt == Exchange.start)
        probe.events = []
        let text = "46349.61:0.04000000:46351:2"
        probe.receive(
            depth(
                false, #""asks":[["46350.52","0.00"],["46351","2"]]"#, at: 1_639_987_469_366,
                sum: NaiveBook.crc(text)))
        #expect(words(probe.events) == ["sell 0 at 46350.52", "sell 2 at 46351 last"])
    }

    @Test func `no change of a damaged book comes out, and the book is reset once`() {
        var probe = FeedProbe()
        probe.receive(depth(true, #""bids":[["1","1"]]"#, at: 1, sum: NaiveBook.crc("1:1")))
        probe.events = []
        #expect(probe.receive(depth(false, #""bids":[["2","1"]]"#, at: 2, sum: 5)) == "damaged 0")
        #expect(words(probe.events) == ["reset checksumMismatch"])
        #expect(probe.receive(depth(false, #""bids":[["2","1"]]"#, at: 3, sum: 5)) == "depth -")
        #expect(probe.receive(depth(true, #""bids":[["2","1"]]"#, at: 4, sum: 6)) == "damaged 0")
        #expect(words(probe.events) == ["reset checksumMismatch"])
        #expect(probe.feed.markets.counts.checksumMismatches == 2)
        #expect(
            probe.receive(depth(true, #""bids":[["2","1"]]"#, at: 4, sum: NaiveBook.crc("2:1"))) == "depth 0")
        #expect(probe.feed.markets.book(of: MarketID(0)).state == .live)
    }

    @Test func `an empty book is whole all the same`() {
        var probe = FeedProbe()
        probe.receive(depth(true, #""bids":[],"asks":[]"#, at: 1, sum: 0))
        var state = MarketState()
        for event in probe.events {
            switch event {
            case .reset(let reset): state.apply(reset)
            case .level(let change): _ = state.apply(change)
            case .quote, .trade, .ticker, .optionMark, .connection: break
            }
        }
        #expect(state.book.isLive)
        #expect(state.quote == nil)
    }

    @Test func `what comes out builds the book that went in`() {
        var probe = FeedProbe()
        probe.receive(
            depth(
                true, #""bids":[["1","1"],["2","3"]],"asks":[["4","1"]]"#, at: 1,
                sum: NaiveBook.crc("2:3:1:1:4:1")))
        probe.receive(depth(false, #""bids":[["2","0"]]"#, at: 2, sum: NaiveBook.crc("1:1:4:1")))
        var state = MarketState()
        for event in probe.events {
            switch event {
            case .reset(let reset): state.apply(reset)
            case .level(let change): _ = state.apply(change)
            case .quote, .trade, .ticker, .optionMark, .connection: break
            }
        }
        #expect(state.touch(.buy) == Level(price: price("1"), quantity: quantity("1")))
        #expect(state.touch(.sell) == Level(price: price("4"), quantity: quantity("1")))
    }

    private func deals(_ ids: [Int]) -> String {
        let rows = ids.map { #"{"type":"sell","time":\#($0).5,"price":"2","id":\#($0),"amount":"1"}"# }
        return #"{"method":"deals.update","params":["BTCUSDT",[\#(rows.joined(separator: ","))]],"id":null}"#
    }

    @Test func `the first trades are history, later ones come once and the oldest first`() {
        var probe = FeedProbe()
        #expect(probe.receive(deals([3, 2, 1])) == "deals 0")
        #expect(probe.events.isEmpty)
        probe.receive(deals([5, 4, 3]))
        probe.receive(deals([5, 4]))
        #expect(words(probe.events) == ["trade 4 sell 1 at 2", "trade 5 sell 1 at 2"])
        #expect(probe.feed.markets.counts.historicTrades == 3)
        #expect(probe.feed.markets.counts.repeatedTrades == 3)
        probe.events = []
        probe.feed.markets.expectHistory()
        probe.receive(deals([9, 8, 5]))
        probe.receive(deals([10]))
        #expect(words(probe.events) == ["trade 10 sell 1 at 2"])
    }

    private func trades(_ ids: ClosedRange<UInt64>) -> [Trade] {
        ids.map { id in
            Trade(
                market: MarketID(0), aggressor: .sell, id: DealID(id), price: Price(2),
                quantity: Quantity(1), venueTime: Exchange.start, receivedAt: Exchange.start)
        }
    }

    @Test func `trades of a gap are told when the subscription reaches back to the last that is known`() {
        var probe = FeedProbe()
        probe.feed.markets.tellsMissed = true
        probe.receive(deals([3, 2, 1]))
        probe.receive(deals([4]))
        probe.events = []
        probe.feed.markets.expectHistory()
        probe.receive(deals([6, 5, 4, 3]))
        probe.receive(deals([7]))
        #expect(words(probe.events) == [5, 6, 7].map { "trade \($0) sell 1 at 2" })
        #expect(probe.feed.markets.gaps.isEmpty)
    }

    @Test func `what the subscription did not reach back to is asked for, and what came meanwhile waits`() {
        var probe = FeedProbe()
        probe.feed.markets.tellsMissed = true
        probe.receive(deals([3, 2, 1]))
        probe.feed.markets.expectHistory()
        probe.receive(deals([7, 6]))
        probe.receive(deals([8]))
        #expect(probe.events.isEmpty)
        let gaps = probe.feed.markets.takeGaps()
        #expect(gaps == [CoinExTradeGap(market: MarketID(0), after: DealID(3), before: DealID(6))])
        #expect(probe.feed.markets.takeGaps().isEmpty)
        probe.feed.markets.fill(gaps[0], with: trades(4...7), at: Exchange.start, into: &probe.events)
        #expect(words(probe.events) == (4...8).map { "trade \($0) sell 1 at 2" })
        // Told once.
        probe.feed.markets.fill(gaps[0], with: trades(4...7), at: Exchange.start, into: &probe.events)
        probe.receive(deals([9, 8]))
        #expect(words(probe.events) == (4...9).map { "trade \($0) sell 1 at 2" })
    }

    @Test func `a gap whose connection is lost too is part of the next one`() {
        var probe = FeedProbe()
        probe.feed.markets.tellsMissed = true
        probe.receive(deals([1]))
        probe.feed.markets.expectHistory()
        probe.receive(deals([5]))
        let lost = probe.feed.markets.takeGaps()
        probe.feed.markets.expectHistory()
        probe.feed.markets.fill(lost[0], with: trades(2...5), at: Exchange.start, into: &probe.events)
        #expect(probe.events.isEmpty)
        probe.receive(deals([8]))
        #expect(
            probe.feed.markets.takeGaps() == [
                CoinExTradeGap(market: MarketID(0), after: DealID(1), before: DealID(8))
            ])
    }

    @Test func `tickers of the session's markets come out, others are counted`() {
        var probe = FeedProbe()
        let state = #"{"open":"1","last":"2","high":"3","low":"1","volume":"4"}"#
        #expect(
            probe.receive(
                #"{"method":"state.update","params":[{"ETHUSDT":\#(state),"ELMPINE":\#(state)}],"id":null}"#)
                == "state -")
        #expect(words(probe.events) == ["ticker 1 last 2"])
        #expect(probe.feed.foreignPushes == 1)
    }

    @Test func `all books are distrusted when the connection is lost`() {
        var probe = FeedProbe()
        probe.receive(depth(true, #""bids":[["1","1"]]"#, at: 1, sum: NaiveBook.crc("1:1")))
        probe.events = []
        probe.feed.markets.distrustBooks(at: probe.now, into: &probe.events)
        probe.feed.markets.distrustBooks(at: probe.now, into: &probe.events)
        #expect(words(probe.events) == ["reset disconnected"])
    }

    @Test func `balances of other accounts and coins are left out`() {
        var probe = FeedProbe()
        func push(_ account: String) -> String {
            #"{"method":"asset.update","params":[{"BTC":{"available":"250","frozen":"10"},"#
                + #""DOGE":{"available":"1","frozen":"0"}}\#(account)],"id":null}"#
        }
        #expect(probe.receive(push("")) == "asset -")
        #expect(probe.receive(push(",2")) == "asset -")
        #expect(
            probe.facts == [
                .balance(
                    Balance(
                        asset: Exchange.btc, total: amount("260"), frozen: amount("10"),
                        venueTime: Exchange.start))
            ])
        #expect(probe.feed.foreignPushes == 3)
    }
}
