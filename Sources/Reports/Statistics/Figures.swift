import Journal
import Pages
import Quantities

/// What can be said of a run, or of one strategy in one market.
package struct Figures: Sendable {
    package var quote: String
    package var times: ClosedRange<Instant>
    /// After fees, at every sample.
    package var equity: [Point]
    package var spread: [Point]
    package var inventory: [Point]
    /// Paid, as a negative number.
    package var fees: [Point]
    package var rebates: [Point]
    package var drawdown: Drawdown
    package var trips: RoundTrips
    package var markouts: [MarkoutFigures]
    package var orders: OrderFigures
    package var fills: Int
    package var makerFills: Int
    package var turnover: Double
    /// The share of the time with an open position; nil for a run without length.
    package var exposure: Double?
    /// Profit of equally long blocks of time, in the quote asset.
    package var blocks: Sample
    /// What the money of the beginning was worth; nil when that is not known.
    package var capital: Double?

    /// Blocks of time that a run is cut into for the uncertainty of its profit.
    package static let blocksMax = 60
    /// Runs that are shorter have no yearly figures: they would say nothing.
    package static let yearlyFrom = Interval.minutes(30 * 1_440)

    /// - Parameter parts: all of a run, or one of them.
    package init(_ run: RunData, _ parts: [PartData]) {
        quote = run.quote
        times = run.times
        capital = run.capitalValue
        let sums = Sums(parts)
        (equity, spread, inventory) = (sums.equity, sums.spread, sums.inventory)
        (fees, rebates, exposure) = (sums.fees, sums.rebates, sums.exposure)
        drawdown = Drawdown(sums.equity)
        trips = RoundTrips(joining: parts.map { RoundTrips(Self.trades($0, quote: run.quote)) })
        let fills = parts.flatMap(\.fills)
        markouts = MarkoutFigures.all(fills)
        orders = OrderFigures(parts)
        self.fills = fills.count
        makerFills = fills.count { $0.row.liquidity == "maker" }
        turnover = fills.reduce(0) { $0 + Double($1.row.notional) }
        blocks = Sample(Self.blocks(sums.equity, run.times))
    }

    private static func trades(_ part: PartData, quote: String) -> [RoundTrips.Trade] {
        part.fills.map { fill in
            // Fees in other assets are counted in the profit; here they are left out.
            let fee = fill.row.feeAsset == quote ? Double(fill.row.fee) : 0
            return RoundTrips.Trade(
                price: fill.price, quantity: fill.isBuy ? fill.quantity : -fill.quantity, fee: fee)
        }
    }

    /// The change of the profit over each of `blocksMax` equal lengths of time; none where samples are fewer.
    static func blocks(_ equity: [Point], _ times: ClosedRange<Instant>) -> [Double] {
        guard equity.count > blocksMax else { return [] }
        let length = (times.upperBound - times.lowerBound).nanoseconds / Int64(blocksMax)
        guard length > 0 else { return [] }
        var (changes, before, index, value) = ([Double](), 0.0, 0, 0.0)
        for block in 1...blocksMax {
            let end = times.lowerBound + Interval(nanoseconds: length * Int64(block))
            while index < equity.count, equity[index].time <= end || block == blocksMax {
                value = equity[index].value
                index += 1
            }
            changes.append(value - before)
            before = value
        }
        return changes
    }

    // MARK: Figures made of these

    package var profit: Double { equity.last?.value ?? 0 }
    package var feesPaid: Double { -(fees.last?.value ?? 0) }
    package var hours: Double { (times.upperBound - times.lowerBound).seconds / 3_600 }

    /// Profit per hour, with its standard error; nil where the run is too short for it.
    package var hourly: (mean: Double, error: Double)? {
        guard let mean = blocks.mean, let error = blocks.standardError, hours > 0 else { return nil }
        let perHour = Double(blocks.count) / hours
        return (mean * perHour, error * perHour)
    }

    /// How many standard errors the profit is away from zero; nil where the run is too short for it.
    package var significance: Double? {
        guard let mean = blocks.mean, let error = blocks.standardError, error > 0 else { return nil }
        return mean / error
    }

    /// The yearly Sharpe ratio of the blocks; nil for runs of less than `yearlyFrom`.
    package var sharpe: Double? {
        guard times.upperBound - times.lowerBound >= Self.yearlyFrom, let significance else { return nil }
        return significance * (24 * 365 / hours).squareRoot()
    }
}

/// The series of several strategies and markets, added up at every moment of a sample.
private struct Sums {
    var equity: [Point] = []
    var spread: [Point] = []
    var inventory: [Point] = []
    var fees: [Point] = []
    var rebates: [Point] = []
    var exposure: Double?

    init(_ parts: [PartData]) {
        var next = Array(repeating: 0, count: parts.count)
        var (exposed, total, last) = (Interval.zero, Interval.zero, (at: Instant?.none, isOpen: false))
        while true {
            var now = Instant.distantFuture
            for (part, index) in zip(parts, next) where index < part.equity.count {
                now = min(now, part.equity[index].at)
            }
            if now == .distantFuture { break }
            for part in parts.indices {
                while next[part] < parts[part].equity.count, parts[part].equity[next[part]].at <= now {
                    next[part] += 1
                }
            }
            let rows = zip(parts, next).compactMap { part, index in index > 0 ? part.equity[index - 1] : nil }
            add(rows, at: now)
            if let before = last.at {
                total = total + (now - before)
                if last.isOpen { exposed = exposed + (now - before) }
            }
            last = (now, rows.contains { !$0.position.isZero })
        }
        if total > .zero { exposure = exposed.seconds / total.seconds }
    }

    private mutating func add(_ rows: [EquityRow], at now: Instant) {
        func sum(_ value: (EquityRow) -> Double) -> Double { rows.reduce(0) { $0 + value($1) } }
        let all = sum { Double($0.equity) }
        let paid = sum { $0.fees.map { Double($0) } ?? .nan }
        let back = sum { $0.rebates.map { Double($0) } ?? .nan }
        let won = sum { $0.spread.map { Double($0) } ?? .nan }
        equity.append(Point(now, all))
        spread.append(Point(now, won))
        fees.append(Point(now, -paid))
        rebates.append(Point(now, back))
        inventory.append(Point(now, all - won + paid - back))
    }
}
