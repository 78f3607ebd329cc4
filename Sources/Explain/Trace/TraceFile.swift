import MarketModel
import Quantities
import StrategyKit
import VenueKit
import WireCodecs

/// A session as a file in the trace-event format, which Perfetto and Chrome open.
///
/// One track per strategy with its decisions, one per order with its phases and what was heard of it, one per request
/// group with its requests. Times are microseconds since the session's first step, exact to the nanosecond.
package struct TraceFile {
    private enum Process: Int64 {
        case strategies = 1
        case orders = 2
        case requests = 3
    }

    /// Events of a file; more are left out and counted.
    package static let eventsMax = 500_000

    private let words: StepWords
    private let label: (StrategyID) -> String
    private var bytes: [UInt8] = Array("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[".utf8)
    package private(set) var eventCount = 0
    package private(set) var leftOut = 0
    private var start: Instant?
    /// The phase that a living order is in, and since when.
    private var phases: [OrderID: (name: String, since: Instant)] = [:]
    private var strategies: [OrderID: StrategyID] = [:]
    /// The tracks that have a name.
    private var named: Set<[Int64]> = []

    package init(_ session: RecordedSession) {
        words = StepWords(session)
        label = session.label
        name(.strategies, "strategies")
        name(.orders, "orders")
        name(.requests, "requests")
    }

    /// The whole document.
    package var text: String { String(decoding: bytes, as: UTF8.self) + "\n]}\n" }

    package mutating func note(_ step: OrderStep) {
        if start == nil { start = step.at }
        let track = Int64(step.order.sequence)
        switch step.what {
        case .asked(let asked):
            strategies[step.order] = asked.order.strategy
            nameTrack(.orders, track, "\(step.order) \(words.text(asked.order))")
            decide(step)
            phases[step.order] = ("waiting", step.at)
        case .cancelAsked, .replacementAsked: decide(step)
        case .released(let dispatch, _):
            let group = Int64(dispatch.group.rawValue)
            nameTrack(.requests, group, words.text(dispatch.group))
            instant(.requests, group, "\(step.order) \(words.text(step.what))", step)
            enter("on its way", step)
        case .heard, .booked, .alerted: instant(.orders, track, words.text(step.what), step)
        case .stands(let state): stand(state, step)
        case .refused(let refusal):
            instant(.orders, track, "refused: \(refusal)", step)
            phases[step.order] = nil
            strategies[step.order] = nil
        case .cause, .approved: break
        }
    }

    private mutating func stand(_ state: OrderState, _ step: OrderStep) {
        switch state {
        case .active(.open): enter("open", step)
        case .active(.unknown): enter("unknown", step)
        case .active(.created), .active(.submitting): break
        case .closed:
            leave(step)
            instant(.orders, Int64(step.order.sequence), words.text(step.what), step)
            strategies[step.order] = nil
        }
    }

    private mutating func decide(_ step: OrderStep) {
        guard let strategy = strategies[step.order] else { return }
        nameTrack(.strategies, Int64(strategy.index), label(strategy))
        instant(.strategies, Int64(strategy.index), "\(step.order) \(words.text(step.what))", step)
    }

    /// The order goes on to a phase; a request about an order that is open does not change where it is.
    private mutating func enter(_ phase: String, _ step: OrderStep) {
        guard let current = phases[step.order], current.name != phase else { return }
        if phase == "on its way", current.name != "waiting" { return }
        leave(step)
        phases[step.order] = (phase, step.at)
    }

    private mutating func leave(_ step: OrderStep) {
        guard let phase = phases.removeValue(forKey: step.order) else { return }
        event("X", .orders, Int64(step.order.sequence), phase.name, at: phase.since) { json in
            json.key("dur")
            Self.microseconds(step.at - phase.since, to: &json)
        }
    }

    // MARK: Events

    private mutating func instant(_ process: Process, _ track: Int64, _ name: String, _ step: OrderStep) {
        event("i", process, track, name, at: step.at) { json in
            json.key("s")
            json.string("t")
            json.key("args")
            json.object { json in
                json.key("entry")
                json.uint(step.entry)
                json.key("order")
                json.uint(step.order.sequence)
                if let time = step.venueTime {
                    json.key("venue_ns")
                    json.int(time.nanoseconds)
                }
            }
        }
    }

    private mutating func event(
        _ phase: StaticString, _ process: Process, _ track: Int64, _ name: String, at time: Instant,
        _ more: (inout JSONWriter) -> Void
    ) {
        guard eventCount < Self.eventsMax else {
            leftOut += 1
            return
        }
        let since = time - (start ?? time)
        write { json in
            json.key("ph")
            json.string(phase)
            json.key("pid")
            json.int(process.rawValue)
            json.key("tid")
            json.int(track)
            json.key("ts")
            Self.microseconds(since, to: &json)
            json.key("name")
            json.string(name)
            more(&json)
        }
    }

    private mutating func name(_ process: Process, _ name: String) {
        write { json in Self.metadata("process_name", process, 0, name, to: &json) }
    }

    private mutating func nameTrack(_ process: Process, _ track: Int64, _ name: String) {
        guard eventCount < Self.eventsMax, named.insert([process.rawValue, track]).inserted else { return }
        write { json in Self.metadata("thread_name", process, track, name, to: &json) }
    }

    private static func metadata(
        _ kind: StaticString, _ process: Process, _ track: Int64, _ name: String, to json: inout JSONWriter
    ) {
        json.key("ph")
        json.string("M")
        json.key("pid")
        json.int(process.rawValue)
        json.key("tid")
        json.int(track)
        json.key("name")
        json.string(kind)
        json.key("args")
        json.object { json in
            json.key("name")
            json.string(name)
        }
    }

    private mutating func write(_ body: (inout JSONWriter) -> Void) {
        var json = JSONWriter(capacity: 256)
        json.object { body(&$0) }
        bytes += (eventCount == 0 ? "\n" : ",\n").utf8
        json.withBytes { bytes += $0 }
        eventCount += 1
    }

    /// Nanoseconds as microseconds with three digits after the point.
    private static func microseconds(_ interval: Interval, to json: inout JSONWriter) {
        let size = interval.nanoseconds.magnitude
        let rest = String(size % 1_000)
        var text =
            (interval.nanoseconds < 0 ? "-" : "") + "\(size / 1_000)."
            + String(repeating: "0", count: 3 - rest.count) + rest
        text.withUTF8 { json.number($0) }
    }
}
