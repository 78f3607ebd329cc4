import Quantities

/// What an order asks for, before it has an identity.
@frozen public struct OrderTicket: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    public var side: Side
    public var kind: OrderKind
    public var duration: OrderDuration
    /// Left out of the public book, where the venue can do that.
    public var isHidden: Bool
    /// The limit; zero for market orders.
    public var price: Price
    /// The trigger of stop orders; zero for others.
    public var stopPrice: Price
    /// In the base asset. Of an order that spends a sum, the most that it is expected to buy: what risk counts.
    public var quantity: Quantity
    /// How much a market buy spends, in the quote asset and without fees; zero for orders of a quantity.
    public var spend: Notional

    @inlinable
    public init(
        market: MarketID, side: Side, kind: OrderKind, duration: OrderDuration = .goodTillCancelled,
        price: Price = .zero, stopPrice: Price = .zero, quantity: Quantity, spend: Notional = .zero,
        isHidden: Bool = false
    ) {
        self.market = market
        self.side = side
        self.kind = kind
        self.duration = duration
        self.isHidden = isHidden
        self.price = price
        self.stopPrice = stopPrice
        self.quantity = quantity
        self.spend = spend
    }
}

/// How an order finds its price.
@frozen public enum OrderKind: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    /// At the limit price or better.
    case limit = 1
    /// At whatever the book offers, at once; the rest is dropped.
    case market = 2
    /// Becomes a limit order when the last trade reaches the stop price.
    case stopLimit = 3
    /// Becomes a market order when the last trade reaches the stop price.
    case stopMarket = 4

    @inlinable public var isStop: Bool {
        switch self {
        case .limit, .market: false
        case .stopLimit, .stopMarket: true
        }
    }

    @inlinable public var hasLimit: Bool {
        switch self {
        case .limit, .stopLimit: true
        case .market, .stopMarket: false
        }
    }
}

/// How long a limit order stands, and what it may do on entry.
@frozen public enum OrderDuration: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    /// Rests until it is filled or cancelled.
    case goodTillCancelled = 1
    /// Fills what it can at once; the rest is dropped.
    case immediateOrCancel = 2
    /// Fills completely at once or not at all.
    case fillOrKill = 3
    /// Refused if it would take liquidity.
    case makerOnly = 4
}

extension OrderTicket {
    /// Whether it trades on entry and is over, rather than to rest or to wait for a trigger.
    @inlinable public var endsAtOnce: Bool {
        switch (kind, duration) {
        case (.market, _), (.limit, .immediateOrCancel), (.limit, .fillOrKill): true
        case (.limit, .goodTillCancelled), (.limit, .makerOnly), (.stopLimit, _), (.stopMarket, _): false
        }
    }

    /// Whether it buys for a sum, rather than a quantity.
    @inlinable public var spendsSum: Bool { !spend.isZero }

    /// What it is filled with; nil where only the venue can say that, because it buys for a sum.
    @inlinable public var quantityWhenFilled: Quantity? { spendsSum ? nil : quantity }

    @inlinable
    public static func limit(
        _ side: Side, _ quantity: Quantity, at price: Price, in market: MarketID,
        _ duration: OrderDuration = .goodTillCancelled
    ) -> OrderTicket {
        OrderTicket(
            market: market, side: side, kind: .limit, duration: duration, price: price, quantity: quantity)
    }

    @inlinable
    public static func market(_ side: Side, _ quantity: Quantity, in market: MarketID) -> OrderTicket {
        OrderTicket(
            market: market, side: side, kind: .market, duration: .immediateOrCancel, quantity: quantity)
    }

    /// Buys for a sum at the market, in whole lots: what pays for no further lot is not spent.
    ///
    /// - Parameter quantity: the most that it is expected to buy, in whole lots. Risk counts it as bought until
    ///   the order has ended; a venue does not know of it, and buys more where the price has fallen. `Desk.buy`
    ///   works it out.
    @inlinable
    public static func marketBuy(
        spending sum: Notional, atMost quantity: Quantity, in market: MarketID
    ) -> OrderTicket {
        OrderTicket(
            market: market, side: .buy, kind: .market, duration: .immediateOrCancel, quantity: quantity,
            spend: sum)
    }

    @inlinable
    public static func stopLimit(
        _ side: Side, _ quantity: Quantity, at price: Price, when stopPrice: Price, in market: MarketID,
        _ duration: OrderDuration = .goodTillCancelled
    ) -> OrderTicket {
        OrderTicket(
            market: market, side: side, kind: .stopLimit, duration: duration, price: price,
            stopPrice: stopPrice, quantity: quantity)
    }

    @inlinable
    public static func stopMarket(
        _ side: Side, _ quantity: Quantity, when stopPrice: Price, in market: MarketID
    ) -> OrderTicket {
        OrderTicket(
            market: market, side: side, kind: .stopMarket, duration: .immediateOrCancel,
            stopPrice: stopPrice, quantity: quantity)
    }
}
