import Configuration
import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// The last fills and messages of a session, for a viewer; older ones are forgotten.
struct RecentNews {
    static let fillsMax = 128
    static let messagesMax = 128

    private(set) var fills: [SessionSnapshot.FillNews] = []
    private(set) var messages: [SessionSnapshot.Message] = []
    private let table: MarketTable
    private let alertText: AlertText

    init(_ parts: SessionParts) {
        table = parts.table
        alertText = AlertText(
            table: parts.table, labels: parts.configuration.strategies.map(\.label))
    }

    /// Reads what has gathered since the last call; whoever follows the run takes it away afterwards.
    mutating func gather(_ desk: borrowing Desk, _ floor: borrowing TradingFloor) {
        for delivery in floor.told {
            switch delivery {
            case .fill(let fill, mid: _): add(fill)
            case .order, .balance, .bookState: continue
            }
        }
        if fills.count > Self.fillsMax { fills.removeFirst(fills.count - Self.fillsMax) }
        var news: [SessionSnapshot.Message] = floor.alerts.map { alert in
            let status = desk.statuses[Int(alert.strategy.index)]
            return SessionSnapshot.Message(
                at: alert.at, urgency: alert.kind.urgency, text: alertText.line(alert, status))
        }
        for notice in desk.notices {
            let text = "\(alertText.labels[Int(notice.strategy.index)]): \(notice.text)"
            news.append(SessionSnapshot.Message(at: notice.at, urgency: .note, text: text))
        }
        let order = news.indices.sorted { (news[$0].at, $0) < (news[$1].at, $1) }
        messages += order.map { news[$0] }
        if messages.count > Self.messagesMax { messages.removeFirst(messages.count - Self.messagesMax) }
    }

    private mutating func add(_ fill: Fill) {
        let rules = table.terms(fill.market).rules
        fills.append(
            SessionSnapshot.FillNews(
                fill: fill, priceDecimals: rules.tick.decimals, quantityDecimals: rules.lot.decimals))
    }
}

extension Alert.Kind {
    /// How much it is a person's business.
    fileprivate var urgency: SessionSnapshot.Message.Urgency {
        switch self {
        case .ladder(let step):
            switch step {
            case .normal: .note
            case .warned: .warning
            case .reduceOnly, .halted, .flattened: .alarm
            }
        case .switched, .contradiction, .tooManyRefusals, .strategyFailed, .overflow: .alarm
        case .orderUncertain, .dealsMissing, .feeNotValued, .rateLimited, .requestsDropped, .badQuote,
            .crossedBook:
            .warning
        }
    }
}

extension FixedPoint {
    /// How many digits after the point a step of this size has.
    var decimals: Int {
        var (rest, decimals) = (raw, FixedPointScale.digits)
        while decimals > 0, rest.isMultiple(of: 10) {
            rest /= 10
            decimals -= 1
        }
        return decimals
    }
}
