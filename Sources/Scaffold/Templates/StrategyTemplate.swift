/// The sources of a new strategy: small, safe on paper, and with every callback that most strategies need.
struct StrategyTemplate {
    private let scaffold: StrategyScaffold

    init(_ scaffold: StrategyScaffold) { self.scaffold = scaffold }

    private var name: ScaffoldName { scaffold.name }

    var run: String {
        let imports = ["import Launcher", "import \(scaffold.module)"].sorted().joined(separator: "\n")
        return """
            \(imports)

            Program.main("\(scaffold.bot)", \(name.type).self)

            """
    }

    var strategy: String { opening + quoting + answering }

    private var opening: String {
        #"""
        import MarketModel
        import Quantities
        import StrategyKit

        /// Buys a little below the market, and sells it a little above what it paid.
        ///
        /// One order lives at a time, and it only adds liquidity. While nothing is held it is a buy, which is moved
        /// when the market leaves it behind; while something is held it is a sell of all of it, which stays.
        /// So the position is never more than `quantity` and what was too little to sell.
        public struct \#(name.type): Strategy {
            public static let name = "\#(name.dashed)"
            public static let summary = "Buys a little below the market, and sells it a little above what it paid."

            let parameters: Parameters
            let market: Market
            /// No order is placed before.
            var resumeAt = Instant.distantPast
            var isStopping = false
            /// How often something was bought and all of it sold again.
            var rounds = 0

            public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
                try parameters.check(setup)
                self.parameters = parameters
                market = setup.market
            }

            public mutating func onStart(_ desk: inout Desk) {
                // Orders of an earlier run would be joined by ours.
                desk.cancelAll(in: market.id)
            }

            public mutating func onStop(_ desk: inout Desk) {
                isStopping = true
                desk.cancelAll(in: market.id)
                let held = desk.position(market.id).quantity
                if !held.isZero { desk.note("stops with \(held) held, after \(rounds) rounds") }
            }
        }

        // MARK: - The market

        """#
    }

    private var quoting: String {
        #"""

        extension \#(name.type) {
            public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
                guard quote.market == market.id, !isStopping else { return }
                if let order = desk.openOrders(in: market.id).first(where: { _ in true }) {
                    // Until the venue says that it ended it counts, even when we have cancelled it.
                    if isLeftBehind(order, quote) { desk.cancel(order.id) }
                    return
                }
                guard desk.now >= resumeAt, let ticket = ticket(quote, desk.position(market.id)) else { return }
                desk.place(ticket)
            }

            /// The order that is wanted now; nil when there is no price for it.
            private func ticket(_ quote: Quote, _ position: Position) -> OrderTicket? {
                let rules = market.rules
                let sellable = position.quantity.rounded(to: rules.lot, .down)
                if sellable >= max(rules.minimumQuantity, rules.lot), let paid = position.averagePrice {
                    let wanted = Double(paid) * (1 + parameters.profit / 10_000)
                    guard let price = Price(signal: wanted, step: rules.tick, .up) else { return nil }
                    // A market that has gone beyond the profit pays more.
                    return .limit(.sell, sellable, at: max(price, quote.ask), in: market.id, .makerOnly)
                }
                let wanted = Double(quote.bid) * (1 - parameters.discount / 10_000)
                guard let price = Price(signal: wanted, step: rules.tick, .down), price.isPositive else { return nil }
                return .limit(.buy, parameters.quantity, at: price, in: market.id, .makerOnly)
            }

            /// Whether a buy is farther below the market than it may be.
            private func isLeftBehind(_ order: OwnOrder, _ quote: Quote) -> Bool {
                let distance = 1 - Double(order.price) / Double(quote.bid)
                return order.side == .buy && distance > (parameters.discount + parameters.lag) / 10_000
            }
        }

        """#
    }

    private var answering: String {
        #"""

        // MARK: - Own orders

        extension \#(name.type) {
            public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
                guard case .closed(.rejected(let refusal)) = order.state else { return }
                // Asked again at once it would be refused again.
                resumeAt = desk.now + parameters.refusalPause
                desk.note("\(order.side) of \(order.quantity) at \(order.price) refused: \(refusal)")
            }

            public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
                guard fill.side == .sell, desk.position(market.id).isFlat else { return }
                rounds += 1
                if rounds == 1 { desk.note("the first round is done: sold at \(fill.price)") }
            }
        }

        """#
    }

    var parameters: String {
        #"""
        import MarketModel
        import Quantities
        import StrategyKit

        extension \#(name.type) {
            /// What the configuration may set; the defaults suit a market such as BTCUSDT.
            public struct Parameters: StrategyParameters {
                /// In the base asset, in units of 10^-12: 0.001.
                public var quantity = Quantity(raw: 1_000_000_000)
                public var discount = 1.0
                public var profit = 2.0
                public var lag = 2.0
                public var refusalPause = Interval.seconds(5)

                public init() {}
            }
        }

        extension \#(name.type).Parameters {
            /// The one description of them: checks, help, tables and editors follow it.
            public static var schema: [Parameter<Self>] {
                [
                    .quantity(
                        "quantity", \.quantity, in: Quantity(raw: 1)...Quantity(1_000_000_000_000),
                        "How much is bought at a time."),
                    .number(
                        "discount", \.discount, in: 0...1_000, unit: "basis points",
                        "How far below the best bid it is bought."),
                    .number(
                        "profit", \.profit, in: 0...1_000, unit: "basis points",
                        "How far above what was paid it is sold, fees not counted."),
                    .number(
                        "lag", \.lag, in: 0...1_000, unit: "basis points",
                        "How much farther below the bid a buy may fall before it is moved."),
                    .interval(
                        "refusal_pause", \.refusalPause, in: .milliseconds(10)...Interval.minutes(60),
                        "How long to wait after a refused order."),
                ]
            }

            /// Throws when the parameters do not fit the market: the session does not start then.
            func check(_ setup: StrategySetup) throws(StrategyError) {
                guard setup.markets.count == 1 else {
                    throw StrategyError("\#(name.dashed) trades one market, not \(setup.markets.count)")
                }
                let (market, rules) = (setup.market, setup.market.rules)
                guard quantity.isMultiple(of: rules.lot) else {
                    throw StrategyError(
                        "quantity \(quantity) is not a multiple of the lot of \(market.name), \(rules.lot)")
                }
                guard quantity >= rules.minimumQuantity else {
                    throw StrategyError(
                        "quantity \(quantity) is below the minimum of \(market.name), \(rules.minimumQuantity)")
                }
            }
        }

        """#
    }
}
