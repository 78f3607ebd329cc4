import CoinExVenue
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

struct CoinExOwnOrdersTests {
    /// What must hold when all pushes have come: the order's end, every deal once, and its fee.
    private func check(_ life: OrderLife, _ order: OrderID, _ stage: OwnOrderStage, _ hint: String) {
        #expect(stage.faults == [], "\(life.name), \(hint)")
        #expect(stage.state(order) == life.closing, "\(life.name), \(hint)")
        let fills = stage.fills(order)
        let deals = life.deals(order)
        #expect(fills.map(\.deal) == deals.map(\.id), "\(life.name), \(hint)")
        #expect(fills.map(\.quantity) == deals.map(\.quantity), "\(life.name), \(hint)")
        #expect(fills.map(\.fee) == deals.map(\.fee), "\(life.name), \(hint)")
        #expect(stage.alerts.allSatisfy { !Self.isContradiction($0) }, "\(life.name), \(hint)")
    }

    private static func isContradiction(_ alert: Alert.Kind) -> Bool {
        if case .contradiction = alert { true } else { false }
    }

    @Test func `P20: orders whose end no push ever tells are forgotten, those that live are not`() {
        var orders = CoinExOwnOrders(Exchange.table)
        var facts: [VenueFact] = []
        let living = OrderID(raw: 1)
        orders.claim(VenueOrderID(1), living, in: MarketID(0), into: &facts)
        for number in 2...10_000 as ClosedRange<UInt64> {
            orders.claim(VenueOrderID(number), OrderID(raw: number), in: MarketID(0), into: &facts)
            orders.ended(OrderID(raw: number))
            // Told again, it counts once.
            orders.ended(OrderID(raw: number))
        }
        #expect(orders.rememberedCount == CoinExOwnOrders.finishedMax + 1)
        #expect(orders.owner(of: VenueOrderID(1)) == living)
        #expect(orders.owner(of: VenueOrderID(2)) == nil)
        #expect(orders.owner(of: VenueOrderID(10_000)) == OrderID(raw: 10_000))
    }

    @Test func `every life comes out right when it is told in order, without a question`() {
        for life in OrderLife.all {
            let stage = OwnOrderStage()
            let order = stage.place(life.ticket)
            stage.reply(order, life.number)
            for push in life.pushes(order) { stage.push(push) }
            check(life, order, stage, "in order")
            #expect(stage.asked == [], "\(life.name)")
            #expect(stage.fills(order).map(\.liquidity) == life.deals(order).map(\.liquidity), "\(life.name)")
        }
    }

    @Test func `every life comes out right in every order of its pushes`() {
        for life in OrderLife.all {
            let count = life.pushes(OrderID(raw: 1)).count
            for permutation in Self.orders(count + 1) {
                let stage = OwnOrderStage()
                let order = stage.place(life.ticket)
                let pushes = life.pushes(order)
                for index in permutation {
                    if index == count { stage.reply(order, life.number) } else { stage.push(pushes[index]) }
                }
                check(life, order, stage, "\(permutation)")
            }
        }
    }

    @Test func `duplicates, disorder and losses change nothing once the venue was asked`() {
        let seed = FuzzChoice.seed
        for number in 0..<FuzzChoice.cases(600) {
            var random = SeededRandom(seed: seed &+ UInt64(number))
            let life = OrderLife.all[random.below(OrderLife.all.count)]
            let stage = OwnOrderStage()
            let order = stage.place(life.ticket)
            let replyAt = random.below(6)
            let pushes = life.pushes(order)
            for step in 0..<12 {
                if step == replyAt { stage.reply(order, life.number) }
                guard !pushes.isEmpty else { continue }
                stage.push(pushes[random.below(pushes.count)])
            }
            for fact in life.answer(order).reversed() { stage.tell(fact) }
            for push in pushes where random.chance(0.5) { stage.push(push) }
            check(life, order, stage, "seed \(seed &+ UInt64(number))")
        }
    }

