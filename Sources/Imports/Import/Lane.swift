import MarketModel
import Quantities

/// The tables of one format that continue each other, in the order of their first rows.
///
/// Tables that tell their market by their name have a lane per market.
final class Lane {
    let format: TableFormat
    let kind: TableKind
    /// Whether rows have numbers of their own, by which those that were told twice are found.
    let isNumbered: Bool
    let tables: [ProbedTable]
    var summary: LaneSummary

    private init(_ tables: [ProbedTable]) {
        self.tables = tables
        format = tables[0].format
        kind = tables[0].kind
        isNumbered = tables.allSatisfy(\.hasIDs)
        summary = LaneSummary(format: format, kind: kind)
        summary.tables = tables.count
    }

    /// Whether two events of one time and one number are one.
    var findsRepetitions: Bool { isNumbered || kind == .candles }

    /// Arranges tables in lanes, in the order in which the lanes come up.
    static func arrange(_ tables: [ProbedTable]) -> [Lane] {
        var groups: [[ProbedTable]] = []
        for table in tables {
            let index = groups.firstIndex {
                $0[0].format == table.format && $0[0].kind == table.kind && $0[0].market == table.market
            }
            if let index { groups[index].append(table) } else { groups.append([table]) }
        }
        return groups.map { group in
            let order = group.indices.sorted { a, b in
                let (first, second) = (group[a].firstAt ?? .distantPast, group[b].firstAt ?? .distantPast)
                return first != second ? first < second : a < b
            }
            return Lane(order.map { group[$0] })
        }
    }
}
