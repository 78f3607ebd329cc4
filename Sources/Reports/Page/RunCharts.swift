import Journal
import Pages
import Quantities

/// The charts of a run.
struct RunCharts {
    let run: RunData
    let figures: Figures

    /// Parts that one panel tells apart; the rest is in the sum.
    private static let linesMax = 6

    // MARK: Over time

    var equityPanels: [Panel] {
        var series: [Series] = []
        if run.parts.count > 1 {
            for (index, part) in run.parts.prefix(Self.linesMax).enumerated() {
                let points = part.equity.map { Point($0.at, Double($0.equity)) }
                series.append(Series(part.name, .series(index + 1), .step, points))
            }
        }
        let isAlone = series.isEmpty
        series.append(
            Series(isAlone ? "Profit" : "together", .series(0), isAlone ? .area : .line, figures.equity))
        let down = Series("Drawdown", .bad, .area, figures.drawdown.curve)
        let digits = figures.moneyDecimals
        return [
            Panel("Profit", unit: run.quote, height: 190, includesZero: true, decimals: digits, series),
            Panel("Drawdown", unit: run.quote, height: 80, includesZero: true, decimals: digits, [down]),
        ]
    }

    /// Price with fills and own quotes, and the positions in it.
    func marketPanels(_ index: Int) -> [Panel] {
        let market = run.markets[index]
        let parts = run.parts.filter { $0.market == market.market }
        let decimals = Self.decimals(of: market.tick)
        let mids = run.mids(index).map { Point($0.at, $0.mid) }
        let bids = run.prices[index].map { Point($0.at, $0.bid.map { Double($0) } ?? .nan) }
        let asks = run.prices[index].map { Point($0.at, $0.ask.map { Double($0) } ?? .nan) }
        var series: [Series] = []
        let own = ownQuotes(parts)
        if own.bids.contains(where: { $0.value.isFinite }) {
            series.append(Series("own bid", .buy, .thinStep, own.bids))
        }
        if own.asks.contains(where: { $0.value.isFinite }) {
            series.append(Series("own ask", .sell, .thinStep, own.asks))
        }
        // Last, so that it lies above the others.
        series.append(Series("mid", .series(0), .step, mids))
        var price = Panel(
            "\(market.market) price", unit: market.quote, height: 240, decimals: decimals, series)
        price.bands = [Band("bid to ask", .series(0), low: bids, high: asks)]
        let fills = parts.flatMap(\.fills).sorted { $0.row.at < $1.row.at }
        price.markers = [
            MarkerGroup("bought", .buy, fills.filter(\.isBuy).map { Self.marker($0, .up) }),
            MarkerGroup("sold", .sell, fills.filter { !$0.isBuy }.map { Self.marker($0, .down) }),
        ].filter { !$0.markers.isEmpty }
        let positions = parts.prefix(Self.linesMax).enumerated().map { place, part in
            Series(
                parts.count > 1 ? part.strategy : "\(market.market) position",
                .series(parts.count > 1 ? place + 1 : 3),
                parts.count > 1 ? .step : .stepArea, part.equity.map { Point($0.at, Double($0.position)) })
        }
        return [
            price,
            Panel(
                "\(market.market) position", unit: market.base, height: 90, includesZero: true,
                decimals: Self.decimals(of: market.lot), positions),
        ]
    }

    private static func marker(_ fill: TrackedFill, _ shape: Marker.Shape) -> Marker {
        Marker(at: Point(fill.row.at, fill.price), shape)
    }

    /// The best own bid and ask of all strategies in a market.
    private func ownQuotes(_ parts: [PartData]) -> (bids: [Point], asks: [Point]) {
        var bids: [Point] = []
        var asks: [Point] = []
        let rows = parts.flatMap(\.equity).sorted { $0.at < $1.at }
        var index = 0
        while index < rows.count {
            let at = rows[index].at
            var (bid, ask): (Price?, Price?) = (nil, nil)
            while index < rows.count, rows[index].at == at {
                if let own = rows[index].ownBid { bid = max(bid ?? own, own) }
                if let own = rows[index].ownAsk { ask = min(ask ?? own, own) }
                index += 1
            }
            bids.append(Point(at, bid.map { Double($0) } ?? .nan))
            asks.append(Point(at, ask.map { Double($0) } ?? .nan))
        }
        return (bids, asks)
    }

    var splitPanel: Panel {
        var series = [
            Series("spread", .series(2), .step, figures.spread),
            Series("inventory", .series(3), .step, figures.inventory),
            Series("fees", .series(1), .step, figures.fees),
        ]
        if figures.rebates.contains(where: { $0.value != 0 }) {
            series.append(Series("rebates", .series(5), .step, figures.rebates))
        }
        series.append(Series("profit", .series(0), .step, figures.equity))
        return Panel(
            "Where the profit comes from", unit: run.quote, height: 190, includesZero: true,
            decimals: figures.moneyDecimals, series)
    }

    // MARK: Bars

    static func split(_ figures: Figures, _ title: String) -> BarChart {
        func bar(_ name: String, _ value: Double?) -> BarChart.Group? {
            guard let value, value.isFinite else { return nil }
            return .init(name, [.init(value, value < 0 ? .bad : .good)])
        }
        var groups = [
            bar("spread", figures.spread.last?.value), bar("inventory", figures.inventory.last?.value),
        ]
        groups.append(bar("fees", figures.fees.last?.value))
        if figures.rebates.last?.value ?? 0 != 0 {
            groups.append(bar("rebates", figures.rebates.last?.value))
        }
        groups.append(bar("profit", figures.equity.last?.value))
        return BarChart(title, unit: figures.quote, groups.compactMap(\.self))
    }

    static func markouts(_ figures: [MarkoutFigures], _ title: String) -> BarChart {
        let groups = MarkoutFigures.horizons.map { horizon in
            let bars = figures.filter { $0.afterMilliseconds == horizon }.map { figure in
                BarChart.Bar(
                    figure.basisPoints.mean ?? .nan, error: figure.basisPoints.standardError,
                    figure.side == "buy" ? .buy : .sell)
            }
            return BarChart.Group(MarkoutFigures.label(horizon), bars)
        }
        return BarChart(title, unit: "bp", keys: [("buys", .buy), ("sells", .sell)], groups)
    }

    /// How many digits after the point a step has.
    static func decimals(of step: some FixedPoint) -> Int {
        let text = step.description
        return text.lastIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    }
}
