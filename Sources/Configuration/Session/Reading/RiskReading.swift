import Quantities
import StrategyKit
import TradingCore
import VenueKit

extension RiskSettings {
    /// Reads the session's risk.
    init(_ section: Section) {
        self.init()
        limits.read(section)
        staleAfter = section.value(
            "stale_after", .interval(in: Self.staleAfterRange), default: staleAfter)
    }
}

extension RiskLimits {
    /// How far from the market an order's price may be, as a share of it.
    static let priceBands = DecimalBounds<FeeRate>.between("0.000001", "1")

    /// Reads the risk of one strategy, which begins with the session's limits.
    init(ofStrategy section: Section, over limits: RiskLimits) {
        self = limits
        read(section)
        if section.has("stale_after") {
            section.refuse(
                "stale_after", "holds for the session as a whole", suggestion: "set it in 'risk'")
        }
    }

    fileprivate mutating func read(_ section: Section) {
        orderQuantityMax = section.optional("order_quantity_max", .quantity(.positive)) ?? orderQuantityMax
        orderNotionalMax = section.optional("order_notional_max", .notional(.positive)) ?? orderNotionalMax
        priceBand = section.optional("price_band", .feeRate(Self.priceBands)) ?? priceBand
        openOrdersMax = section.value(
            "open_orders_max", .int(in: 1...OrderTable.ordersMax), default: openOrdersMax)
        positionMax = section.optional("position_max", .quantity(.positive)) ?? positionMax
        orderRate = section.optional("order_rate", .rate) ?? orderRate
        refusalRate = section.value("refusal_rate", .rate, default: refusalRate)
        needsFreshQuote = section.value("needs_fresh_quote", .bool, default: needsFreshQuote)
        ladder = section.value(
            "drawdown", .section { [ladder] in ladder.reading($0) }, default: ladder)
        ladder.dailyLoss = section.optional("daily_loss", .notional(.positive)) ?? ladder.dailyLoss
    }
}

extension LadderLimits {
    /// These limits with those of a section written over them; each step lies above the one before it.
    fileprivate func reading(_ section: Section) -> LadderLimits {
        var limits = self
        limits.warn = section.optional("warn", .notional(.positive)) ?? warn
        limits.reduceOnly = section.optional("reduce_only", .notional(.positive)) ?? reduceOnly
        limits.halt = section.optional("halt", .notional(.positive)) ?? halt
        limits.flatten = section.optional("flatten", .notional(.positive)) ?? flatten

        var lower: (name: String, value: Notional)?
        for (name, value) in limits.steps {
            guard let value else { continue }
            if let lower, value <= lower.value {
                // Two inherited steps are the session's error and have been reported there.
                if section.has(name) {
                    let origin = section.has(lower.name) ? "" : " of the session"
                    section.refuse(name, "is \(value), not above '\(lower.name)'\(origin) (\(lower.value))")
                } else if section.has(lower.name) {
                    section.refuse(
                        lower.name, "is \(lower.value), not below '\(name)' of the session (\(value))")
                }
            }
            lower = (name, value)
        }
        return limits
    }
}
