import MarketModel
import Quantities

/// What an execution has got, and what the market was worth meanwhile: figures for a report.
struct ExecutionRecord: Sendable {
    private let side: Side
    /// What the average price is told to: a hundredth of a tick.
    private let precision: Price
    private var filled = Quantity.zero
    private var makerFilled = Quantity.zero
    private var notional = Notional.zero
    /// The mid price when the schedule began; nil before.
    private var arrival: Price?
    private var lastMid = 0.0
    private var lastAt = Instant.distantPast
    private var midSeconds = 0.0
    private var seconds = 0.0
    private var publicVolume = 0.0
    private var publicValue = 0.0

    init(_ side: Side, tick: Price) {
        self.side = side
        precision = Price(raw: max(1, tick.raw / 100))
    }

    mutating func begin(_ mid: Price, at now: Instant) {
        arrival = mid
        lastMid = Double(mid)
        lastAt = now
    }

    /// Counts the mid price so far for the time that it held.
    mutating func observe(_ mid: Price, at now: Instant) {
        guard arrival != nil else { return }
        rest(at: now)
        lastMid = Double(mid)
    }

    mutating func observe(_ trade: Trade) {
        guard arrival != nil else { return }
        publicVolume += Double(trade.quantity)
        publicValue += Double(trade.quantity) * Double(trade.price)
    }

    mutating func book(_ fill: Fill) throws(ArithmeticError) {
        filled = try filled.adding(fill.quantity)
        notional = try notional.adding(fill.notional)
        switch fill.liquidity {
        case .maker: makerFilled = try makerFilled.adding(fill.quantity)
        case .taker: break
        }
    }

    private mutating func rest(at now: Instant) {
        let elapsed = (now - lastAt).seconds
        guard elapsed > 0 else { return }
        midSeconds += lastMid * elapsed
        seconds += elapsed
        lastAt = now
    }

    /// One line: how much, at what price, and what it cost against arrival, TWAP and VWAP, in basis points.
    mutating func summary(_ parent: ParentOrder, at now: Instant) -> String {
        if arrival != nil { rest(at: now) }
        let verb = side == .buy ? "bought" : "sold"
        var text = "\(verb) \(parent.done) of \(parent.quantity)"
        let before = parent.done - filled
        if before.isPositive { text += " (\(before) before this run)" }
        if let average {
            let share = Int((Double(makerFilled) / Double(filled) * 100).rounded())
            text += " at \(average), \(share) % as maker; cost in bp, fees apart: "
            var costs: [String] = []
            if let arrival { costs.append("arrival \(cost(Double(average), Double(arrival)))") }
            if seconds > 0 { costs.append("TWAP \(cost(Double(average), midSeconds / seconds))") }
            if publicVolume > 0 { costs.append("VWAP \(cost(Double(average), publicValue / publicVolume))") }
            text += costs.joined(separator: ", ")
        }
        if parent.remaining.isPositive {
            text += "; \(parent.remaining) left"
            if let arrival { text += ", the market went \(cost(lastMid, Double(arrival))) bp away" }
        }
        return text
    }

    /// The average price; nil before the first fill.
    private var average: Price? {
        guard filled.isPositive else { return nil }
        do throws(ArithmeticError) {
            return try notional.divided(by: filled, .toNearestOrEven)
                .rounded(to: precision, .toNearestOrEven)
        } catch {
            return nil
        }
    }

    /// How much worse than a benchmark a price is, in basis points with two digits.
    private func cost(_ price: Double, _ benchmark: Double) -> String {
        let points = (price / benchmark - 1) * 10_000 * Double(side.sign)
        guard points.magnitude < 1e9 else { return "?" }
        let hundredths = Int((points * 100).rounded())
        let rest = hundredths.magnitude % 100
        let sign = hundredths < 0 ? "-" : "+"
        return "\(sign)\(hundredths.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
