import Pages
import Quantities

/// A figure with its name and unit: the same list makes key figures, comparisons and the file for programs.
package struct Measure: Equatable, Sendable {
    package enum Style: Equatable, Sendable {
        /// Coloured by its sign.
        case gain
        case plain
        /// A share of one.
        case percent
        /// Seconds.
        case length
        case count
    }

    /// What programs call it.
    package var key: String
    package var name: String
    /// Nil when it is not known.
    package var value: Double?
    package var style: Style
    package var decimals: Int
    package var unit: String
    package var note: String

    package init(
        _ key: String, _ name: String, _ value: Double?, _ style: Style, decimals: Int = 0,
        unit: String = "", note: String = ""
    ) {
        self.key = key
        self.name = name
        self.value = value.flatMap { $0.isFinite ? $0 : nil }
        self.style = style
        self.decimals = decimals
        self.unit = unit
        self.note = note
    }

    package var cell: Table.Cell {
        guard let value else { return Table.Cell(NumberText.none) }
        switch style {
        case .gain: return Table.Cell.gain(value, decimals)
        case .plain: return Table.Cell(NumberText.fixed(value, decimals))
        case .percent: return Table.Cell(NumberText.percent(value, decimals))
        case .length: return Table.Cell(TimeText.length(Interval(nanoseconds: Int64(min(value, 9e9) * 1e9))))
        case .count: return Table.Cell(NumberText.fixed(value, 0))
        }
    }
}

extension Figures {
    /// How many decimals the money of a run is told with: cents, or more where all is small.
    package var moneyDecimals: Int {
        let size = max(profit.magnitude, drawdown.deepest, feesPaid.magnitude)
        return size > 0 ? min(8, max(2, NumberText.decimals(for: size))) : 2
    }

    /// The figures in the order in which a trader asks for them.
    package var measures: [Measure] { profitMeasures + tradeMeasures + orderMeasures }

    private var profitMeasures: [Measure] {
        let money = moneyDecimals
        let share = capital.map { "\(NumberText.signed(profit / $0 * 100, 3)) % of the capital" } ?? ""
        let hourly = hourly
        let length = TimeText.length(drawdown.longest)
        let water =
            drawdown.isUnderWaterAtEnd ? "below its peak for \(length), to the end" : "for up to \(length)"
        return [
            Measure("profit", "Profit", profit, .gain, decimals: money, unit: quote, note: share),
            Measure(
                "drawdown_max", "Deepest drawdown", drawdown.deepest, .plain, decimals: money, unit: quote,
                note: drawdown.deepest > 0 ? water : ""),
            Measure(
                "profit_per_hour", "Profit per hour", hourly?.mean, .gain, decimals: money, unit: quote,
                note: hourly.map { "± \(NumberText.fixed($0.error, money)) standard error" }
                    ?? "run too short"),
            Measure(
                "profit_significance", "Profit / uncertainty", significance, .gain, decimals: 1,
                note: "standard errors from zero; below 2 it may be luck"),
            Measure(
                "sharpe_yearly", "Sharpe ratio, yearly", sharpe, .gain, decimals: 2,
                note: sharpe == nil ? "needs 30 days" : ""),
            Measure("spread", "Spread captured", spread.last?.value, .gain, decimals: money, unit: quote),
            Measure("inventory", "Inventory", inventory.last?.value, .gain, decimals: money, unit: quote),
            Measure(
                "fees", "Fees paid", feesPaid, .plain, decimals: money, unit: quote,
                note: turnover > 0 ? "\(NumberText.fixed(feesPaid / turnover * 1e4, 2)) bp of turnover" : ""),
            Measure("rebates", "Rebates", rebates.last?.value, .plain, decimals: money, unit: quote),
        ]
    }

    private var tradeMeasures: [Measure] {
        let maker = fills > 0 ? Double(makerFills) / Double(fills) : nil
        return [
            Measure(
                "fills", "Fills", Double(fills), .count,
                note: maker.map { "\(NumberText.percent($0, 0)) as maker" } ?? ""),
            Measure("maker_share", "Maker share", maker, .percent, decimals: 1),
            Measure("turnover", "Turnover", turnover, .plain, decimals: 0, unit: quote),
            Measure(
                "hit_rate", "Hit rate", trips.hitRate, .percent, decimals: 1,
                note: "of \(trips.gains.count) fills that closed"),
            Measure(
                "profit_factor", "Profit factor", trips.profitFactor, .plain, decimals: 2,
                note: "won for every 1 lost"),
            Measure("exposure", "In the market", exposure, .percent, decimals: 1, note: "of the time"),
        ]
    }

    private var orderMeasures: [Measure] {
        [
            Measure(
                "orders", "Orders", Double(orders.placed), .count, note: "\(orders.refused) more were refused"
            ),
            Measure("fill_ratio", "Fill ratio", orders.fillRatio, .percent, decimals: 1, note: "of orders"),
            Measure(
                "fill_ratio_quantity", "Fill ratio", orders.fillRatioByQuantity, .percent, decimals: 1,
                note: "of quantity"),
            Measure(
                "time_to_fill_median", "Time to fill", orders.timeToFill.quantile(0.5), .length,
                note: "median, from request to first fill"),
            Measure(
                "time_in_book_median", "Time in book", orders.timeInBook.quantile(0.5), .length,
                note: "median"),
        ]
    }
}
