import MarketModel
import Quantities
import StrategyKit

// Strategies that do one thing each, some of them on purpose what a strategy should not do.

struct NoParameters: StrategyParameters {
    static var schema: [Parameter<Self>] { [] }
}

/// Buys at market at the first quote.
struct Buyer: Strategy {
    static let name = "buyer"
    private let market: Market
    private var hasBought = false

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard !hasBought else { return }
        hasBought = true
        desk.place(.market(.buy, Quantity(raw: 10_000_000_000), in: market.id))
    }
}

/// Buys for 25 at the market at every hundredth quote.
struct SumBuyer: Strategy {
    static let name = "sum-buyer"
    private let market: Market
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        quotes += 1
        if quotes.isMultiple(of: 100) { desk.buy(spending: Notional(25), in: market.id) }
    }
}

/// Asks for orders that cannot be, and notes what becomes of each.
struct OddOrders: Strategy {
    static let name = "odd-orders"
    private let market: Market
    private var hasAsked = false

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    /// Price and quantity of every order, raw.
    static let orders: [(price: Int128, quantity: Int128)] = [
        (59_000_005_000_000_000, 1_000_000_000),
        (59_000_000_000_000_000, 10_000_000),
        (59_000_000_000_000_000, 1_000_001_000),
        (59_000_000_000_000_000, 0),
        (-10_000_000_000, 1_000_000_000),
        (Int128.max / 10_000_000_000 * 10_000_000_000, Int128.max / 10_000_000 * 10_000_000),
        (10_000_000_000, 1_000_000_000),
    ]

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard !hasAsked else { return }
        hasAsked = true
        for order in Self.orders {
            let (price, quantity) = (Price(raw: order.price), Quantity(raw: order.quantity))
            desk.place(.limit(.buy, quantity, at: price, in: market.id))
        }
    }

    func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        if case .closed(.rejected(let refusal)) = order.state {
            desk.note("order \(order.id.sequence): \(refusal)")
        }
    }
}

/// Asks for ten thousand orders in one turn.
struct Flooder: Strategy {
    static let name = "flooder"
    static let orders = 10_000
    private let market: Market
    private var hasAsked = false

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard !hasAsked else { return }
        hasAsked = true
        var taken = 0
        for index in 0..<Self.orders {
            let price = quote.bid - market.rules.tick * (1 + index % 100)
            let ticket = OrderTicket.limit(.buy, market.rules.minimumQuantity, at: price, in: market.id)
            if desk.place(ticket) != nil { taken += 1 }
        }
        desk.note("\(taken) taken")
    }
}

/// Places an order at the first quote and throws at the hundredth.
struct Failing: Strategy {
    static let name = "failing"
    private let market: Market
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) throws {
        quotes += 1
        if quotes == 1 {
            let price = quote.bid - market.rules.tick * 10_000
            desk.place(.limit(.buy, market.rules.minimumQuantity, at: price, in: market.id))
        }
        if quotes == 100 { throw StrategyError("the hundredth quote is too much") }
    }
}

/// Rests an order far from the market at the first quote, and has done its work at the tenth.
struct Finisher: Strategy {
    static let name = "finisher"
    private let market: Market
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) { market = setup.market }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        quotes += 1
        if quotes == 1 {
            let price = quote.bid - market.rules.tick * 10_000
            desk.place(.limit(.buy, market.rules.minimumQuantity, at: price, in: market.id))
        }
        if quotes == 10 { desk.finish("ten quotes were enough") }
    }
}

/// Notes when its market cannot be read, and when it can be read again.
struct Watcher: Strategy {
    static let name = "watcher"
    init(_ parameters: NoParameters, _ setup: StrategySetup) {}

    func onBookState(_ change: BookStateChange, _ desk: inout Desk) { desk.note("book \(change.state)") }
}
