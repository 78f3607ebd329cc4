import Quantities
import WireCodecs

// Decimals. Prices, quantities and balances are exact: a digit that would be lost is an error. What the venue computed
// (volumes, turnovers, averages, Greeks) loses digits beyond the twelfth, toward zero.

extension WireMembers {
    /// An exact price; less than zero is an error.
    @inlinable @inline(always)
    package mutating func price(_ field: WireField) throws(WireError) -> Price {
        Price(raw: try exact(field))
    }

    @inlinable @inline(always)
    package mutating func priceOrNil(_ field: WireField) throws(WireError) -> Price? {
        try isGiven(field) ? try price(field) : nil
    }

    /// A price that the venue computed, such as an average or a change; may be less than zero.
    @inlinable @inline(always)
    package mutating func computedPrice(_ field: WireField) throws(WireError) -> Price {
        Price(raw: try signed(field, isExact: false))
    }

    @inlinable @inline(always)
    package mutating func computedPriceOrNil(_ field: WireField) throws(WireError) -> Price? {
        try isGiven(field) ? try computedPrice(field) : nil
    }

    /// An exact quantity; less than zero is an error.
    @inlinable @inline(always)
    package mutating func quantity(_ field: WireField) throws(WireError) -> Quantity {
        Quantity(raw: try exact(field))
    }

    @inlinable @inline(always)
    package mutating func quantityOrNil(_ field: WireField) throws(WireError) -> Quantity? {
        try isGiven(field) ? try quantity(field) : nil
    }

    /// An exact quantity whose sign is its side.
    @inlinable @inline(always)
    package mutating func signedQuantity(_ field: WireField) throws(WireError) -> Quantity {
        Quantity(raw: try signed(field, isExact: true))
    }

    /// A sum of quantities, computed.
    @inlinable @inline(always)
    package mutating func volume(_ field: WireField) throws(WireError) -> Quantity {
        Quantity(raw: try unsigned(field))
    }

    @inlinable @inline(always)
    package mutating func volumeOrNil(_ field: WireField) throws(WireError) -> Quantity? {
        try isGiven(field) ? try volume(field) : nil
    }

    /// A value in the quote asset, computed; may be less than zero.
    @inlinable @inline(always)
    package mutating func notional(_ field: WireField) throws(WireError) -> Notional {
        Notional(raw: try signed(field, isExact: false))
    }

    @inlinable @inline(always)
    package mutating func notionalOrNil(_ field: WireField) throws(WireError) -> Notional? {
        try isGiven(field) ? try notional(field) : nil
    }

    /// An exact amount of an asset, with its sign.
    @inlinable @inline(always)
    package mutating func amount(_ field: WireField) throws(WireError) -> Amount {
        Amount(raw: try signed(field, isExact: true))
    }

    @inlinable @inline(always)
    package mutating func amountOrNil(_ field: WireField) throws(WireError) -> Amount? {
        try isGiven(field) ? try amount(field) : nil
    }

    /// A ratio, a volatility or a Greek, computed; exponents are taken.
    @inlinable @inline(always)
    package mutating func figure(_ field: WireField) throws(WireError) -> Figure {
        if let raw = usual(field, { json in json.takeSignedDecimal() }) { return Figure(raw: raw) }
        return settle(try figureAnyhow(field))
    }

    @inlinable @inline(always)
    package mutating func figureOrNil(_ field: WireField) throws(WireError) -> Figure? {
        try isGiven(field) ? try figure(field) : nil
    }

    // MARK: In raw units

    @inlinable @inline(always)
    mutating func exact(_ field: WireField) throws(WireError) -> Int128 {
        if let raw = usual(field, { json in json.takeDecimal() }) { return raw }
        return settle(try decimalAnyhow(field, isSigned: false, isExact: true))
    }

    @inlinable @inline(always)
    mutating func unsigned(_ field: WireField) throws(WireError) -> Int128 {
        if let raw = usual(field, { json in json.takeDecimal() }) { return raw }
        return settle(try decimalAnyhow(field, isSigned: false, isExact: false))
    }

    @inlinable @inline(always)
    mutating func signed(_ field: WireField, isExact: Bool) throws(WireError) -> Int128 {
        if let raw = usual(field, { json in json.takeSignedDecimal() }) { return raw }
        return settle(try decimalAnyhow(field, isSigned: true, isExact: isExact))
    }

    @usableFromInline @inline(never)
    func decimalAnyhow(
        _ field: WireField, isSigned: Bool, isExact: Bool
    ) throws(WireError) -> (value: Int128, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in
            try json.wireDecimal(field, isSigned: isSigned, isExact: isExact)
        }
    }

    @usableFromInline @inline(never)
    func figureAnyhow(_ field: WireField) throws(WireError) -> (value: Figure, next: JSONCursor) {
        try anyhow(field) { json throws(WireError) in try json.wireFigure(field) }
    }
}
