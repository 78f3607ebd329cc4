import Journal
import Pages
import Quantities
import Testing

@testable import Reports

@Suite struct StatisticsTests {
    @Test func `a sample has mean, error and quantiles`() {
        let sample = Sample([4, 2, .nan, 6, 8])
        #expect(sample.count == 4 && sample.mean == 5)
        // Squares of the distances: 9 + 1 + 1 + 9 = 20; divided by three and by four.
        #expect(abs((sample.standardError ?? 0) - (20.0 / 3 / 4).squareRoot()) < 1e-12)
        #expect([0, 0.25, 0.5, 0.51, 1].map { sample.quantile($0) } == [2, 2, 4, 6, 8])
        #expect(Sample([]).mean == nil && Sample([1]).standardError == nil && Sample([]).quantile(0.5) == nil)
    }

    private func curve(_ values: [Double]) -> [Point] {
        values.enumerated().map { Point(Instant(milliseconds: Int64($0.offset) * 1_000), $0.element) }
    }

    @Test func `a drawdown is measured from the highest point before, zero at first`() {
        // time          0  1  2  3   4  5  6  7
        let drawdown = Drawdown(curve([0, 5, 3, 4, -1, 5, 6, 2]))
        #expect(drawdown.deepest == 6)
        #expect(drawdown.peakAt == Instant(milliseconds: 1_000))
        #expect(drawdown.troughAt == Instant(milliseconds: 4_000))
        #expect(drawdown.longest == .seconds(4) && !drawdown.isUnderWaterAtEnd)
        #expect(drawdown.curve.map(\.value) == [0, 0, -2, -1, -6, 0, 0, -4])
    }

    @Test func `a drawdown that lasts to the end says so, and a loss from the start is one`() {
        let drawdown = Drawdown(curve([-1, -2, -3]))
        #expect(drawdown.deepest == 3 && drawdown.isUnderWaterAtEnd && drawdown.longest == .seconds(2))
        #expect(Drawdown([]).deepest == 0)
        #expect(Drawdown(curve([1, 2, 3])).longest == .zero)
    }

    private func trips(_ trades: [(quantity: Double, price: Double, fee: Double)]) -> RoundTrips {
        RoundTrips(trades.map { .init(price: $0.price, quantity: $0.quantity, fee: $0.fee) })
    }

    @Test func `what closes earns against the average cost, after both fees`() {
        // 2 at 100 and 2 at 110 cost 105 each; 1 sold at 107 gains 2, less 1/4 of the fees of 4 and its own of 0.5.
        let result = trips([(2, 100, 2), (2, 110, 2), (-1, 107, 0.5), (-3, 100, 0.3)])
        #expect(result.gains.map { ($0 * 1e6).rounded() / 1e6 } == [0.5, -18.3])
        #expect(result.hitRate == 0.5)
        #expect(abs((result.profitFactor ?? 0) - 0.5 / 18.3) < 1e-12)
    }

    @Test func `a position that turns over closes the old side and opens the new one`() {
        // Sold 1 at 100, bought 3 at 90: closes 1 with 10, opens 2 at 90, closed at 95 with 10.
        let result = trips([(-1, 100, 0), (3, 90, 3), (-2, 95, 0)])
        #expect(result.gains == [9, 8])
        #expect(result.profitFactor == nil && result.hitRate == 1)
        #expect(trips([(1, 100, 1)]).hitRate == nil)
    }

    @Test func `a sum of many small fills that is flat but for noise is flat`() {
        let trades = (0..<1_000).map { index in
            (quantity: index.isMultiple(of: 2) ? 0.1 : -0.1, price: 100.0, fee: 0.0)
        }
        #expect(trips(trades).gains.count == 500)
    }

    @Test func `blocks of time add up to the profit`() {
        let equity = curve((0...600).map { Double($0) / 10 })
        let times = Instant(milliseconds: 0)...Instant(milliseconds: 600_000)
        let blocks = Figures.blocks(equity, times)
        #expect(blocks.count == 60)
        #expect(abs(blocks.reduce(0, +) - 60) < 1e-9)
        #expect(Figures.blocks(curve([1, 2]), times) == [])
    }

    @Test func `an order for a sum is filled when the venue said so`() throws {
        func order(
            _ quantity: String, _ filled: String, _ notional: String, _ state: String, spend: String? = nil
        ) throws -> OrderRow {
            OrderRow(
                run: RunID(1), clientID: "1", strategy: "s", market: "BTCUSDT", side: "buy", kind: "market",
                createdAt: Instant(milliseconds: 1), price: nil, quantity: try Quantity(quantity),
                filled: try Quantity(filled), notional: try Notional(notional), state: state,
                closedAt: Instant(milliseconds: 2), spend: try spend.map { try Notional($0) })
        }
        var part = PartData(strategy: "s", market: "BTCUSDT")
        part.orders = [
            try order("0.262", "0.25", "24.9", "filled", spend: "25"),
            try order("0.262", "0.125", "12.5", "cancelled", spend: "25"),
            try order("0.262", "0", "0", "cancelled", spend: "25"),
            try order("2", "1", "100", "cancelled"),
        ]
        let figures = OrderFigures([part])
        #expect(figures.filled == 1 && figures.filledInPart == 2 && figures.unfilled == 1)
        // Of the second one half was bought of what its sum pays for at its price.
        let wanted = 0.25 + 0.25 + 0.262 + 2
        #expect(abs(try #require(figures.fillRatioByQuantity) - 1.375 / wanted) < 1e-12)
    }

    @Test func `configurations differ by setting`() {
        let text = """
            mode: paper
            data:
              synthetic:
                price: 60000
            strategies:
              - strategy: ema-cross
                parameters:
                  fast: 5s
              - strategy: maker
                markets: [A]
            """
        let other = text.replacing("fast: 5s", with: "fast: 9s").replacing(
            "mode: paper", with: "mode: backtest\nx: 1")
        let rows = ConfigurationDifferences([text, other, text]).rows
        #expect(rows.map(\.setting) == ["mode", "strategies.1.parameters.fast", "x"])
        #expect(
            rows.map(\.values) == [["paper", "backtest", "paper"], ["5s", "9s", "5s"], [nil, "1", nil]])
        #expect(
            ConfigurationDifferences.settings(text).map(\.name) == [
                "mode", "data.synthetic.price", "strategies.1.strategy", "strategies.1.parameters.fast",
                "strategies.2.strategy", "strategies.2.markets",
            ])
        #expect(ConfigurationDifferences([text, text]).rows.isEmpty)
    }

    @Test func `fields of a table stay in their cell and are no formulas`() {
        #expect(RunTables.field("plain") == "plain")
        #expect(RunTables.field(#"a "b", c"#) == #""a ""b"", c""#)
        #expect(RunTables.field("=1+1") == "'=1+1")
        #expect(RunTables.field("-0.5") == "-0.5")
    }
}
