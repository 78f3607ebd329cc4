import MarketModel
import Quantities

extension CoinExFront {
    /// One line that tells whether anything was created or destroyed.
    package func auditLine() -> String {
        let audit = core.audit()
        let state = audit.isSound ? "sound" : "NOT SOUND, \(audit.faults.count) faults"
        let sums = names.assets.indices.filter { !audit.deposited[$0].isZero || !audit.owned[$0].isZero }
            .map { index in
                "\(names.assets[index]) \(audit.deposited[index]) = \(audit.owned[index]) owned"
                    + " + \(audit.crowds[index]) crowd + \(audit.fees[index]) fees"
            }
        return "audit: \(state); " + sums.joined(separator: ", ")
    }

    /// What every account has and has done, for comparison with what a bot believes; then the audit.
    package func auditText() -> String {
        var lines: [String] = []
        for row in people.rows {
            lines.append("account \(row.name)")
            do throws(ExchangeRefusal) {
                try describe(row.id, into: &lines)
            } catch {
                lines.append("  (\(error))")
            }
        }
        for fault in core.audit().faults { lines.append("fault: \(fault)") }
        if !faults.counts.isEmpty {
            lines.append(
                "faults " + faults.counts.map { "\($0.kind.rawValue) \($0.count)" }.joined(separator: ", "))
        }
        lines.append(auditLine())
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many rows of each kind are shown.
    static let rowsMax = 1_000

    private func describe(_ account: AccountID, into lines: inout [String]) throws(ExchangeRefusal) {
        let page = PageRequest(limit: Self.rowsMax)
        for balance in try core.balances(of: account) where !balance.total.isZero {
            lines.append(
                "  balance \(names[balance.asset]) available \(balance.available) frozen \(balance.frozen)")
        }
        for order in try core.pendingOrders(of: account, RowFilter(), page).rows {
            lines.append("  open \(text(order))")
        }
        for stop in try core.pendingStops(of: account, RowFilter(), page).rows {
            lines.append(
                "  stop \(stop.id.raw) \(names[stop.market].name) \(stop.side) \(stop.amount)"
                    + " when \(stop.stopPrice) client \(stop.clientID)")
        }
        for order in try core.finishedOrders(of: account, RowFilter(), page).rows {
            lines.append("  ended \(text(order))")
        }
        for deal in try core.deals(of: account, RowFilter(), page).rows {
            lines.append(
                "  deal \(deal.id.raw) order \(deal.order.raw) \(names[deal.market].name) \(deal.side)"
                    + " \(deal.quantity) at \(deal.price) fee \(deal.fee) \(names[deal.feeAsset])")
        }
    }

    private func text(_ order: ExchangeOrder) -> String {
        "\(order.id.raw) \(names[order.market].name) \(order.side) \(order.amount)"
            + " at \(order.price.map { "\($0)" } ?? "market") traded \(order.dealBase) for \(order.dealQuote)"
            + " \(order.status.word) client \(order.clientID)"
    }
}
