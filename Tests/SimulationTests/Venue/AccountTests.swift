import MarketModel
import Quantities
import Simulation
import TestSupport
import Testing
import VenueKit

/// The account adds up after every step, whatever comes: thousands of random orders, trades and quotes.
struct AccountTests {
    /// Fine steps and crooked fees, so that rounding has something to round.
    private static func pit(_ random: inout SeededRandom) -> VenuePit {
        let isFine = random.chance(0.5)
        let rates: [Int128] = [0, 1_000_000_000, 1_333_333_333, -250_000_000, 2_777_777_777]
        return VenuePit(
            tick: isFine ? Price(raw: 7_777) : Price(raw: 10_000_000_000),
            lot: isFine ? Quantity(raw: 3_333) : Quantity(raw: 100_000_000_000),
            least: Quantity(raw: 1), makerFee: FeeRate(raw: rates[random.below(5)]),
            takerFee: FeeRate(raw: max(0, rates[random.below(5)])), base: Amount(50),
            quote: Amount(5_000), queue: QueueModel.allCases[random.below(3)])
    }

    private struct Walk {
        var random: SeededRandom
        let pit: VenuePit
        var audit: VenueAudit
        var number: UInt64 = 0

        init(seed: UInt64) {
            random = SeededRandom(seed: seed)
            pit = AccountTests.pit(&random)
            audit = VenueAudit(pit.market, base: Amount(50), quote: Amount(5_000))
            audit.heard(pit.facts)
        }

        mutating func price() -> Price {
            (Price(95) + Price(raw: Int128(random.below(10_000_000_000_000))))
                .rounded(to: pit.market.rules.tick, .up)
        }

        mutating func quantity(_ most: Int) -> Quantity {
            Quantity(raw: Int128(1 + random.below(most * 1_000_000_000_000)))
                .rounded(to: pit.market.rules.lot, .up)
        }

        mutating func side() -> Side { random.chance(0.5) ? .buy : .sell }

        mutating func ticket() -> OrderTicket {
            let kinds: [OrderKind] = [.limit, .limit, .limit, .market, .stopLimit, .stopMarket]
            let kind = kinds[random.below(kinds.count)]
            let durations: [OrderDuration] = [
                .goodTillCancelled, .goodTillCancelled, .immediateOrCancel, .fillOrKill, .makerOnly,
            ]
            if kind == .market, random.chance(0.3) {
                let sum = Notional(raw: Int128(1 + random.below(900_000_000_000_000)))
                return .marketBuy(spending: sum, atMost: pit.market.rules.lot, in: pit.market.id)
            }
            return OrderTicket(
                market: pit.market.id, side: side(), kind: kind,
                duration: kind.hasLimit ? durations[random.below(durations.count)] : .immediateOrCancel,
                price: kind.hasLimit ? price() : .zero, stopPrice: kind.isStop ? price() : .zero,
                quantity: quantity(random.chance(0.1) ? 60 : 6))
        }

        mutating func placement(replacing old: OrderID = .none) -> Placement {
            number += 1
            let placement = Placement(
                order: pit.order(number), strategy: StrategyID(0), ticket: ticket())
            audit.sent(placement, replacing: old)
            return placement
        }

        mutating func anyOrder() -> OrderID {
            let living = audit.living
            if living.isEmpty || random.chance(0.05) { return pit.order(UInt64(random.below(5_000))) }
            return living[random.below(living.count)]
        }

        mutating func step() {
            pit.pass(.milliseconds(1))
            switch random.below(12) {
            case 0...3: pit.send(.place(placement()))
            case 4:
                pit.send(
                    .cancel(
                        Cancellation(
                            order: anyOrder(), venueOrder: .unknown, market: pit.market.id,
                            isStop: false)))
            case 5:
                let old = anyOrder()
                pit.send(
                    .modify(
                        Modification(
                            order: old, venueOrder: .unknown, replacement: placement(replacing: old))))
            case 6...8: pit.show(pit.trade(side(), quantity(8), price()))
            default: showQuote()
            }
            audit.heard(pit.hear())
            audit.check(pit.venue.balances)
        }

        mutating func showQuote() {
            let bid = price()
            let spread = pit.market.rules.tick * (1 + random.below(100))
            pit.show(
                Quote(
                    market: pit.market.id, bid: bid, bidSize: quantity(8), ask: bid + spread,
                    askSize: quantity(8), sequence: 0, venueTime: pit.now, receivedAt: pit.now))
        }

