import Quantities

/// A figure that follows a series of values: fed one at a time, it is up to date after each.
///
/// All indicators keep to these rules:
///
/// 1. `value` is nil until as many inputs have come as the definition needs, and never again after that,
///    unless the documentation of the indicator says otherwise.
/// 2. `add` costs the same however long the window is, and allocates nothing: windows take their memory when
///    the indicator is created. Where a cost is amortised, the documentation says so.
/// 3. Rolling figures do not drift. A sum that only adds what comes and subtracts what goes would collect a
///    rounding error for every value; so a second sum is begun with every turn of the window and takes over
///    when the window has turned once more. The error is that of adding up two windows, after any number
///    of values.
/// 4. An input that is not finite, or beyond ±10^100, is left out as if it had never come: one bad value
///    must not spoil all that follow.
/// 5. The same inputs give the same bits on every machine: only operations that IEEE 754 defines to the bit,
///    and the logarithm of `SignalMath`.
///
/// Where textbooks differ in how an indicator is begun, these follow TA-Lib, because charts and other
/// programs do: a figure here is the one that its user sees elsewhere. Each indicator says how it begins.
///
/// Values are signals (`Double`), never money: `init(signal:step:_:)` of prices and quantities is the way back.
public protocol Indicator<Input, Value>: Sendable {
    associatedtype Input
    associatedtype Value

    /// Takes the next input of the series.
    mutating func add(_ input: Input)

    /// The figure after the newest input; nil while there were too few.
    var value: Value? { get }
}

extension Indicator where Input == Double {
    /// Takes a price, a quantity or another exact number as the next input.
    @inlinable
    public mutating func add(_ exact: some FixedPoint) { add(Double(exact)) }
}

/// What indicators accept.
public enum IndicatorLimits {
    /// The longest window, in inputs. Windows have their memory from the start: 8 MB at this length.
    public static let windowMax = 1_000_000

    /// The largest magnitude of an input; its square is still far from the end of `Double`.
    @inlinable public static var magnitudeMax: Double { 1e100 }

    /// Whether an indicator takes this input; false for what is not a number.
    @inlinable @inline(__always)
    public static func accepts(_ input: Double) -> Bool { input.magnitude <= magnitudeMax }

    @usableFromInline
    static func check(window: Int) {
        precondition((1...windowMax).contains(window), "a window has 1 to 1,000,000 inputs")
    }
}
