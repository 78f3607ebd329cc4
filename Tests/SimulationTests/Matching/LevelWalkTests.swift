import MarketModel
import Quantities
import Simulation
import Testing

struct LevelWalkTests {
    @Test func `the levels of a side come from the best on, with what rests and what shows`() {
        var book = FastMatchingBook()
        var matches: [Match] = []
        var depth: [DepthChange] = []
        for (id, price, quantity, isHidden) in [(1, 101, 2, false), (2, 100, 1, true), (3, 101, 5, true)] {
            let order = MatchOrder(
                id: UInt64(id), owner: 1, side: .sell, limit: Price(price), quantity: Quantity(quantity),
                isHidden: isHidden)
            _ = book.submit(order, matches: &matches, depth: &depth)
        }
        var seen: [String] = []
        book.forEachLevel(.sell) { level, visible in
            seen.append("\(level.quantity)@\(level.price) shows \(visible)")
            return true
        }
        #expect(seen == ["1@100 shows 0", "7@101 shows 2"])
        var count = 0
        book.forEachLevel(.sell) { _, _ in
            count += 1
            return false
        }
        book.forEachLevel(.buy) { _, _ in
            count += 100
            return true
        }
        #expect(count == 1)
    }
}
