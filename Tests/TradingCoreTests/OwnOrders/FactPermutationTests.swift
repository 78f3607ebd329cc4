import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Every order of arrival of a small history, without exception.
struct FactPermutationTests {
    struct Story: CustomTestStringConvertible, Sendable {
        let name: String
        let ending: OrderTruth.Ending
        let parts: [String]
        let isUncertain: Bool
        var isStop = false
        var testDescription: String { name }
    }

    static let stories = [
        Story(name: "filled by two deals", ending: .filled, parts: ["0.4", "0.6"], isUncertain: true),
        Story(name: "unanswered, then filled", ending: .filled, parts: ["1"], isUncertain: true),
        Story(name: "cancelled unfilled", ending: .cancelled, parts: [], isUncertain: true),
        Story(name: "cancelled after a part", ending: .cancelled, parts: ["0.3"], isUncertain: true),
        Story(
            name: "a stop that could not fire", ending: .triggerFailed, parts: [], isUncertain: true,
            isStop: true),
        Story(name: "refused", ending: .refused, parts: [], isUncertain: true),
        Story(name: "never sent", ending: .neverSent, parts: [], isUncertain: true),
    ]

    @Test(arguments: stories)
    func `every order of arrival ends in the same state`(story: Story) throws {
        let inOrder = Self.play(story) { $0 }
        let truth = inOrder.truth
        #expect(inOrder.aftermath.states == [.closed(truth.closing)])
        #expect(inOrder.aftermath.filled == [truth.filled])
        #expect(inOrder.aftermath.deals == truth.deals.map(\.id))
        #expect(
            inOrder.aftermath.exposures.allSatisfy {
                $0.orderCount == 0 && $0.openBuy.isZero && $0.openSell.isZero
            })
        #expect(inOrder.aftermath.reserved.allSatisfy { $0.isZero })
        #expect(inOrder.aftermath.openOrders == 0)

        var count = 0
        permute(inOrder.facts) { facts in
            count += 1
            let played = Self.play(story) { _ in facts }
            if played.aftermath != inOrder.aftermath || played.fault != nil {
                Issue.record("\(played.fault ?? "another end") when they come as \(facts)")
            }
        }
        #expect(count == (1...inOrder.facts.count).reduce(1, *))
    }

    @Test(arguments: stories)
    func `any one fact may be lost and any one may come twice`(story: Story) {
        let inOrder = Self.play(story) { $0 }
        for index in inOrder.facts.indices {
            let lost = Self.play(story) { facts in
                facts.enumerated().filter { $0.offset != index }.map(\.element)
            }
            #expect(lost.aftermath == inOrder.aftermath)
            #expect(lost.fault == nil)
            for place in 0...inOrder.facts.count {
                let twice = Self.play(story) { facts in
                    var facts = facts
                    facts.insert(facts[index], at: place)
                    return facts
                }
                #expect(twice.aftermath == inOrder.aftermath)
                #expect(twice.fault == nil)
            }
        }
    }

    /// What came of one way in which the facts arrived.
    struct Played {
        var truth: OrderTruth
        var facts: [VenueFact]
        var aftermath: Aftermath
        /// What was wrong on the way.
        var fault: String?
    }

    /// Lets the facts of the story arrive as `arrange` wants, and after them the answer to a question.
    private static func play(_ story: Story, _ arrange: ([VenueFact]) -> [VenueFact]) -> Played {
        let stage = Stage.one()
        let ticket =
            story.isStop
            ? OrderTicket.stopLimit(.buy, Quantity(1), at: Price(99), when: Price(99), in: MarketID(0))
            : Money.limit(.buy, "1", at: "99")
        let id = stage.place(ticket)
        let truth = OrderTruth(
            order: id, ticket: ticket, ending: story.ending, parts: story.parts.map(Money.quantity),
            firstDeal: 100, isUncertain: story.isUncertain, begin: stage.now + .milliseconds(1))
        let facts = truth.facts
        var watch = OrderWatch(truth)
        for fact in arrange(facts) {
            stage.advance(.milliseconds(1))
            stage.feed(fact)
            watch.look(at: stage)
        }
        stage.feed(truth.backfill)
        watch.look(at: stage)
        return Played(
            truth: truth, facts: facts, aftermath: Aftermath(stage, [id]), fault: watch.fault)
    }
}

/// Calls `body` with every permutation of the elements (Heap's method).
func permute<Element>(_ elements: [Element], _ body: ([Element]) -> Void) {
    var elements = elements
    func swapThrough(_ count: Int) {
        if count <= 1 { return body(elements) }
        for index in 0..<count {
            swapThrough(count - 1)
            if index < count - 1 { elements.swapAt(count % 2 == 0 ? index : 0, count - 1) }
        }
    }
    swapThrough(elements.count)
}
