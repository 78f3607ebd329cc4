/// Products and quotients of raw fixed-point values, exact before the one rounding at the end.
///
/// The fast paths serve values below 2^63 raw units (9.2 million whole units), where one hardware
/// multiplication and one or two hardware divisions suffice; the general path works on 256 bits.
@usableFromInline
enum WideArithmetic {
    /// `a * b / 10^12`.
    @inlinable
    static func product(_ a: Int128, _ b: Int128, _ rounding: Rounding)
        throws(ArithmeticError) -> Int128
    {
        if a == 0 || b == 0 { return 0 }
        let negative = (a < 0) != (b < 0)
        let x = a.magnitude
        let y = b.magnitude
        if x <= UInt128(UInt64.max), y <= UInt128(UInt64.max) {
            let (high, low) = UInt64(truncatingIfNeeded: x)
                .multipliedFullWidth(by: UInt64(truncatingIfNeeded: y))
            let (quotient, rest) = dividedByUnit(high, low)
            // The product of two 64-bit numbers over 10^12 is below 2^89: it always fits.
            return signed(
                quotient, rest: UInt128(rest), of: UInt128(FixedPointScale.unit), negative, rounding)
        }
        return try wideProduct(x, y, negative, rounding)
    }

    @usableFromInline @inline(never)
    static func wideProduct(_ x: UInt128, _ y: UInt128, _ negative: Bool, _ rounding: Rounding)
        throws(ArithmeticError) -> Int128
    {
        try wideQuotient(
            x.multipliedFullWidth(by: y), by: UInt128(FixedPointScale.unit), negative, rounding)
    }

    /// A 128-bit number over 10^12.
    ///
    /// 10^12 is 2^12 times 5^12: a shift, and a long division in three digits of 32 bits, whose steps are
    /// divisions of 64-bit numbers by a constant. The compiler makes multiplications of those; a division of
    /// 128 bits would be a call that takes several times as long.
    @inlinable @inline(__always)
    static func dividedByUnit(_ high: UInt64, _ low: UInt64) -> (quotient: UInt128, rest: UInt64) {
        let divisor: UInt64 = 244_140_625
        let shifted = high << 52 | low >> 12
        let first = (high >> 12).quotientAndRemainder(dividingBy: divisor)
        let second = (first.remainder << 32 | shifted >> 32).quotientAndRemainder(dividingBy: divisor)
        let third = (second.remainder << 32 | shifted & 0xFFFF_FFFF).quotientAndRemainder(dividingBy: divisor)
        let quotient = UInt128(first.quotient) << 64 | UInt128(second.quotient << 32 | third.quotient)
        return (quotient, third.remainder << 12 | low & 0xFFF)
    }

    /// `a * 10^12 / b`.
    @inlinable
    static func quotient(_ a: Int128, _ b: Int128, _ rounding: Rounding)
        throws(ArithmeticError) -> Int128
    {
        if b == 0 { throw .divisionByZero }
        let negative = (a < 0) != (b < 0)
        let x = a.magnitude
        let y = b.magnitude
        if x <= UInt128(UInt64.max), y <= UInt128(UInt64.max) {
            let divisor = UInt64(truncatingIfNeeded: y)
            let (high, low) = UInt64(truncatingIfNeeded: x)
                .multipliedFullWidth(by: FixedPointScale.unit)
            let upper = high.quotientAndRemainder(dividingBy: divisor)
            let (lower, rest) = divisor.dividingFullWidth((upper.remainder, low))
            let quotient = UInt128(upper.quotient) << 64 | UInt128(lower)
            // At most 2^64 * 10^12 < 2^104: it always fits.
            return signed(quotient, rest: UInt128(rest), of: y, negative, rounding)
        }
        return try wideQuotient(
            x.multipliedFullWidth(by: UInt128(FixedPointScale.unit)), by: y, negative, rounding)
    }

    @usableFromInline
    static func wideQuotient(
        _ dividend: (high: UInt128, low: UInt128), by divisor: UInt128, _ negative: Bool,
        _ rounding: Rounding
    ) throws(ArithmeticError) -> Int128 {
        if dividend.high >= divisor { throw .overflow }
        let (quotient, rest) = divisor.dividingFullWidth(dividend)
        // One unit is kept free for rounding away from zero.
        if quotient >= UInt128(Int128.max) { throw .overflow }
        return signed(quotient, rest: rest, of: divisor, negative, rounding)
    }

    @inlinable @inline(__always)
    static func signed(
        _ quotient: UInt128, rest: UInt128, of divisor: UInt128, _ negative: Bool,
        _ rounding: Rounding
    ) -> Int128 {
        var magnitude = Int128(truncatingIfNeeded: quotient)
        if rest != 0 {
            let away: Bool
            switch rounding {
            case .towardZero: away = false
            case .awayFromZero: away = true
            case .down: away = negative
            case .up: away = !negative
            case .toNearestOrEven:
                let half = divisor - rest
                away = rest > half || (rest == half && magnitude & 1 == 1)
            }
            if away { magnitude += 1 }
        }
        return negative ? -magnitude : magnitude
    }
}
