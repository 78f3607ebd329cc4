import CoinExVenue
import MarketModel
import Quantities

// Answers in the words of no generation.

/// The terms of a market.
package struct CoinExMarketRow: Equatable, Sendable {
    package let name: String
    package let base: String
    package let quote: String
    package let priceDecimals: Int
    package let amountDecimals: Int
    package let rules: MarketRules

    init(_ name: String, _ info: CoinExMarketInfo) {
        self.name = name
        base = info.base
        quote = info.quote
        priceDecimals = info.priceDecimals
        amountDecimals = info.amountDecimals
        rules = info.rules
    }

    init(_ market: CoinExV2Market) {
        name = market.name
        base = market.base
        quote = market.quote
        priceDecimals = market.quoteDecimals
        amountDecimals = market.baseDecimals
        rules = market.rules
    }
}

/// The day so far of a market.
package struct CoinExTickerRow: Equatable, Sendable {
    package let market: String
    package let last: Price
    package let open: Price
    /// Nil in the second generation, whose tickers have no quotes.
    package let bid: Price?
    package let ask: Price?
    package let high: Price
    package let low: Price
    package let volume: Quantity

    init(_ market: String, _ ticker: CoinExTicker) {
        self.market = market
        last = ticker.last
        open = ticker.open
        bid = ticker.buy
        ask = ticker.sell
        high = ticker.high
        low = ticker.low
        volume = ticker.volume
    }

    init(_ ticker: CoinExV2Ticker) {
        market = ticker.market
        last = ticker.last
        open = ticker.open
        bid = nil
        ask = nil
        high = ticker.high
        low = ticker.low
        volume = ticker.volume
    }
}

/// An order of the account.
package struct CoinExOrderRow: Equatable, Sendable {
    package let id: VenueOrderID
    package let createdAt: Instant
    package let market: String
    /// As the venue calls it.
    package let type: String
    package let side: Side
    package let amount: Amount
    /// Nil for market orders.
    package let price: Price?
    /// In the base asset.
    package let filled: Quantity
    /// Nil before the first deal.
    package let average: Price?
    /// As the venue calls it, or as it follows from the figures.
    package let status: String
    /// Empty where there is none.
    package let clientID: String

    init(_ order: CoinExOrder) {
        id = order.id
        createdAt = order.createdAt
        market = order.market
        type = order.type.rawValue
        side = order.side.side
        amount = order.amount
        price = order.type == .market ? nil : order.price
        filled = order.dealAmount
        average = order.averagePrice.isPositive ? order.averagePrice : nil
        status = order.status.rawValue
        clientID = order.clientID
    }

    /// - Parameter isOver: whether it came out of a list of what has ended, or of a reply to a cancel.
    init(_ order: CoinExV2Order, isOver: Bool) {
        id = order.id
        createdAt = order.createdAt
        market = order.market
        type = order.type.rawValue
        side = order.side.side
        amount = order.amount
        price = order.type == .market ? nil : order.price
        filled = order.filled
        average = Self.average(order)
        let derived: CoinExV2OrderStatus =
            switch (isOver, order.filled.isZero) {
            case (false, true): .open
            case (false, false): order.unfilled.isZero ? .filled : .partlyFilled
            case (true, true): .cancelled
            case (true, false): order.unfilled.isZero ? .filled : .partlyCancelled
            }
        status = (order.status ?? derived).rawValue
        clientID = order.clientID
    }

    private static func average(_ order: CoinExV2Order) -> Price? {
        guard order.filled.isPositive else { return nil }
        do throws(ArithmeticError) {
            return try order.filledValue.divided(by: order.filled, .toNearestOrEven)
        } catch {
            return nil
        }
    }
}

/// A stop order of the account.
package struct CoinExStopRow: Equatable, Sendable {
    package let id: VenueOrderID
    package let createdAt: Instant
    package let market: String
    package let type: String
    package let side: Side
    package let amount: Amount
    package let stopPrice: Price
    /// Nil for stop market orders.
    package let price: Price?
    package let status: String
    package let clientID: String

    init(_ stop: CoinExStop) {
        id = stop.id
        createdAt = stop.createdAt
        market = stop.market
        type = stop.type.rawValue
        side = stop.side.side
        amount = stop.amount
        stopPrice = stop.stopPrice
        price = stop.type == .market ? nil : stop.price
        status = "waiting"
        clientID = stop.clientID
    }

    init(_ stop: CoinExFiredStop) {
        id = stop.id
        createdAt = stop.createdAt
        market = stop.market
        type = stop.type.rawValue
        side = stop.side.side
        amount = stop.amount
        stopPrice = stop.stopPrice
        price = stop.type == .market ? nil : stop.price
        status = stop.status.rawValue
        clientID = stop.clientID
    }

    init(_ stop: CoinExV2Stop, isOver: Bool) {
        id = stop.id
        createdAt = stop.createdAt
        market = stop.market
        type = stop.type.rawValue
        side = stop.side.side
        amount = stop.amount
        stopPrice = stop.triggerPrice
        price = stop.type == .market ? nil : stop.price
        status = isOver ? "ended" : "waiting"
        clientID = stop.clientID
    }
}

/// An own deal.
package struct CoinExDealRow: Equatable, Sendable {
    package let id: DealID
    package let order: VenueOrderID?
    package let createdAt: Instant
    package let market: String?
    package let side: Side?
    package let role: String
    package let price: Price
    package let amount: Quantity
    /// Nil where it is too large to be counted.
    package let value: Notional?
    package let fee: Amount
    package let feeAsset: String?

    init(_ deal: CoinExOwnDeal) {
        id = deal.id
        order = deal.order
        createdAt = deal.createdAt
        market = deal.market
        side = deal.side?.side
        role = deal.role.rawValue
        price = deal.price
        amount = deal.amount
        value = deal.money
        fee = deal.fee
        feeAsset = deal.feeAsset
    }

    init(_ deal: CoinExV2OwnDeal) {
        id = deal.id
        order = deal.order
        createdAt = deal.createdAt
        market = deal.market
        side = deal.side.side
        role = deal.role?.rawValue ?? "-"
        price = deal.price
        amount = deal.amount
        value = Self.value(deal.price, deal.amount)
        fee = deal.fee ?? .zero
        feeAsset = deal.feeAsset
    }

    private static func value(_ price: Price, _ amount: Quantity) -> Notional? {
        do throws(ArithmeticError) {
            return try price.times(amount, .toNearestOrEven)
        } catch {
            return nil
        }
    }
}

/// What became of one order of a cancel by name.
package struct CoinExCancelRow: Equatable, Sendable {
    /// Nil where the venue does not say.
    package let order: VenueOrderID?
    /// Zero is done.
    package let code: Int
}
