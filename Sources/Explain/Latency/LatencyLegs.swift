import MarketModel
import Quantities
import Runtime
import StrategyKit
import VenueKit

/// How long the legs of orders took, by the session's clock: exact nanoseconds, every order counted.
///
/// The clock of the engine stands still while an input is answered, so a decision has the time of its event: that leg
/// says what alarms and pauses added, not what the processor took.
package struct LatencyLegs {
    /// A leg; that from the reply to the first news is negative where the news came first.
    package enum Leg: Int, CaseIterable, Sendable {
        case venueToEvent, eventToDecision, decisionToRelease, releaseToReply, replyToNews, releaseToOpen
        case openToFill, dealToFill, cancelToRelease, cancelReleaseToEnd

        package var name: String {
            switch self {
            case .venueToEvent: "venue's event to ours"
            case .eventToDecision: "event to decision"
            case .decisionToRelease: "decision to release"
            case .releaseToReply: "release to reply"
            case .replyToNews: "reply to first news"
            case .releaseToOpen: "release to open"
            case .openToFill: "open to first fill"
            case .dealToFill: "venue's deal to fill"
            case .cancelToRelease: "cancel to release"
            case .cancelReleaseToEnd: "cancel's release to end"
            }
        }
    }

    /// What is known of a living order.
    private struct Life {
        var cause: OrderStep?
        var asked: Instant?
        var released: Instant?
        var replied: Instant?
        var newsAt: Instant?
        var opened: Instant?
        var hasFill = false
        var cancelAsked: Instant?
        var cancelReleased: Instant?
    }

    /// Times of one leg that are kept; more are left out and counted.
    package static let timesMax = 4_000_000

    private var times = Array(repeating: [Int64](), count: Leg.allCases.count)
    package private(set) var leftOut = 0
    private var lives: [OrderID: Life] = [:]

    package init() {}

    package mutating func note(_ step: OrderStep) {
        var life = lives[step.order] ?? Life()
        switch step.what {
        case .cause: life.cause = step
        case .asked:
            if let cause = life.cause { noteCause(cause, step.at) }
            life.asked = step.at
        case .cancelAsked: life.cancelAsked = step.at
        case .released(let dispatch, _): noteRelease(dispatch, step, &life)
        case .heard(let fact): noteFact(fact, step.at, &life)
        case .booked(let fill):
            add(.dealToFill, from: fill.venueTime, to: step.at)
            if !life.hasFill, let opened = life.opened { add(.openToFill, from: opened, to: step.at) }
            life.hasFill = true
        case .stands(let state):
            switch state {
            case .active(.open):
                if life.opened == nil, let released = life.released {
                    add(.releaseToOpen, from: released, to: step.at)
                }
                life.opened = life.opened ?? step.at
            case .active: break
            case .closed:
                if let sent = life.cancelReleased { add(.cancelReleaseToEnd, from: sent, to: step.at) }
                lives[step.order] = nil
                return
            }
        case .refused:
            lives[step.order] = nil
            return
        case .approved, .replacementAsked, .alerted: break
        }
        lives[step.order] = life
    }

    private mutating func noteCause(_ cause: OrderStep, _ asked: Instant) {
        if case .cause(.event(_)) = cause.what, let time = cause.venueTime {
            add(.venueToEvent, from: time, to: cause.at)
        }
        add(.eventToDecision, from: cause.at, to: asked)
    }

    private mutating func noteRelease(_ dispatch: Dispatch, _ step: OrderStep, _ life: inout Life) {
        switch dispatch.command {
        case .place: break
        case .modify(let change): guard change.replacement.order == step.order else { return }
        case .cancel:
            if let asked = life.cancelAsked { add(.cancelToRelease, from: asked, to: step.at) }
            life.cancelReleased = step.at
            return
        case .query: return
        }
        if let asked = life.asked { add(.decisionToRelease, from: asked, to: step.at) }
        life.released = step.at
    }

    private mutating func noteFact(_ fact: VenueFact, _ now: Instant, _ life: inout Life) {
        let wereBothKnown = life.replied != nil && life.newsAt != nil
        switch fact {
        case .accepted, .refused, .rateLimited:
            if life.replied == nil, let released = life.released {
                add(.releaseToReply, from: released, to: now)
            }
            life.replied = life.replied ?? now
        case .progress, .deal: life.newsAt = life.newsAt ?? now
        case .actionRefused, .outcomeUnknown, .neverSent, .absent, .balance, .orderPause: break
        }
        if !wereBothKnown, let replied = life.replied, let news = life.newsAt {
            add(.replyToNews, from: replied, to: news)
        }
    }

    private mutating func add(_ leg: Leg, from start: Instant, to end: Instant) {
        guard start != .distantPast else { return }
        if times[leg.rawValue].count < Self.timesMax {
            times[leg.rawValue].append((end - start).nanoseconds)
        } else {
            leftOut += 1
        }
    }
}

/// The spread of one leg: by nearest rank, so that each figure is a time that was measured.
package struct LegFigures: Equatable, Sendable {
    package var count: Int
    package var p50: Interval
    package var p90: Interval
    package var p99: Interval
    package var max: Interval

    /// Nil without times.
    package init?(_ times: [Int64]) {
        let sorted = times.sorted()
        guard let last = sorted.last else { return nil }
        func rank(_ percent: Int) -> Interval {
            Interval(nanoseconds: sorted[(sorted.count * percent + 99) / 100 - 1])
        }
        count = sorted.count
        (p50, p90, p99) = (rank(50), rank(90), rank(99))
        max = Interval(nanoseconds: last)
    }
}

extension LatencyLegs {
    package func figures(_ leg: Leg) -> LegFigures? { LegFigures(times[leg.rawValue]) }

    /// A table of all legs that have times.
    package var lines: [String] {
        var rows = [["leg", "count", "p50", "p90", "p99", "max"]]
        for leg in Leg.allCases {
            guard let figures = figures(leg) else { continue }
            let times = [figures.p50, figures.p90, figures.p99, figures.max].map(StoryPage.text)
            rows.append([leg.name, "\(figures.count)"] + times)
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + space : space + text
            }.joined(separator: "  ")
        }
        if leftOut > 0 { lines.append("\(leftOut) times beyond \(Self.timesMax) of a leg are left out") }
        return lines
    }
}