        mutating func cancelAll() {
            for order in audit.living {
                pit.pass(.milliseconds(1))
                pit.send(
                    .cancel(
                        Cancellation(
                            order: order, venueOrder: .unknown, market: pit.market.id, isStop: false)))
            }
            audit.heard(pit.hear())
            audit.check(pit.venue.balances)
        }
    }

    @Test func `balances are deposits and deals, frozen is what rests, after every step`() {
        var traded = 0
        var made = 0
        var endings: [OrderProgress.Phase: Int] = [:]
        let first = FuzzSettings.seed(1)
        for seed in first..<first + UInt64(FuzzSettings.cases(25)) {
            var walk = Walk(seed: seed)
            for step in 0..<400 {
                walk.step()
                guard walk.audit.defects.isEmpty else {
                    Issue.record("seed \(seed), step \(step): \(walk.audit.defects)")
                    return
                }
            }
            walk.cancelAll()
            #expect(walk.audit.defects == [], "seed \(seed)")
            #expect(walk.audit.living == [], "seed \(seed)")
            #expect(walk.pit.venue.balances.map(\.frozen) == [.zero, .zero], "seed \(seed)")
            traded += walk.audit.dealCount
            made += walk.audit.makerCount
            endings.merge(walk.audit.endings, uniquingKeysWith: +)
        }
        // The walks have been everywhere.
        #expect(made > 100 && traded - made > 100)
        #expect(OrderProgress.Phase.allCases.dropFirst().allSatisfy { endings[$0, default: 0] > 10 })
    }

    /// Every fill rounds its value and its fee: together they must not cost more than the order held.
    @Test func `an order that took the last coin can be filled in any number of parts`() throws {
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = SeededRandom(seed: seed)
            let price = Price(raw: Int128(random.below(9_000_000_000_000)) + 1)
            let quantity = Quantity(raw: Int128(random.below(9_000_000_000_000)) + 100)
            let fee = FeeRate(raw: Int128(random.below(9_000_000_000)))
            let value = try quantity.times(price, .up)
            let money = Amount(try value.adding(value.times(fee, .up)))
            let pit = VenuePit(
                tick: Price(raw: 1), lot: Quantity(raw: 1), least: Quantity(raw: 1), makerFee: fee,
                takerFee: fee, base: .zero, quote: money)
            var audit = VenueAudit(pit.market, base: .zero, quote: money)
            audit.heard(pit.facts)
            let placement = Placement(
                order: pit.order(1), strategy: StrategyID(0),
                ticket: .limit(.buy, quantity, at: price, in: pit.market.id))
            audit.sent(placement)
            pit.send(.place(placement))
            audit.heard(pit.hear())
            while !audit.living.isEmpty {
                pit.pass(.milliseconds(1))
                let part = Quantity(raw: 1 + quantity.raw / Int128(2 + random.below(12)))
                pit.show(
                    Quote(
                        market: pit.market.id, bid: Price(raw: 1), bidSize: part, ask: price,
                        askSize: part, sequence: 0, venueTime: pit.now, receivedAt: pit.now))
                audit.heard(pit.hear())
                audit.check(pit.venue.balances)
                guard audit.defects.isEmpty else { break }
            }
            #expect(audit.defects == [], "seed \(seed)")
            if !audit.defects.isEmpty { return }
        }
    }

    @Test func `a rebate is paid to the maker, a fee by the taker`() throws {
        let pit = VenuePit(
            makerFee: FeeRate(raw: -1_000_000_000), takerFee: FeeRate(raw: 2_000_000_000))
        let script = """
            quote 99 5 / 101 3
            #1 buy 3 @ 101     | #1 accepted v1, #1 took 3 @ 101, #1 filled 3
            money              | OAK 1003, PINE 99696.394
            #2 sell 2 @ 103    | #2 accepted v2, #2 open 0
            trade buy 1 @ 104  | #2 made 2 @ 103, #2 filled 2
            money              | OAK 1001, PINE 99902.6
            """
        let heard = try pit.play(script)
        #expect(heard == script)
        #expect(try pit.deals.map(\.fee) == [Amount("0.606"), Amount("-0.206")])
        #expect(pit.deals.allSatisfy { $0.feeAsset == pit.market.quote })
    }
}
