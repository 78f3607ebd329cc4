import MarketModel
import Quantities
import Runtime
import StrategyKit

/// All that happened to one order, in order.
package struct OrderStory: Equatable, Sendable {
    package let id: OrderID
    package private(set) var order: OwnOrder?
    package private(set) var venueOrder: VenueOrderID?
    package private(set) var steps: [OrderStep] = []
    /// Steps beyond `stepsMax`, which are only counted.
    package private(set) var droppedSteps = 0

    /// Steps of one order that are kept; the end of a longer story is left out and counted.
    package static let stepsMax = 20_000

    package init(_ id: OrderID) { self.id = id }

    package mutating func note(_ step: OrderStep) {
        guard step.order == id else { return }
        switch step.what {
        case .asked(let asked): order = asked.order
        case .heard(let fact): venueOrder = fact.venueOrder ?? venueOrder
        case .cause, .approved, .refused, .replacementAsked, .cancelAsked, .released, .stands, .booked,
            .alerted:
            break
        }
        if steps.count < Self.stepsMax { steps.append(step) } else { droppedSteps += 1 }
    }
}

extension RecordedSession {
    /// The story of the order that a text names, and whether the replay that found it decided as the session did.
    package func story(of text: String) throws -> (story: OrderStory, isProven: Bool) {
        var finder = OrderFinder()
        try follow { finder.note($0) }
        var story = OrderStory(try finder.find(text).id)
        let outcome = try follow { story.note($0) }
        return (story, outcome.difference == nil)
    }
}
