import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// What a strategy asked for and was told, in the order in which it happened.
///
/// Shared by the strategy's witness and by what drives the engine; both run on the test's thread.
final class TapeLog: @unchecked Sendable {
    struct Entry: Equatable, Sendable {
        var at: Instant
        var text: String
    }

    let words: OrderText
    /// Whether news of orders are told: not where the tape itself says what becomes of them.
    private let tellsNews: Bool
    private(set) var entries: [Entry] = []
    /// By order number: when the order was sent.
    private var sentAt: [UInt64: Instant] = [:]
    private(set) var notes: [String] = []
    private(set) var hasToldEnd = false

    init(_ table: MarketTable, tellsNews: Bool) {
        words = OrderText(table: table)
        self.tellsNews = tellsNews
    }

    /// Takes what was written since it was asked last.
    func take() -> [Entry] {
        defer { entries = [] }
        return entries
    }

    private func add(_ text: String, _ now: Instant) { entries.append(Entry(at: now, text: text)) }

    // MARK: What the strategy asked for

    func sent(_ dispatch: Dispatch) {
        switch dispatch.command {
        case .place(let placement): sentAt[placement.order.sequence] = dispatch.at
        case .modify(let modification): sentAt[modification.replacement.order.sequence] = dispatch.at
        case .cancel, .query: break
        }
        add(words.command(dispatch.command), dispatch.at)
    }

    // MARK: What it was told

    func told(_ fill: Fill) { if tellsNews { add(words.fill(fill), fill.receivedAt) } }

    func told(_ order: OwnOrder, at now: Instant) {
        let sent = sentAt[order.id.sequence]
        switch order.state {
        case .active(.created), .active(.submitting): break
        // That the venue takes an order at once goes without saying.
        case .active(.open): if tellsNews, sent != now { add("\(order.id) open", now) }
        case .active(.unknown): if tellsNews { add("\(order.id) unknown", now) }
        case .closed(.filled): if tellsNews { tellFilled(order.id, now) }
        case .closed(.cancelled): if tellsNews { add("\(order.id) cancelled", now) }
        case .closed(.triggerFailed): if tellsNews { add("\(order.id) trigger-failed", now) }
        case .closed(.rejected(let refusal)):
            if sent == nil {
                add("\(order.id) \(words.ticket(order.ticket)) refused \(refusal.word)", now)
            } else if tellsNews {
                add("\(order.id) refused \(refusal.word)", now)
            }
        }
    }

    /// The fill that completed an order says so.
    private func tellFilled(_ order: OrderID, _ now: Instant) {
        let prefix = "\(order) fill "
        if let index = entries.lastIndex(where: { $0.at == now && $0.text.hasPrefix(prefix) }) {
            entries[index].text = "\(order) filled " + entries[index].text.dropFirst(prefix.count)
        } else {
            add("\(order) filled", now)
        }
    }

    // MARK: What it said

    /// Writes down the notes that are new, and whether the strategy has ended.
    func listen(_ desk: borrowing Desk) {
        for notice in desk.notices.dropFirst(notes.count) {
            notes.append(notice.text)
            add("note \(quoted(notice.text))", notice.at)
        }
        switch desk.statuses[0] {
        case .running: break
        case .finished(let note): tellEnd("finished \(quoted(note))", desk.now)
        case .stopped(let reason): tellEnd("stopped \(quoted(reason))", desk.now)
        case .failed(let reason): tellEnd("failed \(quoted(reason))", desk.now)
        }
    }

    func failed(_ error: any Error, at now: Instant) { tellEnd("failed \(quoted("\(error)"))", now) }

    private func tellEnd(_ text: String, _ now: Instant) {
        if hasToldEnd { return }
        hasToldEnd = true
        add(text, now)
    }

    /// A text in quotes, on one line.
    private func quoted(_ text: String) -> String {
        "\"" + String(text.map { $0 == "\"" ? "'" : $0.isNewline ? " " : $0 }) + "\""
    }
}