    @Test func `an immediate order of which nothing is pushed ends by its reply`() {
        let stage = OwnOrderStage()
        let ticket = OrderTicket.limit(
            .buy, Quantity(1), at: price("100"), in: MarketID(0), .immediateOrCancel)
        let order = stage.place(ticket)
        stage.reply(order, 1_000)
        stage.tell(
            .progress(
                OrderProgress(
                    order: order, venueOrder: VenueOrderID(1_000), phase: .cancelled, filled: .zero,
                    venueTime: stage.now)))
        #expect(stage.state(order) == .closed(.cancelled))
    }

    @Test func `an order that vanished without a fill and without a push was cancelled`() {
        let life = OrderLife.all[0]
        let stage = OwnOrderStage()
        let order = stage.place(life.ticket)
        stage.reply(order, life.number)
        stage.push(life.pushes(order)[0])
        stage.tell(.absent(OrderUncertain(order: order, venueTime: stage.now)))
        #expect(stage.state(order) == .closed(.cancelled))
        stage.push(life.pushes(order)[0])
        #expect(stage.alerts.allSatisfy { !Self.isContradiction($0) })
    }

    // MARK: - Stop orders

    private let stopTicket = OrderTicket.stopLimit(
        .sell, Quantity(1), at: price("94"), when: price("95"), in: MarketID(0))

    private func triggered(_ stage: OwnOrderStage) -> OrderLife {
        OrderLife(
            name: "stop", ticket: stopTicket, entry: [.init(quantity: "1", price: "94.5")],
            ending: .filled, number: 2_000, stopNumber: 1_000)
    }

    @Test func `a stop that fires is filled under a new number, in every order of its news`() {
        for permutation in Self.permutations(5) {
            let stage = OwnOrderStage()
            let order = stage.place(stopTicket)
            let life = triggered(stage)
            let news =
                [
                    OrderLife.stop(1, 1_000, order), OrderLife.stop(2, 1_000, order, status: 1),
                ] + life.pushes(order)
            for index in permutation {
                // Its placement is answered without a number.
                if index == news.count {
                    stage.tell(
                        .accepted(
                            OrderAccepted(order: order, venueOrder: .unknown, venueTime: stage.now)))
                } else {
                    stage.push(news[index])
                }
            }
            check(life, order, stage, "\(permutation)")
        }
    }

    @Test func `the order of a stop is known by the stop's number where its name is missing`() {
        let stage = OwnOrderStage()
        let order = stage.place(stopTicket)
        let life = triggered(stage)
        stage.push(OrderLife.stop(1, 1_000, order))
        for push in life.pushes(order) {
            stage.push(push.replacing(Exchange.clientID(order), with: ""))
        }
        check(life, order, stage, "without a name")
    }

    @Test func `a stop ends cancelled or failed`() {
        for (event, status, closing) in [(3, 0, Closing.cancelled), (2, 2, .triggerFailed)] {
            let stage = OwnOrderStage()
            let order = stage.place(stopTicket)
            stage.push(OrderLife.stop(1, 1_000, order))
            #expect(stage.state(order) == .active(.open))
            stage.push(OrderLife.stop(event, 1_000, order, status: status))
            stage.push(OrderLife.stop(1, 1_000, order))
            #expect(stage.state(order) == .closed(closing))
        }
    }

    // MARK: - Numbers and names

    /// A resting order that is being modified, and its replacement, which is filled under a number of its own.
    private func modified(
        _ body: (OwnOrderStage, _ old: OrderID, _ new: OrderID, OrderLife, OrderLife) -> Void
    ) {
        let old = OrderLife(name: "old", ticket: OrderLife.all[0].ticket, ending: .cancelled)
        var replacement = old
        replacement.name = "replacement"
        replacement.number = 2_000
        replacement.ending = .filled
        replacement.rest = [.init(quantity: "1", price: "98")]
        replacement.ticket.price = price("98")
        let stage = OwnOrderStage()
        let first = stage.place(old.ticket)
        stage.reply(first, old.number)
        stage.push(old.event(1, 0, first))
        var second = OrderID.none
        stage.wish { second = $0.modify(first, price: price("98")) ?? .none }
        guard let modification = stage.modifications.first else {
            Issue.record("nothing was sent")
            return
        }
        stage.willReplace(modification)
        body(stage, first, second, old, replacement)
        #expect(stage.state(first) == .closed(.cancelled))
        check(replacement, second, stage, "modified")
    }

