/// What one unit of the base asset costs, in the quote asset.
@frozen public struct Price: FixedPoint {
    public var raw: Int128
    @inlinable public init(raw: Int128) { self.raw = raw }
}

/// How much of the base asset: the size of an order, a fill or a position (positions carry a sign).
@frozen public struct Quantity: FixedPoint {
    public var raw: Int128
    @inlinable public init(raw: Int128) { self.raw = raw }
}

/// A value in the quote asset of a market: price times quantity, profit, fee.
@frozen public struct Notional: FixedPoint {
    public var raw: Int128
    @inlinable public init(raw: Int128) { self.raw = raw }
}

/// How much of any asset: balances and transfers, where base and quote are just assets.
@frozen public struct Amount: FixedPoint {
    public var raw: Int128
    @inlinable public init(raw: Int128) { self.raw = raw }
    @inlinable public init(_ quantity: Quantity) { raw = quantity.raw }
    @inlinable public init(_ notional: Notional) { raw = notional.raw }
}

/// A fee as a fraction of the notional: 0.001 is ten basis points, negative is a rebate.
@frozen public struct FeeRate: FixedPoint {
    public var raw: Int128
    @inlinable public init(raw: Int128) { self.raw = raw }
}

extension Price {
    /// The notional of `quantity` at this price.
    @inlinable
    public func times(_ quantity: Quantity, _ rounding: Rounding) throws(ArithmeticError) -> Notional {
        Notional(raw: try WideArithmetic.product(raw, quantity.raw, rounding))
    }
}

extension Quantity {
    /// The notional of this quantity at `price`.
    @inlinable
    public func times(_ price: Price, _ rounding: Rounding) throws(ArithmeticError) -> Notional {
        Notional(raw: try WideArithmetic.product(raw, price.raw, rounding))
    }

    /// The share of this quantity given by a rate.
    @inlinable
    public func times(_ rate: FeeRate, _ rounding: Rounding) throws(ArithmeticError) -> Quantity {
        Quantity(raw: try WideArithmetic.product(raw, rate.raw, rounding))
    }
}

extension Notional {
    @inlinable public init(_ amount: Amount) { raw = amount.raw }

    /// The share of this value given by a rate, such as a fee.
    @inlinable
    public func times(_ rate: FeeRate, _ rounding: Rounding) throws(ArithmeticError) -> Notional {
        Notional(raw: try WideArithmetic.product(raw, rate.raw, rounding))
    }

    /// The quantity that this value buys at `price`.
    @inlinable
    public func divided(by price: Price, _ rounding: Rounding) throws(ArithmeticError) -> Quantity {
        Quantity(raw: try WideArithmetic.quotient(raw, price.raw, rounding))
    }

    /// The average price of `quantity` that cost this value.
    @inlinable
    public func divided(by quantity: Quantity, _ rounding: Rounding) throws(ArithmeticError) -> Price {
        Price(raw: try WideArithmetic.quotient(raw, quantity.raw, rounding))
    }
}

extension Quantity {
    @inlinable public init(_ amount: Amount) { raw = amount.raw }
}

extension FixedPoint {
    /// The same number under another meaning; only for code that converts units on purpose.
    @inlinable package init(reinterpreting other: some FixedPoint) { self.init(raw: other.raw) }
}
