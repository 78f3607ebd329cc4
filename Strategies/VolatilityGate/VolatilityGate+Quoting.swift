import MarketModel
import Quantities
import StrategyKit

extension VolatilityGate {
    private static let secondsPerYear = 31_536_000.0

    /// Looks what is wanted now, and brings the quotes nearer to it.
    mutating func review(_ desk: inout Desk) {
        guard !isStopped else { return }
        let implied = impliedVolatility(desk)
        if gate.take(implied) { tell(implied, &desk) }
        guard case .success(let volatility) = implied, let half = half(volatility),
            let quote = desk.quote(market.id)
        else { return pair.withdraw(&desk) }
        want(.buy, half, quote, &desk)
        want(.sell, half, quote, &desk)
    }

    /// The median of what the options imply, or why there is none.
    private func impliedVolatility(_ desk: borrowing Desk) -> Result<Double, Gate.Blindness> {
        var volatilities: [Double] = []
        var (hasMarks, hasNewMarks) = (false, false)
        for option in options {
            guard let mark = desk.optionMark(option.id) else { continue }
            hasMarks = true
            guard desk.now - mark.receivedAt <= parameters.ivTimeout else { continue }
            hasNewMarks = true
            if mark.hasVolatility { volatilities.append(Double(mark.volatility)) }
        }
        guard !volatilities.isEmpty else {
            return .failure(!hasMarks ? .nothingHeard : hasNewMarks ? .noVolatility : .tooOld)
        }
        volatilities.sort()
        let middle = volatilities.count / 2
        if volatilities.count.isMultiple(of: 2) {
            return .success((volatilities[middle - 1] + volatilities[middle]) / 2)
        }
        return .success(volatilities[middle])
    }

    /// How far from the mid price quotes stand, as a fraction of it; nil when nothing is quoted.
    private func half(_ volatility: Double) -> Double? {
        let move = volatility * (parameters.horizon.seconds / Self.secondsPerYear).squareRoot()
        let usual = max(parameters.width * move, parameters.minEdge / 10_000)
        switch gate.position {
        case .blind, .shut: return nil
        case .open: return usual + fee
        case .wide: return usual * parameters.widenFactor + fee
        }
    }

    private mutating func want(_ side: Side, _ half: Double, _ quote: Quote, _ desk: inout Desk) {
        let mid = Double(quote.mid)
        let slack = Price(signal: mid * half * parameters.requoteThreshold, step: Price(raw: 1), .down)
        let wish = price(side, half, quote, desk).flatMap { price in
            desk.fitting(min(parameters.orderSize, room(side, desk)), side, at: price, in: market.id)
                .map { QuotePair.Wish(price: price, quantity: $0) }
        }
        pair.want(side, wish, slack: max(slack ?? .zero, market.rules.tick), &desk)
    }

    /// On the tick, away from the mid price, and not across the market; nil when there is none.
    private func price(_ side: Side, _ half: Double, _ quote: Quote, _ desk: borrowing Desk) -> Price? {
        let held = Double(desk.position(market.id).quantity) / Double(parameters.maxInventory)
        let shift = held * half
        let mid = Double(quote.mid)
        let tick = market.rules.tick
        switch side {
        case .buy:
            guard let price = Price(signal: mid * (1 - half - shift), step: tick, .down) else { return nil }
            return min(price, quote.ask - tick)
        case .sell:
            guard let price = Price(signal: mid * (1 + half - shift), step: tick, .up) else { return nil }
            return max(price, quote.bid + tick)
        }
    }

    /// How much may be added on a side until the position is at its limit.
    private func room(_ side: Side, _ desk: borrowing Desk) -> Quantity {
        let held = desk.position(market.id).quantity
        switch side {
        case .buy: return parameters.maxInventory - held
        case .sell: return parameters.maxInventory + held
        }
    }

    private func tell(_ implied: Result<Double, Gate.Blindness>, _ desk: inout Desk) {
        switch (gate.position, implied) {
        case (.blind(let reason), _): desk.note("stops quoting: \(text(reason))")
        case (.open, .success(let volatility)): desk.note("quotes: implied volatility is \(text(volatility))")
        case (.wide, .success(let volatility)):
            desk.note("quotes wide: implied volatility is \(text(volatility))")
        case (.shut, .success(let volatility)):
            desk.note("stops quoting: implied volatility is \(text(volatility))")
        case (.open, .failure), (.wide, .failure), (.shut, .failure):
            preconditionFailure("a gate without a volatility is blind")
        }
    }

    private func text(_ reason: Gate.Blindness) -> String {
        switch reason {
        case .nothingHeard: "no option has told a mark"
        case .noVolatility: "options tell no implied volatility"
        case .tooOld: "the implied volatility is older than \(parameters.ivTimeout)"
        }
    }

    /// In percent, with one digit.
    private func text(_ volatility: Double) -> String {
        let tenths = Int64((min(volatility, 1e9) * 1_000).rounded(.toNearestOrEven))
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