    @Test func `a modified order goes on under a new number and its old name`() {
        modified { stage, first, second, old, replacement in
            stage.push(old.event(3, 0, first))
            for push in replacement.pushes(first) { stage.push(push) }
            stage.reply(second, replacement.number)
        }
        modified { stage, first, second, old, replacement in
            for push in replacement.pushes(first).reversed() { stage.push(push) }
            stage.reply(second, replacement.number)
            stage.push(old.event(3, 0, first))
        }
    }

    @Test func `a modified order without a name is claimed by the reply`() {
        modified { stage, first, second, old, replacement in
            for push in replacement.pushes(first) {
                stage.push(push.replacing(Exchange.clientID(first), with: ""))
            }
            #expect(stage.counts.unclaimed == 2)
            stage.push(old.event(3, 0, first))
            stage.reply(second, replacement.number)
        }
    }

    @Test func `a second order under the name of one of ours is nobody's`() {
        let life = OrderLife.all[4]
        let stage = OwnOrderStage()
        let order = stage.place(life.ticket)
        stage.reply(order, life.number)
        var other = life
        other.number = 3_000
        for push in other.pushes(order) { stage.push(push) }
        #expect(stage.counts.namesakes > 0)
        #expect(stage.fills(order) == [])
        #expect(stage.state(order) == .active(.open))
    }

    @Test func `orders of others, of other runs and of margin accounts are left alone`() {
        let life = OrderLife.all[4]
        let stage = OwnOrderStage()
        let order = stage.place(life.ticket)
        stage.reply(order, 999)
        for push in life.pushes(order) {
            let run = CoinExOrderNaming(bot: "test", run: 8)!.name(order, of: StrategyID(0)).description
            stage.push(push.replacing(Exchange.clientID(order), with: run))
            stage.push(push.replacing(Exchange.clientID(order), with: "somebody"))
            stage.push(push.replacing(#""account":0"#, with: #""account":3"#))
        }
        #expect(stage.fills(order) == [])
        #expect(stage.state(order) == .active(.open))
    }

    @Test func `deals whose fee is in two assets are left to a question`() {
        let life = OrderLife.all[3]
        let stage = OwnOrderStage()
        let order = stage.place(life.ticket)
        stage.reply(order, life.number)
        for push in life.pushes(order) {
            stage.push(
                push.replacing(
                    #""asset_fee":"0","fee_asset":null"#, with: #""asset_fee":"0.5","fee_asset":"CET""#))
        }
        #expect(stage.fills(order) == [])
        stage.run(.seconds(5))
        #expect(stage.asked.contains(order))
        for fact in life.answer(order) { stage.tell(fact) }
        check(life, order, stage, "asked")
    }

    /// All orders of a few things, or many of more.
    private static func orders(_ count: Int) -> [[Int]] {
        if count <= 5 { return permutations(count) }
        var random = SeededRandom(seed: FuzzChoice.seed)
        return (0..<200).map { _ in
            var order: [Int] = []
            for place in 0..<count { order.insert(place, at: random.below(place + 1)) }
            return order
        }
    }

    static func permutations(_ count: Int) -> [[Int]] {
        guard count > 1 else { return [Array(0..<count)] }
        var all: [[Int]] = []
        for shorter in permutations(count - 1) {
            for place in 0..<count {
                var longer = shorter
                longer.insert(count - 1, at: place)
                all.append(longer)
            }
        }
        return all
    }
}
