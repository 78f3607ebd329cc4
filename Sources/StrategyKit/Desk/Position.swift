import MarketModel
import Quantities

/// What a strategy holds in a market, what it paid, and where its profit came from.
///
/// All figures are in the market's quote asset and exact. Profit splits without a rest:
/// `profit = spread + inventory - fees`, where the spread is what each fill was better than the mid price
/// at its moment, and inventory is what price moves did to what was held.
@frozen public struct Position: BitwiseCopyable, Equatable, Sendable {
    /// Positive is long, negative is short.
    public var quantity: Quantity = .zero
    /// Money received minus money paid, without fees.
    public var cashFlow: Notional = .zero
    /// What the open quantity cost; negative for a short position.
    public var openCost: Notional = .zero
    /// Fees in the quote asset; rebates make it smaller.
    public var fees: Notional = .zero
    /// The part of the fees that the venue paid us, as a positive number; `fees + rebates` is what we paid.
    public var rebates: Notional = .zero
    /// How much better than the mid price the fills were.
    public var spread: Notional = .zero
    /// The value of all fills.
    public var turnover: Notional = .zero
    public var fillCount = 0
    public var makerFillCount = 0

    @inlinable public init() {}

    @inlinable public var isFlat: Bool { quantity.isZero }

    /// What was earned by fills that closed quantity, before fees.
    @inlinable public var realised: Notional { cashFlow + openCost }

    /// The average price of the open quantity; nil when flat.
    public var averagePrice: Price? {
        guard !quantity.isZero else { return nil }
        do throws(ArithmeticError) {
            return try openCost.divided(by: quantity, .toNearestOrEven)
        } catch {
            return nil
        }
    }

    /// Profit after fees with the open quantity valued at `mark`.
    @inlinable
    public func profit(at mark: Price) throws(ArithmeticError) -> Notional {
        try cashFlow.adding(quantity.times(mark, .down)).adding(-fees)
    }
}

extension Position {
    /// Begins with a quantity that was opened before, for so much.
    @inlinable
    package mutating func begin(with quantity: Quantity, at cost: Notional) {
        self.quantity = quantity
        openCost = cost
        cashFlow = -cost
    }

    /// Books a fill. `mid` is the mid price at the fill's moment; nil counts no spread.
    ///
    /// `feeValue` is the fee in the quote asset, whatever asset it was charged in. A fee in the base asset
    /// is booked as if that much had been sold at the fill's price to pay it.
    @inlinable
    package mutating func book(_ fill: Fill, mid: Price?, feeValue: Notional, feeInBase: Quantity = .zero)
        throws(ArithmeticError)
    {
        let signed = fill.side == .buy ? fill.quantity : -fill.quantity
        let paid = fill.side == .buy ? fill.notional : -fill.notional
        if let mid {
            spread += try (mid - fill.price).times(signed, .down)
        }
        try move(by: signed, paid: paid)
        turnover = try turnover.adding(fill.notional)
        fees = try fees.adding(feeValue)
        if feeValue.isNegative { rebates = try rebates.adding(-feeValue) }
        if !feeInBase.isZero { try move(by: -feeInBase, paid: -feeValue) }
        fillCount += 1
        switch fill.liquidity {
        case .maker: makerFillCount += 1
        case .taker: break
        }
    }

    @inlinable
    mutating func move(by change: Quantity, paid: Notional) throws(ArithmeticError) {
        let before = quantity
        quantity = try before.adding(change)
        cashFlow = try cashFlow.adding(-paid)
        try moveOpenCost(from: before, by: change, paid: paid)
    }

    @inlinable
    mutating func moveOpenCost(from before: Quantity, by change: Quantity, paid: Notional)
        throws(ArithmeticError)
    {
        if before.isZero || before.isNegative == change.isNegative {
            openCost = try openCost.adding(paid)
        } else if quantity.isZero {
            openCost = .zero
        } else if quantity.isNegative == before.isNegative {
            // Reduced: the cost shrinks in proportion.
            let average = try openCost.divided(by: before, .toNearestOrEven)
            openCost = try quantity.times(average, .toNearestOrEven)
        } else {
            // Turned over: what is left was opened by this fill.
            let price = try paid.divided(by: change, .toNearestOrEven)
            openCost = try quantity.times(price, .toNearestOrEven)
        }
    }
}
