import Journal
import Pages
import Quantities

/// The files of a run for spreadsheets and notebooks: exact amounts, times in ISO 8601, UTC.
struct RunTables {
    /// Rows of one file; the ledger has all.
    static let rowsMax = 200_000

    let run: RunData

    var equity: String {
        var text =
            "time,strategy,market,equity,position,mark,realized,unrealized,spread,fees,rebates,own_bid,own_ask\n"
        let rows = run.parts.flatMap(\.equity)
            .sorted { ($0.at, $0.strategy, $0.market) < ($1.at, $1.strategy, $1.market) }
        for row in rows.prefix(Self.rowsMax) {
            text += line([
                "\(row.at)", row.strategy, row.market, "\(row.equity)", "\(row.position)",
                optional(row.markPrice),
                "\(row.realized)", "\(row.unrealized)", optional(row.spread), optional(row.fees),
                optional(row.rebates), optional(row.ownBid), optional(row.ownAsk),
            ])
        }
        return text
    }

    var fills: String {
        var text = "time,strategy,market,deal,order,side,liquidity,price,quantity,notional,fee,fee_asset,mid"
        for horizon in MarkoutFigures.horizons.dropFirst() { text += ",markout_\(horizon / 1_000)s_bp" }
        text += "\n"
        let fills = run.parts.flatMap(\.fills).sorted {
            ($0.row.at, $0.row.dealID.utf8.count, $0.row.dealID) < (
                $1.row.at, $1.row.dealID.utf8.count, $1.row.dealID
            )
        }
        for fill in fills.prefix(Self.rowsMax) {
            let row = fill.row
            let markouts = MarkoutFigures.horizons.dropFirst().map { horizon in
                fill.basisPoints(after: horizon).map { NumberText.plain($0, 6) } ?? ""
            }
            text += line(
                [
                    "\(row.at)", row.strategy, row.market, row.dealID, row.clientID, row.side, row.liquidity,
                    "\(row.price)", "\(row.quantity)", "\(row.notional)", "\(row.fee)", row.feeAsset,
                    fill.mids[0].map { NumberText.plain($0, 12) } ?? "",
                ] + markouts)
        }
        return text
    }

    var orders: String {
        var text =
            "created,opened,closed,strategy,market,order,side,kind,price,stop_price,quantity,spend,filled,notional,"
        text += "state,reason,ahead\n"
        let orders = run.parts.flatMap(\.orders).sorted {
            ($0.createdAt, $0.clientID.utf8.count, $0.clientID) < (
                $1.createdAt, $1.clientID.utf8.count, $1.clientID
            )
        }
        for row in orders.prefix(Self.rowsMax) {
            text += line([
                "\(row.createdAt)", row.openedAt.map { "\($0)" } ?? "", row.closedAt.map { "\($0)" } ?? "",
                row.strategy, row.market, row.clientID, row.side, row.kind, optional(row.price),
                optional(row.stopPrice), "\(row.quantity)", optional(row.spend), "\(row.filled)",
                "\(row.notional)", row.state,
                row.reason ?? "", optional(row.ahead),
            ])
        }
        return text
    }

    private func optional(_ value: (some FixedPoint)?) -> String { value.map { "\($0)" } ?? "" }

    private func line(_ fields: [String]) -> String { fields.map(Self.field).joined(separator: ",") + "\n" }

    /// A field as RFC 4180 has it; one that a spreadsheet would take for a formula gets a quote in front.
    static func field(_ text: String) -> String {
        var text = text
        if let first = text.utf8.first, first == UInt8(ascii: "=") || first == UInt8(ascii: "@") {
            text = "'" + text
        }
        guard text.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
