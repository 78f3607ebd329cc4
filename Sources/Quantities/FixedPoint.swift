/// An exact decimal number of twelve digits after the point, held as an integer.
///
/// Every amount of money in Martlet is one of the conforming types: `Price`, `Quantity`, `Notional`,
/// `Amount`, `FeeRate`. They differ in meaning, not in representation, and do not mix: a price times a
/// quantity is a notional, a price plus a quantity does not compile.
///
/// - Range: text is accepted up to ±10^18 units (`FixedPointScale.parsableUnits`); arithmetic holds
///   ±1.7 × 10^26 units, so sums of parsed values cannot overflow in any realistic number of steps.
///   `+` and `-` trap there; products and quotients throw `ArithmeticError.overflow`.
/// - There is no initializer from `Double`: crossing from a signal to money names its rounding, see
///   `init(signal:step:_:)`.
public protocol FixedPoint: BitwiseCopyable, Comparable, CustomStringConvertible, Hashable, Sendable {
    /// The value in units of 10^-12.
    var raw: Int128 { get set }

    /// Creates a value from units of 10^-12.
    init(raw: Int128)
}

/// The scale that all fixed-point types share.
public enum FixedPointScale {
    /// Digits after the decimal point.
    @inlinable public static var digits: Int { 12 }

    /// Raw units in one whole unit, 10^12.
    @inlinable public static var unit: UInt64 { 1_000_000_000_000 }

    /// The largest whole part that text may have: 10^18 - 1.
    public static let wholeDigitsMax = 18
}

/// A failed computation with exact numbers.
public enum ArithmeticError: Error, Equatable, Sendable {
    /// The exact result does not fit the type.
    case overflow
    /// The divisor is zero.
    case divisionByZero
}

/// What happens to the digits that a result cannot hold.
public enum Rounding: Sendable {
    /// Toward minus infinity.
    case down
    /// Toward plus infinity.
    case up
    /// Drops the excess digits.
    case towardZero
    /// The next larger magnitude.
    case awayFromZero
    /// To the nearest value; ties go to the even one.
    case toNearestOrEven
}

extension FixedPoint {
    @inlinable public static var zero: Self { Self(raw: 0) }

    /// Creates a value from a whole number of units.
    @inlinable public init(_ units: Int) {
        self.init(raw: Int128(units) * Int128(FixedPointScale.unit))
    }

    @inlinable public var isZero: Bool { raw == 0 }
    @inlinable public var isPositive: Bool { raw > 0 }
    @inlinable public var isNegative: Bool { raw < 0 }
    @inlinable public var magnitude: Self { raw < 0 ? Self(raw: -raw) : self }

    @inlinable public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
    @inlinable public static func == (a: Self, b: Self) -> Bool { a.raw == b.raw }
    @inlinable public static func + (a: Self, b: Self) -> Self { Self(raw: a.raw + b.raw) }
    @inlinable public static func - (a: Self, b: Self) -> Self { Self(raw: a.raw - b.raw) }
    @inlinable public static func += (a: inout Self, b: Self) { a.raw += b.raw }
    @inlinable public static func -= (a: inout Self, b: Self) { a.raw -= b.raw }
    @inlinable public static prefix func - (a: Self) -> Self { Self(raw: -a.raw) }

    /// The sum, or an error where `+` would trap.
    @inlinable public func adding(_ other: Self) throws(ArithmeticError) -> Self {
        let (sum, overflow) = raw.addingReportingOverflow(other.raw)
        if overflow { throw .overflow }
        return Self(raw: sum)
    }
}

// MARK: - Steps: ticks and lots

extension FixedPoint {
    /// Whether the value is a whole number of steps. A step must be positive.
    @inlinable public func isMultiple(of step: Self) -> Bool {
        precondition(step.raw > 0, "a step is positive")
        if let value = Int64(exactly: raw), let step = Int64(exactly: step.raw) {
            return value % step == 0
        }
        return raw % step.raw == 0
    }

    /// The nearest multiple of `step` in the direction of `rounding`. A step must be positive.
    @inlinable public func rounded(to step: Self, _ rounding: Rounding) -> Self {
        precondition(step.raw > 0, "a step is positive")
        let remainder: Int128
        if let value = Int64(exactly: raw), let small = Int64(exactly: step.raw) {
            remainder = Int128(value % small)
        } else {
            remainder = raw % step.raw
        }
        if remainder == 0 { return self }
        let toward = raw - remainder
        let away = raw < 0 ? toward - step.raw : toward + step.raw
        switch rounding {
        case .towardZero: return Self(raw: toward)
        case .awayFromZero: return Self(raw: away)
        case .down: return Self(raw: raw < 0 ? away : toward)
        case .up: return Self(raw: raw < 0 ? toward : away)
        case .toNearestOrEven:
            let twice = remainder.magnitude * 2
            if twice < step.raw.magnitude { return Self(raw: toward) }
            if twice > step.raw.magnitude { return Self(raw: away) }
            return Self(raw: (toward / step.raw) % 2 == 0 ? toward : away)
        }
    }

    /// A whole number of steps.
    @inlinable public static func * (step: Self, count: Int) -> Self {
        Self(raw: step.raw * Int128(count))
    }

    /// How many times `step` goes into the value, dropping the rest. A step must be positive.
    @inlinable public func steps(of step: Self) -> Int {
        precondition(step.raw > 0, "a step is positive")
        if let value = Int64(exactly: raw), let small = Int64(exactly: step.raw) {
            return Int(value / small)
        }
        return Int(clamping: raw / step.raw)
    }
}
