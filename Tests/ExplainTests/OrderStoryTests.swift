import Explain
import MarketModel
import Quantities
import Runtime
import StrategyKit
import Testing
import TradingCore
import VenueKit

@Suite struct OrderStoryTests {
    @Test func `every order is asked for once, sent once, and closed once`() throws {
        let run = try ExplainedRun(duration: "10m")
        let steps = try run.steps()
        var asked: [OrderID: Int] = [:]
        var placed: [OrderID: Int] = [:]
        var closed: [OrderID: Int] = [:]
        var fills = 0
        for step in steps {
            switch step.what {
            case .asked: asked[step.order, default: 0] += 1
            case .released(let dispatch, _):
                switch dispatch.command {
                case .place: placed[step.order, default: 0] += 1
                case .modify(let change):
                    if change.replacement.order == step.order { placed[step.order, default: 0] += 1 }
                case .cancel, .query: break
                }
            case .stands(.closed): closed[step.order, default: 0] += 1
            case .booked: fills += 1
            case .cause, .approved, .refused, .replacementAsked, .cancelAsked, .heard, .alerted, .stands:
                break
            }
        }
        #expect(asked.count > 20)
        #expect(asked.values.allSatisfy { $0 == 1 })
        #expect(placed.values.allSatisfy { $0 == 1 })
        #expect(placed.count == run.outcome.counters.placements)
        #expect(closed.values.allSatisfy { $0 == 1 })
        #expect(Set(closed.keys) == Set(asked.keys))
        #expect(fills == run.outcome.counters.fills)
        #expect(fills > 3)
    }

    @Test func `the steps of an order stand in the order of time, and the first is what it answered`() throws
    {
        let run = try ExplainedRun(duration: "10m")
        let steps = try run.steps()
        let filled = try #require(steps.first { if case .booked = $0.what { true } else { false } })
        let (story, isProven) = try run.session.story(of: "\(filled.order)")
        #expect(isProven)
        #expect(story.steps.first?.what.isCause == true)
        for (before, after) in zip(story.steps, story.steps.dropFirst()) {
            #expect(before.at <= after.at)
            #expect(before.entry <= after.entry)
        }
        let page = StoryPage(run.session, story, isProven: isProven)
        let kinds = page.lines.dropFirst(4).prefix(5).map { $0.split(separator: " ")[2] }
        #expect(Array(kinds.dropFirst()) == ["decision", "risk", "request", "reply"], "\(page.lines)")
        #expect(page.lines.contains { $0.contains(" fill      booked ") })
        #expect(page.lines.contains { $0.contains(" closed: ") })
    }

    @Test func `an order that risk refuses says why, and nothing was sent`() throws {
        let run = try ExplainedRun(duration: "20s", risk: "{order_quantity_max: 0.0001}")
        let steps = try run.steps()
        let refused = try #require(steps.first { if case .refused = $0.what { true } else { false } })
        #expect(refused.what == .refused(.orderQuantityLimit))
        let (story, _) = try run.session.story(of: "\(refused.order.sequence)")
        #expect(story.steps.allSatisfy { if case .released = $0.what { false } else { true } })
        let lines = StoryPage(run.session, story, isProven: true).lines
        #expect(lines.contains { $0.hasSuffix("risk      refused: quantity is above the limit per order") })
    }

    @Test func `the same tape gives the same story in lines and in JSON`() throws {
        let run = try ExplainedRun(duration: "20s")
        let (one, _) = try run.session.story(of: "3")
        let (two, _) = try run.session.story(of: "#3")
        #expect(one == two)
        let json = StoryPage(run.session, one, isProven: true).json
        #expect(json.hasPrefix("{\"session\":\"run-0001\",\"order\":3,"))
        #expect(json.contains("\"kind\":\"decision\""))
        #expect(json.contains("\"group\":\""))
    }

    @Test func `intervals are exact`() {
        let cases: [(Int64, String)] = [
            (0, "0"), (850, "850ns"), (1_500, "1.5us"), (1_000_001, "1.000001ms"), (2_000_000_000, "2s"),
            (61_000_000_001, "61.000000001s"), (-1_500_000, "-1.5ms"),
        ]
        for (nanoseconds, text) in cases {
            #expect(StoryPage.text(Interval(nanoseconds: nanoseconds)) == text)
        }
    }
}

extension OrderStep.What {
    fileprivate var isCause: Bool { if case .cause = self { true } else { false } }
}
