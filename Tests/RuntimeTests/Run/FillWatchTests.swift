import MarketModel
import Quantities
import Testing

@testable import Runtime

@Suite struct FillWatchTests {
    private func fill(_ deal: UInt64, at milliseconds: Int64, market: Int = 0) -> Fill {
        Fill(
            market: MarketID(market), deal: DealID(deal), order: .none, strategy: StrategyID(0), side: .buy,
            liquidity: .maker, price: Price(100), quantity: Quantity(1), notional: Notional(100), fee: .zero,
            feeAsset: AssetID(0), venueTime: Instant(milliseconds: milliseconds),
            receivedAt: Instant(milliseconds: milliseconds))
    }

    private func at(_ milliseconds: Int64) -> Instant { Instant(milliseconds: milliseconds) }

    /// `deal after-milliseconds mid` of every mark.
    private func text(_ marks: [FillWatch.Mark]) -> [String] {
        marks.map { "\($0.deal.raw) \($0.after.nanoseconds / 1_000_000) \($0.mid)" }
    }

    @Test func `the mid is looked at when a second, five and thirty have passed`() {
        var watch = FillWatch()
        watch.add(fill(1, at: 1_000), mid: Price(101))
        #expect(text(watch.take()) == ["1 0 101"])
        #expect(watch.nextDue == at(2_000))
        watch.look(at: at(1_999)) { _ in Price(102) }
        #expect(watch.take() == [])
        watch.look(at: at(2_000)) { _ in Price(103) }
        #expect(text(watch.take()) == ["1 1000 103"])
        #expect(watch.nextDue == at(6_000))
        watch.look(at: at(6_000)) { _ in Price(104) }
        watch.look(at: at(31_000)) { _ in Price(105) }
        #expect(text(watch.take()) == ["1 5000 104", "1 30000 105"])
        #expect(watch.nextDue == .distantFuture)
    }

    @Test func `fills are followed side by side, each in its own market`() {
        var watch = FillWatch()
        watch.add(fill(1, at: 0), mid: nil)
        watch.add(fill(2, at: 400, market: 1), mid: Price(7))
        watch.look(at: at(1_000)) { Price(Int($0.index) + 10) }
        #expect(watch.nextDue == at(1_400))
        watch.look(at: at(1_400)) { Price(Int($0.index) + 20) }
        #expect(text(watch.take()) == ["2 0 7", "1 1000 10", "2 1000 21"])
        #expect(watch.nextDue == at(5_000))
    }

    @Test func `without a price, or after the end, a mid stays unknown`() {
        var watch = FillWatch()
        watch.add(fill(1, at: 0), mid: Price(1))
        watch.look(at: at(1_000)) { _ in nil }
        watch.close()
        #expect(watch.nextDue == .distantFuture)
        watch.look(at: at(60_000)) { _ in Price(9) }
        watch.add(fill(2, at: 60_000), mid: Price(2))
        watch.look(at: at(120_000)) { _ in Price(9) }
        #expect(text(watch.take()) == ["1 0 1", "2 0 2"])
    }

    @Test func `at most so many are followed, and the others are counted`() {
        var watch = FillWatch()
        for deal in 0..<(FillWatch.pendingMax + 3) {
            watch.add(fill(UInt64(deal), at: Int64(deal)), mid: nil)
        }
        #expect(watch.dropped == 3)
        var known = 0
        for second in 0..<100 {
            watch.look(at: at(Int64(second) * 1_000)) { _ in Price(1) }
            known += watch.take().count
        }
        #expect(known == FillWatch.pendingMax * FillWatch.horizons.count)
        #expect(watch.nextDue == .distantFuture)
    }
}
