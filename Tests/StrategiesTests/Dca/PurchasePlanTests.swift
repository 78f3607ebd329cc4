import Quantities
import Testing

@testable import DcaStrategy

/// What is owed, interval by interval: an amount of 10 every minute.
struct PurchasePlanTests {
    private let start = Instant(milliseconds: 86_400_000)

    private func plan(catchUp: Int = 0, isFirstNow: Bool = true) -> PurchasePlan {
        PurchasePlan(
            amount: Amount(10), interval: .minutes(1), catchUpMax: catchUp, startingAt: start + .seconds(5),
            isFirstNow: isFirstNow)
    }

    private func at(_ minutes: Int64) -> Instant { start + .minutes(minutes) + .seconds(7) }

    @Test func `an interval adds its amount once, however often it is asked`() {
        var plan = plan()
        for _ in 0..<3 { #expect(plan.settle(at: at(0), past: .served) == .zero) }
        #expect(plan.owed == Amount(10))
        #expect(!plan.isDue(at: start + .milliseconds(59_999)))
        #expect(plan.isDue(at: start + .minutes(1)))
        #expect(plan.nextBoundary(after: at(0)) == start + .minutes(1))
    }

    @Test func `the first interval may wait for its beginning`() {
        var plan = plan(isFirstNow: false)
        #expect(plan.settle(at: at(0), past: .served) == .zero)
        #expect(plan.owed == .zero)
        _ = plan.settle(at: at(1), past: .served)
        #expect(plan.owed == Amount(10))
    }

    @Test func `what is too little for an order is carried on, for as long as it takes`() {
        var plan = plan()
        for minute in 0..<100 as Range<Int64> { #expect(plan.settle(at: at(minute), past: .served) == .zero) }
        #expect(plan.owed == Amount(1_000))
    }

    @Test func `a missed interval is skipped, but not what was carried`() {
        var plan = plan()
        _ = plan.settle(at: at(0), past: .served)
        plan.pay(Amount(7))
        _ = plan.settle(at: at(1), past: .served)
        #expect(plan.owed == Amount(13))
        #expect(plan.settle(at: at(2), past: .missed) == Amount(10))
        #expect(plan.owed == Amount(13))
        // Five minutes of silence: the one that was counted, and four that were not.
        #expect(plan.settle(at: at(7), past: .missed) == Amount(50))
        #expect(plan.owed == Amount(13))
    }

    @Test func `missed intervals are caught up, as many as may be`() {
        var plan = plan(catchUp: 3)
        _ = plan.settle(at: at(0), past: .served)
        #expect(plan.settle(at: at(1), past: .missed) == .zero)
        #expect(plan.owed == Amount(20))
        #expect(plan.settle(at: at(9), past: .missed) == Amount(60))
        #expect(plan.owed == Amount(40))
        plan.pay(Amount(40))
        #expect(plan.settle(at: at(10), past: .served) == .zero)
        #expect(plan.owed == Amount(10))
    }

    @Test func `an interval that did not want to buy gives its amount up, untold`() {
        for catchUp in [0, 3] {
            var plan = plan(catchUp: catchUp)
            _ = plan.settle(at: at(0), past: .served)
            for minute in 1..<20 as Range<Int64> {
                #expect(plan.settle(at: at(minute), past: .unwanted) == .zero)
                #expect(plan.owed == Amount(10))
            }
        }
    }

    @Test func `a purchase that cost more than was owed makes the next one smaller`() {
        var plan = plan()
        _ = plan.settle(at: at(0), past: .served)
        plan.pay(Amount(12))
        _ = plan.settle(at: at(1), past: .served)
        #expect(plan.owed == Amount(8))
    }
}
