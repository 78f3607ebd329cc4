import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Same inputs, same decisions: and any difference shows in the hash.
struct DecisionChainTests {
    /// A strategy that trades by dice, played for a while.
    private func play(seed: UInt64 = 1, quantity: String = "0.1", pause: Int64 = 50) -> DecisionChain {
        let size = Money.quantity(quantity)
        let stage = Stage.one(venue: Money.limits(batchSize: 3), seed: seed) { heard, desk in
            guard case .quote(let quote) = heard else { return }
            for _ in 0..<desk.random.below(4) {
                let price = quote.bid - Money.price("0.01") * desk.random.below(100)
                desk.place(.limit(.buy, size, at: price, in: quote.market))
            }
            if desk.random.chance(0.2) { desk.cancelAll() }
            if let order = desk.openOrders().first(where: { _ in true }), desk.random.chance(0.3) {
                desk.modify(order.id, price: order.price - Money.price("0.01"))
            }
        }
        for step in 0..<300 {
            stage.run(.milliseconds(pause))
            stage.quote("99.50", "100.50")
            if step % 3 == 0, let id = stage.placed.last { stage.feed(Money.accepted(id)) }
            if step % 7 == 0, let id = stage.cancelled.last {
                stage.feed(Money.progress(id, .cancelled, "0"))
            }
        }
        return stage.chain
    }

    @Test func `the same inputs give the same chain`() {
        let first = play()
        let second = play()
        #expect(first == second)
        #expect(first.count > 300)
        #expect(first.text.count == 16)
    }

    @Test func `another seed, another parameter or another time gives another chain`() {
        let chains = [play(), play(seed: 2), play(quantity: "0.101"), play(pause: 51)]
        #expect(Set(chains.map(\.hash)).count == chains.count)
    }

    private let placement = Placement(
        order: OrderID(sequence: 1, slot: 0), strategy: StrategyID(0),
        ticket: Money.limit(.buy, "1", at: "99"))

    private func hash(_ dispatches: [Dispatch]) -> UInt64 {
        var chain = DecisionChain()
        for dispatch in dispatches { chain.add(dispatch) }
        return chain.hash
    }

    @Test func `every part of a placement counts`() {
        let changes: [(inout Placement) -> Void] = [
            { _ in }, { $0.order = OrderID(sequence: 2, slot: 0) }, { $0.strategy = StrategyID(1) },
            { $0.ticket.market = MarketID(1) }, { $0.ticket.side = .sell }, { $0.ticket.kind = .stopLimit },
            { $0.ticket.duration = .makerOnly }, { $0.ticket.isHidden = true },
            { $0.ticket.price = Money.price("99.000000000001") },
            { $0.ticket.quantity = Money.quantity("1.000000000001") },
            { $0.ticket.spend = Money.notional("0.000000000001") },
            {
                $0.ticket.kind = .stopLimit
                $0.ticket.stopPrice = Price(5)
            },
        ]
        let hashes = changes.map { change in
            var changed = placement
            change(&changed)
            return hash([dispatch(.place(changed))])
        }
        #expect(Set(hashes).count == hashes.count)
    }

    private func dispatch(_ command: Command, request: UInt64 = 1, at now: Instant = Money.start) -> Dispatch
    {
        Dispatch(request: request, group: .place, command: command, at: now)
    }

    @Test func `kind, order, request and time of commands count`() {
        let order = placement.order
        let place = dispatch(.place(placement))
        let cancel = dispatch(
            .cancel(Cancellation(order: order, venueOrder: .unknown, market: MarketID(0), isStop: false)))
        let modify = dispatch(
            .modify(Modification(order: order, venueOrder: .unknown, replacement: placement)))
        let query = dispatch(
            .query(OrderQuery(order: order, venueOrder: .unknown, market: MarketID(0), sentAt: Money.start)))
        let hashes = [
            hash([]), hash([place]), hash([cancel]), hash([modify]), hash([query]), hash([place, cancel]),
            hash([cancel, place]), hash([dispatch(.place(placement), request: 2)]),
            hash([dispatch(.place(placement), at: Money.start + .nanoseconds(1))]),
        ]
        #expect(Set(hashes).count == hashes.count)
    }

    @Test func `the hash stands for ever`() {
        var chain = DecisionChain()
        chain.add(dispatch(.place(placement)))
        #expect(chain.text == "6c8f4c31ddb9a764", "worked out from the definition, in another language")
    }
}
