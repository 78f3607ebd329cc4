import Explain
import Quantities
import Runtime
import Testing
import TradingCore
import WireCodecs

@Suite struct LatencyAndTraceTests {
    @Test func `percentiles are by nearest rank and exact`() {
        let cases: [([Int64], [Int64])] = [
            ([7], [7, 7, 7, 7]), ([2, 1], [1, 2, 2, 2]), (Array(1...100), [50, 90, 99, 100]),
            (Array((1...1_000).reversed()), [500, 900, 990, 1_000]), ([3, 1, 2], [2, 3, 3, 3]),
        ]
        for (times, expected) in cases {
            let figures = LegFigures(times)
            #expect(
                [figures?.p50, figures?.p90, figures?.p99, figures?.max].map { $0?.nanoseconds } == expected)
            #expect(figures?.count == times.count)
        }
        #expect(LegFigures([]) == nil)
    }

    @Test func `the legs of a session are counted for every order`() throws {
        let run = try ExplainedRun(duration: "10m")
        var legs = LatencyLegs()
        try run.session.follow { legs.note($0) }
        let released = try #require(legs.figures(.decisionToRelease))
        #expect(released.count == run.outcome.counters.placements)
        let opened = try #require(legs.figures(.releaseToOpen))
        // Order and answer take 10 ms each, and up to 2 ms more by chance.
        #expect(opened.p50 >= .milliseconds(20) && opened.p50 <= .milliseconds(24))
        #expect(legs.figures(.dealToFill)?.count == run.outcome.counters.fills)
        // One of both comes first, on paper by chance.
        let news = try #require(legs.figures(.replyToNews))
        #expect(news.count == released.count && news.max < .milliseconds(3))
        #expect(legs.figures(.eventToDecision)?.max == .zero)
        #expect(legs.lines[0].hasSuffix("max"))
        #expect(Set(legs.lines.map(\.count)).count == 1, "columns stand below each other")
    }

    @Test func `a trace is JSON with a track per order, strategy and group, and the same every time`() throws
    {
        let run = try ExplainedRun(duration: "1m")
        var trace = TraceFile(run.session)
        var orders = 0
        try run.session.follow { step in
            trace.note(step)
            if case .asked = step.what { orders += 1 }
        }
        var again = TraceFile(run.session)
        try run.session.follow { again.note($0) }
        #expect(trace.text == again.text)
        #expect(trace.leftOut == 0)
        let lines = trace.text.split(separator: "\n")
        #expect(lines.count == trace.eventCount + 2)
        let tracks = lines.filter { $0.contains("\"name\":\"thread_name\"") }
        #expect(tracks.count { $0.contains("\"pid\":2,") } == orders)
        #expect(tracks.count { $0.contains("\"pid\":1,") } == 1)
        #expect(lines.contains { $0.contains("\"ph\":\"X\"") && $0.contains("\"name\":\"open\"") })
        var text = trace.text
        let isJSON = text.withUTF8 { bytes in
            var cursor = JSONCursor(bytes)
            do throws(JSONError) {
                try cursor.skip()
                return true
            } catch {
                return false
            }
        }
        #expect(isJSON)
    }
}
