import Configuration
import Glibc
import Journal
import MarketModel
import Quantities
import Simulation
import StrategyKit
import TradingCore

/// Follows a run: feeds ledger, equity curve and console from what the engine holds ready.
///
/// Called between events, at most every market second or so; nothing here can change a decision.
public final class RunRecorder {
    let parts: SessionParts
    let console: any RunConsole
    private let alertText: AlertText
    @usableFromInline var keepsBook: Bool { book != nil }
    /// The ledger, where one is kept.
    var book: LedgerBook?
    var curve = EquityCurve(pause: .seconds(1))
    @usableFromInline var watch = FillWatch()
    /// Whether the past is written down again: nothing is told of it.
    var isRecalling = false
    /// Why the run cannot go on, if it cannot.
    package private(set) var failure: RunError?
    /// Lines about fills and alerts so far; beyond the limit they are only counted.
    private var toldLines = 0
    static let toldLinesMax = 40

    /// Rows that make a ledger transaction of their own.
    private static let rowsPerWrite = 5_000
    private static let writePause = Interval.seconds(5)
    /// Since the start of the run, by the wall clock.
    private var lastWriteAt = Interval.zero

    package init(_ parts: SessionParts, _ console: any RunConsole) {
        self.parts = parts
        self.console = console
        alertText = AlertText(
            table: parts.table, labels: parts.configuration.strategies.map(\.label))
    }

    /// Takes what has gathered since the last call, and where simulated orders stand in their queues.
    package func follow(
        desk: inout Desk, floor: inout TradingFloor, venue: inout SimulatedVenue, at now: Instant
    ) {
        for place in venue.queuePlaces { book?.add(place) }
        venue.queuePlaces.removeAll(keepingCapacity: true)
        follow(desk: &desk, floor: &floor, at: now)
    }

    /// Takes what has gathered since the last call.
    package func follow(desk: inout Desk, floor: inout TradingFloor, at now: Instant) {
        var news: [(at: Instant, text: String)] = []
        for delivery in floor.told {
            book?.add(delivery)
            if book != nil { watch(delivery) }
            if let line = line(delivery) { news.append(line) }
        }
        floor.told.removeAll(keepingCapacity: true)
        for alert in floor.alerts {
            let status = desk.statuses[Int(alert.strategy.index)]
            let text = alertText.line(alert, status)
            news.append((alert.at, text))
            book?.addNote(text, at: alert.at)
        }
        floor.alerts.removeAll(keepingCapacity: true)
        for notice in desk.notices {
            let text = "\(label(notice.strategy)): \(notice.text)"
            news.append((notice.at, text))
            book?.addNote(text, at: notice.at)
        }
        desk.notices.removeAll()
        if !news.isEmpty, !isRecalling { tell(news) }
        look(desk, at: now)
        if curve.isDue(at: now) { sample(desk, at: now) }
        if let waiting = book?.waiting, waiting >= Self.rowsPerWrite { write() }
    }

    /// Writes what waits when the last time is some seconds of the wall clock ago: who looks at a slow run sees
    /// how it stands.
    func writeWhenDue(_ elapsed: Interval) {
        guard elapsed - lastWriteAt >= Self.writePause else { return }
        lastWriteAt = elapsed
        if let waiting = book?.waiting, waiting > 0 { write() }
    }

    package func write() {
        guard failure == nil else { return }
        do throws(LedgerError) {
            try book?.write()
        } catch {
            failure = .ledger(error)
        }
    }

    /// The last entries, and how the run ended.
    func finish(
        _ desk: borrowing Desk, _ floor: borrowing TradingFloor, _ ending: RunOutcome.Ending, at now: Instant
    ) {
        sample(desk, at: now)
        write()
        guard let book, failure == nil else { return }
        do throws(LedgerError) {
            try book.end(text(ending), floor.chain, at: now)
        } catch {
            failure = .ledger(error)
        }
    }

    private func text(_ ending: RunOutcome.Ending) -> String {
        switch ending {
        case .finished: "finished"
        case .interrupted: "interrupted"
        case .failed(let error): "failed: \(error)"
        }
    }

    /// Notes something that happened to the session itself.
    func note(_ text: String, at now: Instant) {
        book?.addNote(text, at: now)
        console.line("\(clock(now)) \(text)")
    }

    // MARK: Summing up

