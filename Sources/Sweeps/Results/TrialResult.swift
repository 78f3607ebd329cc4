import Quantities
import Runtime

/// What came of a trial.
package enum TrialResult: Equatable, Sendable {
    case ran(TrialOutcome)
    /// The strategy cannot be made with these parameters; with its reason.
    case refused(String)
}

/// Results as lines of text: fields with tabs between them, a checksum at the end.
///
/// `key ran profit drawdown fees turnover fills … stopped equity checksum` or `key refused reason checksum`.
enum ResultLine {
    static func text(_ key: String, _ result: TrialResult) -> String {
        var fields = [key]
        switch result {
        case .refused(let reason): fields += ["refused", plain(reason)]
        case .ran(let outcome):
            fields += [
                "ran", "\(outcome.profit)", "\(outcome.drawdown)", "\(outcome.fees)", "\(outcome.turnover)",
                "\(outcome.fills)", "\(outcome.makerFills)", "\(outcome.orders)", "\(outcome.cancels)",
                "\(outcome.refusedByRisk)", "\(outcome.refusedByVenue)", "\(outcome.decisions)",
                outcome.hash, "\(outcome.events)", plain(outcome.stopped),
                outcome.equity.map(\.description).joined(separator: ","),
            ]
        }
        let body = fields.joined(separator: "\t")
        return body + "\t" + ContentHash.short(body)
    }

    /// The result of a line without its newline; nil when the line is damaged.
    static func read(_ line: String) -> (key: String, result: TrialResult)? {
        guard let tab = line.lastIndex(of: "\t") else { return nil }
        let body = line[..<tab]
        guard ContentHash.short(body) == line[line.index(after: tab)...] else { return nil }
        let fields = body.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 3 else { return nil }
        switch fields[1] {
        case "refused": return (fields[0], .refused(fields[2]))
        case "ran": return outcome(fields).map { (fields[0], .ran($0)) }
        default: return nil
        }
    }

    private static func outcome(_ fields: [String]) -> TrialOutcome? {
        guard fields.count == 17 else { return nil }
        let money = fields[2...5].compactMap(money)
        let counts = (fields[6...12] + [fields[14]]).compactMap { Int($0) }
        let equity = fields[16].split(separator: ",").compactMap { self.money(String($0)) }
        guard money.count == 4, counts.count == 8, !equity.isEmpty else { return nil }
        var outcome = TrialOutcome()
        (outcome.profit, outcome.drawdown) = (money[0], money[1])
        (outcome.fees, outcome.turnover) = (money[2], money[3])
        (outcome.fills, outcome.makerFills, outcome.orders) = (counts[0], counts[1], counts[2])
        (outcome.cancels, outcome.refusedByRisk) = (counts[3], counts[4])
        (outcome.refusedByVenue, outcome.decisions) = (counts[5], counts[6])
        outcome.hash = fields[13]
        outcome.events = counts[7]
        outcome.stopped = fields[15]
        outcome.equity = equity
        return outcome
    }

    private static func money(_ text: String) -> Notional? {
        do throws(DecimalError) {
            return try Notional(text)
        } catch {
            return nil
        }
    }

    /// A text that cannot break its line.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}
