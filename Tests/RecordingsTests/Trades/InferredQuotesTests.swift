import MarketModel
import Quantities
import Recordings
import Testing

struct InferredQuotesTests {
    private func table() throws -> MarketTable {
        var table = MarketTable()
        table.add(
            "AB", base: "A", quote: "B",
            rules: MarketRules(tick: try Price("0.5"), lot: Quantity(1), minimumQuantity: Quantity(1)))
        return table
    }

    private func trade(_ side: Side, _ price: String) throws -> Trade {
        Trade(
            market: MarketID(0), aggressor: side, id: DealID(7), price: try Price(price),
            quantity: Quantity(3), venueTime: Instant(nanoseconds: 1), receivedAt: Instant(nanoseconds: 2))
    }

    @Test(arguments: [
        ([(Side.buy, "100")], "99.5", "100"),
        ([(.sell, "100")], "100", "100.5"),
        ([(.sell, "98"), (.buy, "100")], "98", "100"),
        ([(.buy, "100"), (.sell, "98")], "98", "100"),
        ([(.buy, "100"), (.sell, "101")], "101", "101.5"),
        ([(.sell, "100"), (.buy, "99")], "98.5", "99"),
    ])
    func `each trade shows one side, the other stays where it was or gives way`(
        trades: [(Side, String)], bid: String, ask: String
    ) throws {
        var quotes = InferredQuotes(try table())
        var last: Quote?
        for (side, price) in trades { last = quotes.quote(after: try trade(side, price)) }
        let quote = try #require(last)
        #expect(quote.bid == (try Price(bid)))
        #expect(quote.ask == (try Price(ask)))
        #expect(quote.bidSize == Quantity(3))
    }

    @Test func `a price without room for a bid below it gives no quote`() throws {
        var quotes = InferredQuotes(try table())
        #expect(quotes.quote(after: try trade(.buy, "0.5")) == nil)
    }
}