    func lines(_ desk: borrowing Desk) -> [RunOutcome.Line] {
        var lines: [RunOutcome.Line] = []
        for (index, selection) in parts.configuration.strategies.enumerated() {
            for name in selection.markets {
                guard let market = parts.table.market(named: name) else { continue }
                do throws(ArithmeticError) {
                    let valuation = try desk.valuation(of: StrategyID(index), in: market.id)
                    let position = valuation.position
                    let profit = try valuation.profit()
                    lines.append(
                        RunOutcome.Line(
                            strategy: selection.label, market: market.name,
                            quote: parts.table.name(of: valuation.asset), fills: position.fillCount,
                            makerFills: position.makerFillCount, turnover: position.turnover,
                            spread: position.spread, inventory: profit + position.fees - position.spread,
                            fees: position.fees, profit: profit, position: position.quantity))
                } catch {
                    continue
                }
            }
        }
        return lines
    }

    func finished(_ desk: borrowing Desk) -> [(strategy: String, note: String)] {
        desk.statuses.elements.enumerated().compactMap { index, status in
            switch status {
            case .finished(let note): (label(StrategyID(index)), note)
            case .running, .stopped, .failed: nil
            }
        }
    }

    func stopped(_ desk: borrowing Desk) -> [(strategy: String, reason: String, hasFailed: Bool)] {
        desk.statuses.elements.enumerated().compactMap { index, status in
            switch status {
            case .running, .finished: nil
            case .stopped(let reason): (label(StrategyID(index)), reason, false)
            case .failed(let reason): (label(StrategyID(index)), reason, true)
            }
        }
    }

    // MARK: Telling

    /// - Parameter span: of the market's time, where its end is known.
    func showStatus(
        _ desk: borrowing Desk, _ floor: borrowing TradingFloor, at now: Instant,
        of span: ClosedRange<Instant>? = nil
    ) {
        let market = parts.table.markets[0]
        var text = String(clock(now).prefix(8))
        if let span {
            let share =
                (now - span.lowerBound).seconds / max(1e-9, (span.upperBound - span.lowerBound).seconds)
            text += "  \(Int(min(1, share) * 100)) %"
        }
        if let quote = desk.states[0].quote {
            let decimals = decimals(of: market.rules.tick)
            text +=
                "  \(market.name) \(quote.bid.text(decimals: decimals)) / "
                + quote.ask.text(decimals: decimals)
        }
        text += "  profit \(curve.samples.last?.profit.text(decimals: 2) ?? "0.00")"
        text += "  orders \(floor.counters.placements)  fills \(floor.counters.fills)"
        console.status(text)
    }

    /// The line about a delivery that is worth one.
    private func line(_ delivery: TradingFloor.Delivery) -> (at: Instant, text: String)? {
        switch delivery {
        case .fill(let fill, mid: _):
            let market = parts.table[fill.market]
            let did = fill.side == .buy ? "bought" : "sold"
            let price = fill.price.text(decimals: decimals(of: market.rules.tick))
            let how = fill.liquidity == .maker ? "maker" : "taker"
            let who = label(fill.strategy)
            return (fill.receivedAt, "\(who) \(did) \(fill.quantity) \(market.name) at \(price) (\(how))")
        case .order, .balance, .bookState: return nil
        }
    }

    /// Tells news in the order of their time; those of one moment in the order given.
    private func tell(_ news: [(at: Instant, text: String)]) {
        let order = news.indices.sorted { (news[$0].at, $0) < (news[$1].at, $1) }
        for index in order { say("\(clock(news[index].at)) \(news[index].text)") }
    }

    /// Says a line while there are not too many.
    private func say(_ text: String) {
        toldLines += 1
        if toldLines < Self.toldLinesMax {
            console.line(text)
        } else if toldLines == Self.toldLinesMax {
            console.line("... further fills and alerts are in the ledger")
        }
    }

    func label(_ strategy: StrategyID) -> String {
        parts.configuration.strategies[Int(strategy.index)].label
    }

    /// How many digits after the point a step has.
    private func decimals(of step: Price) -> Int {
        var (raw, decimals) = (step.raw, 12)
        while decimals > 0, raw.isMultiple(of: 10) {
            raw /= 10
            decimals -= 1
        }
        return decimals
    }

    /// The time of day of a market time.
    private func clock(_ time: Instant) -> String {
        let text = time.description
        guard text.count == 30 else { return text }
        let start = text.index(text.startIndex, offsetBy: 11)
        return String(text[start..<text.index(start, offsetBy: 12)])
    }
}
