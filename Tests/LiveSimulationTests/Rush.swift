import LiveSimulation
import MarketModel
import Quantities
import StrategyKit

/// What strategies of one world have seen. Confined to the thread of the test.
final class RushNotes: @unchecked Sendable {
    /// Orders that the venue has taken, and when it did.
    var taken: [Instant] = []
    /// Of every cancel: how long it took from the wish to the end of the order.
    var cancelWaits: [Interval] = []
}

/// A strategy that always has more orders than the venue takes: it asks for orders far from the market, which do not
/// live long, and now and then lets one rest and cancels it a second later.
struct Rush: StrategyCallbacks {
    /// How its orders end.
    enum Life {
        /// They are immediate ones, which find nothing. The second generation does not tell of their ends.
        case immediate
        /// They rest, and are cancelled as soon as they stand.
        case cancelled
    }

    private let market: Market
    private let notes: RushNotes
    private let life: Life
    private var resting: OrderID?
    private var restingSince = Instant.distantFuture
    private var cancelledAt: Instant?
    private static let waitingMax = 30
    private static let size = Quantity(raw: 20_000_000_000)

    init(_ setup: StrategySetup, _ notes: RushNotes, _ life: Life) {
        market = setup.market
        self.notes = notes
        self.life = life
    }

    static func strategy(_ notes: RushNotes, _ life: Life = .immediate) -> SimulatedStrategy {
        SimulatedStrategy("rush", markets: ["BTCUSDT"]) { Rush($0, notes, life) }
    }

    mutating func onStart(_ desk: inout Desk) { desk.setAlarm(after: .milliseconds(20), tag: 1) }

    mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        desk.setAlarm(after: .milliseconds(20), tag: 1)
        guard let quote = desk.quote(market.id) else { return }
        let price = Price(raw: quote.bid.raw / 20 * 19).rounded(to: market.rules.tick, .down)
        if let order = resting {
            if cancelledAt == nil, desk.now - restingSince > .seconds(1) {
                cancelledAt = desk.now
                desk.cancel(order)
            }
        } else {
            resting = desk.place(.limit(.buy, Self.size, at: price, in: market.id, .makerOnly))
            restingSince = .distantFuture
        }
        var count = desk.openOrders(in: market.id).reduce(0) { sum, _ in sum + 1 }
        while count < Self.waitingMax {
            desk.place(.limit(.buy, Self.size, at: price, in: market.id, duration))
            count += 1
        }
    }

    private var duration: OrderDuration {
        switch life {
        case .immediate: .immediateOrCancel
        case .cancelled: .makerOnly
        }
    }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        switch order.state {
        case .active(.open):
            if order.id == resting {
                restingSince = min(restingSince, desk.now)
            } else if life == .cancelled {
                desk.cancel(order.id)
            }
        case .closed(.rejected): if order.id == resting { resting = nil }
        case .closed:
            notes.taken.append(desk.now)
            guard order.id == resting else { return }
            if let cancelledAt { notes.cancelWaits.append(desk.now - cancelledAt) }
            resting = nil
            cancelledAt = nil
        case .active: break
        }
    }
}
