import MarketModel
import Quantities
import StrategyKit
import Testing
import VenueKit

@testable import Explain

@Suite struct OrderFinderTests {
    /// Orders #1 to #3 of strategies 0, 0 and 1; the venue knows them as 9001, 9102 and 2.
    private static func finder() -> OrderFinder {
        var finder = OrderFinder()
        for (index, venue) in [9_001, 9_102, 2].enumerated() {
            let id = OrderID(sequence: UInt64(index + 1), slot: index)
            let ticket = OrderTicket.limit(.buy, Quantity(1), at: Price(1), in: MarketID(0))
            let order = OwnOrder(
                id: id, strategy: StrategyID(index / 2), ticket: ticket, createdAt: .distantPast)
            let asked = OrderStep.Asked(
                order: order, quote: nil, position: .zero, notes: [], isOfLadder: false)
            finder.note(OrderStep(order: id, at: .distantPast, entry: 1, what: .asked(asked)))
            let accepted = OrderAccepted(
                order: id, venueOrder: VenueOrderID(UInt64(venue)), venueTime: .distantPast)
            finder.note(
                OrderStep(order: id, at: .distantPast, entry: 2, what: .heard(.accepted(accepted))))
        }
        return finder
    }

    @Test(arguments: [
        ("1", 1), ("#2", 2), ("2", 2), ("venue:2", 3), ("9102", 2), ("venue:9001", 1), ("90", 1), ("91", 2),
        ("mm-0-1-1ekg", 1), ("MM-1-7-47pe", 3), ("mm-1-1-47", 3),
    ])
    func `an order is found by each of its names`(text: String, sequence: Int) throws {
        #expect(try Self.finder().find(text).id.sequence == UInt64(sequence))
    }

    @Test(arguments: [
        ("9", "'9' may be #1 (venue:9001), #2 (venue:9102): write more of it, or #NUMBER"),
        ("9003", "there is no order '9003'; did you mean '9001'? (its orders are #1 to #3)"),
        ("#777", "there is no order '#777' (its orders are #1 to #3)"),
        ("mm-1-1-zzzz", "there is no order 'mm-1-1-zzzz' (its orders are #1 to #3)"),
        ("", "there is no order '' (its orders are #1 to #3)"),
    ])
    func `a text that names no order, or more than one, says so`(text: String, message: String) throws {
        do {
            let found = try Self.finder().find(text)
            Issue.record("found \(found)")
        } catch {
            #expect("\(error)" == message)
        }
    }
}
