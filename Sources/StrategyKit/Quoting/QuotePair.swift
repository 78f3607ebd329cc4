import MarketModel
import Quantities

/// One bid and one ask of a strategy in a market, kept where the strategy wants them.
///
/// All orders are maker-only. The strategy says again and again what it wants, and hands on what it is told of orders;
/// the pair places, leaves alone and cancels. It holds at any moment:
/// 1. At most one order per side lives. An order counts as living until the venue says that it ended, so one whose
///    fate is unknown blocks its side and is never doubled.
/// 2. A quote moves by a cancel and, when that is confirmed, a new order: venues differ in whether fills count against
///    the quantity of a replacement.
/// 3. Nothing is placed before all orders have ended that were there when the pair began.
/// 4. A side rests for `pause` after a refusal, or after the venue took its order away.
///
/// ```swift
/// pair.want(.buy, .init(price: bid, quantity: size), slack: tick * 2, &desk)
/// pair.want(.sell, nil, slack: .zero, &desk)      // withdraws the ask
/// ```
public struct QuotePair: Sendable {
    /// What should stand on a side.
    public struct Wish: BitwiseCopyable, Equatable, Sendable {
        /// On the tick.
        public var price: Price
        /// In whole lots, at least the market's minimum.
        public var quantity: Quantity

        public init(price: Price, quantity: Quantity) {
            self.price = price
            self.quantity = quantity
        }
    }

    /// What news of an order meant for the pair.
    public enum News: Equatable, Sendable {
        /// It is not one of the pair's, or nothing changed for the pair.
        case nothing
        /// Its side is free again: look what is wanted there.
        case free(Side)
        /// It was refused; its side rests.
        case refused(Side, Refusal)
    }

    private enum State: Equatable, Sendable {
        /// No order. Can transition to: `standing` when one is placed.
        case empty
        /// An order that is to stay, as far as we know. Can transition to: `leaving` when it is cancelled, `empty` when
        /// it ended.
        case standing(OrderID, Wish)
        /// Cancelled, not known to have ended. Can transition to: `empty` when it ended, `standing` when the venue
        /// refused to cancel it.
        case leaving(OrderID, Wish)
    }

    /// How long a side rests whose order would have taken: the market moves, and the next quote shows it.
    public static let wouldTakePause = Interval.milliseconds(50)

    public let market: MarketID
    /// How long a side rests after a refusal.
    public let pause: Interval
    private var bid = State.empty
    private var ask = State.empty
    private var bidPausedUntil = Instant.distantPast
    private var askPausedUntil = Instant.distantPast
    private var isAlone = false

    public init(in market: MarketID, pause: Interval) {
        self.market = market
        self.pause = pause
    }

    /// The price of the order of a side that is to stay; nil while there is none.
    public func standing(_ side: Side) -> Price? {
        switch self[side] {
        case .standing(_, let wish): wish.price
        case .empty, .leaving: nil
        }
    }

    /// Brings a side nearer to what is wanted; nil withdraws it.
    ///
    /// - Parameter slack: how far the standing price may be from the wanted one.
    public mutating func want(_ side: Side, _ wish: Wish?, slack: Price, _ desk: inout Desk) {
        switch self[side] {
        case .leaving: return
        case .empty: if let wish { place(side, wish, &desk) }
        case .standing(let id, let standing):
            if let wish, isGood(standing, desk.order(id), wish, slack) { return }
            guard desk.now >= pausedUntil(side) || wish == nil else { return }
            self[side] = .leaving(id, standing)
            desk.cancel(id)
        }
    }

    /// Withdraws both sides.
    public mutating func withdraw(_ desk: inout Desk) {
        for side in Side.allCases { want(side, nil, slack: .zero, &desk) }
    }

    /// Takes what the strategy is told of an order.
    public mutating func take(_ order: OwnOrder, _ desk: borrowing Desk) -> News {
        guard order.market == market else { return .nothing }
        switch self[order.side] {
        case .empty: return .nothing
        case .standing(let id, let wish):
            return id == order.id ? take(order, wish, isLeaving: false, desk) : .nothing
        case .leaving(let id, let wish):
            return id == order.id ? take(order, wish, isLeaving: true, desk) : .nothing
        }
    }
}

extension QuotePair {
    private subscript(side: Side) -> State {
        get {
            switch side {
            case .buy: bid
            case .sell: ask
            }
        }
        set {
            switch side {
            case .buy: bid = newValue
            case .sell: ask = newValue
            }
        }
    }

    private func pausedUntil(_ side: Side) -> Instant {
        switch side {
        case .buy: bidPausedUntil
        case .sell: askPausedUntil
        }
    }

    private mutating func rest(_ side: Side, until time: Instant) {
        switch side {
        case .buy: bidPausedUntil = time
        case .sell: askPausedUntil = time
        }
    }

    /// Near enough, not more than is wanted, and not less than half of it.
    private func isGood(_ standing: Wish, _ order: OwnOrder?, _ wish: Wish, _ slack: Price) -> Bool {
        let remaining = order?.remaining ?? standing.quantity
        let distance = standing.price - wish.price
        return distance <= slack && -distance <= slack
            && remaining <= wish.quantity && remaining + remaining >= wish.quantity
    }

    private mutating func place(_ side: Side, _ wish: Wish, _ desk: inout Desk) {
        guard desk.now >= pausedUntil(side), !meetsOpposite(side, wish.price), isAlone(desk) else { return }
        let ticket = OrderTicket.limit(side, wish.quantity, at: wish.price, in: market, .makerOnly)
        guard let id = desk.place(ticket) else { return rest(side, until: desk.now + pause) }
        self[side] = .standing(id, wish)
    }

    /// Whether an order would meet the own one on the other side, which may still be leaving.
    private func meetsOpposite(_ side: Side, _ price: Price) -> Bool {
        switch (side, self[side.opposite]) {
        case (_, .empty): false
        case (.buy, .standing(_, let wish)), (.buy, .leaving(_, let wish)): price >= wish.price
        case (.sell, .standing(_, let wish)), (.sell, .leaving(_, let wish)): price <= wish.price
        }
    }

    /// Whether all orders have ended that the pair did not place.
    private mutating func isAlone(_ desk: borrowing Desk) -> Bool {
        if !isAlone { isAlone = desk.openOrders(in: market).isEmpty }
        return isAlone
    }

    private mutating func take(
        _ order: OwnOrder, _ wish: Wish, isLeaving: Bool, _ desk: borrowing Desk
    ) -> News {
        let side = order.side
        switch order.state {
        case .active:
            // The news may be older than our cancel: what counts is how the order stands now.
            if isLeaving, desk.order(order.id)?.isCancelRequested == false {
                self[side] = .standing(order.id, wish)
                rest(side, until: desk.now + pause)
            }
            return .nothing
        case .closed(let closing):
            self[side] = .empty
            switch closing {
            case .filled, .rejected(.withdrawn): return .free(side)
            case .cancelled:
                // Taken away by the venue: it has a reason that we do not know.
                if !isLeaving { rest(side, until: desk.now + pause) }
                return .free(side)
            case .triggerFailed: return .free(side)
            case .rejected(.venueWouldTake):
                rest(side, until: desk.now + Self.wouldTakePause)
                return .free(side)
            case .rejected(let refusal):
                rest(side, until: desk.now + pause)
                return .refused(side, refusal)
            }
        }
    }
}
