import MarketModel
import Quantities
import Runtime
import VenueKit
import WireCodecs

/// An order's story as it is shown: lines for people, or one JSON document.
package struct StoryPage {
    private let session: RecordedSession
    private let story: OrderStory
    private let words: StepWords
    /// Whether the replay that found the story decided as the session did.
    private let isProven: Bool

    package init(_ session: RecordedSession, _ story: OrderStory, isProven: Bool) {
        self.session = session
        self.story = story
        self.isProven = isProven
        words = StepWords(session)
    }

    // MARK: Lines

    /// A heading, and a line per step: the time of day in UTC, how long after the line before, what.
    package var lines: [String] {
        var lines = [
            "order \(story.id) of \(session.name)" + (story.order.map { ": " + words.text($0) } ?? "")
        ]
        var names = "ours \(story.id.sequence), client id tail \(String(story.id.raw, radix: 36))"
        if let number = story.venueOrder { names += ", the venue's \(number.raw)" }
        lines += ["numbers: \(names)", ""]
        let day = story.steps.first.map { String("\($0.at)".prefix(10)) } ?? "no step is known"
        lines.append(row("\(day) UTC", "after", "", ""))
        var before = story.steps.first?.at
        for step in story.steps {
            let after = before.map { step.at - $0 } ?? .zero
            before = step.at
            lines.append(row(clock(step.at), "+\(Self.text(after))", words.kind(step.what), text(step)))
        }
        if story.droppedSteps > 0 { lines.append("... and \(story.droppedSteps) more") }
        if let first = story.steps.first, let last = story.steps.last {
            lines += ["", "in all \(Self.text(last.at - first.at)), \(story.steps.count) steps"]
        }
        return lines
    }

    private func text(_ step: OrderStep) -> String {
        var text = words.text(step.what)
        switch step.what {
        case .released(let dispatch, _):
            if let waited = waited(dispatch.at, step) { text += ", after a wait of \(Self.text(waited))" }
        case .cause, .heard:
            if let time = step.venueTime { text += " (\(Self.text(step.at - time)) after the venue's time)" }
        case .asked, .approved, .refused, .replacementAsked, .cancelAsked, .stands, .booked, .alerted: break
        }
        return text
    }

    /// How long the newest decision before a request waited for its turn; nil for a question, which nobody decided.
    private func waited(_ sent: Instant, _ step: OrderStep) -> Interval? {
        if case .released(let dispatch, _) = step.what, case .query = dispatch.command { return nil }
        guard let end = story.steps.lastIndex(of: step) else { return nil }
        let decision = story.steps[..<end].last { words.kind($0.what) == "decision" }
        return decision.map { sent - $0.at }
    }

    private func row(_ time: String, _ after: String, _ kind: String, _ text: String) -> String {
        var line = Self.padded(time, 19) + Self.padded(after, 16) + Self.padded(kind, 10) + text
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private func clock(_ time: Instant) -> String {
        let text = "\(time)"
        guard text.count == 30 else { return text }
        return String(text.dropFirst(11).dropLast())
    }

    /// An interval in the largest unit that leaves a whole part, exact to the nanosecond: `1.5ms`.
    package static func text(_ interval: Interval) -> String {
        let size = interval.nanoseconds.magnitude
        let units: [(UInt64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us"), (1, "ns")]
        guard let (unit, name) = units.first(where: { size >= $0.0 }) else { return "0" }
        var text = "\(size / unit)"
        var (rest, digits) = (size % unit, String(unit).count - 1)
        while digits > 0, rest.isMultiple(of: 10) {
            rest /= 10
            digits -= 1
        }
        if digits > 0 {
            let tail = String(rest)
            text += "." + String(repeating: "0", count: digits - tail.count) + tail
        }
        return (interval.nanoseconds < 0 ? "-" : "") + text + name
    }

    // MARK: JSON

    package var json: String {
        var json = JSONWriter(capacity: 8_192)
        json.object { json in
            json.key("session")
            json.string(session.name)
            json.key("order")
            json.uint(story.id.sequence)
            json.key("order_id")
            json.uint(story.id.raw)
            json.key("venue_order")
            if let number = story.venueOrder { json.uint(number.raw) } else { json.null() }
            json.key("strategy")
            if let order = story.order { json.string(session.label(order.strategy)) } else { json.null() }
            json.key("text")
            json.string(story.order.map { words.text($0) } ?? "")
            json.key("proven")
            json.bool(isProven)
            json.key("dropped_steps")
            json.int(Int64(story.droppedSteps))
            json.key("steps")
            json.array { json in
                var before = story.steps.first?.at
                for step in story.steps {
                    write(step, after: before.map { step.at - $0 } ?? .zero, to: &json)
                    before = step.at
                }
            }
        }
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ step: OrderStep, after: Interval, to json: inout JSONWriter) {
        json.object { json in
            json.key("at_ns")
            json.int(step.at.nanoseconds)
            json.key("after_ns")
            json.int(after.nanoseconds)
            json.key("entry")
            json.uint(step.entry)
            json.key("kind")
            json.string(words.kind(step.what))
            json.key("text")
            json.string(words.text(step.what))
            if let time = step.venueTime {
                json.key("venue_ns")
                json.int(time.nanoseconds)
            }
            guard case .released(let dispatch, let orders) = step.what else { return }
            json.key("request")
            json.uint(dispatch.request)
            json.key("group")
            json.string(words.text(dispatch.group))
            json.key("orders_in_request")
            json.int(Int64(orders))
            if let waited = waited(dispatch.at, step) {
                json.key("waited_ns")
                json.int(waited.nanoseconds)
            }
        }
    }
}
