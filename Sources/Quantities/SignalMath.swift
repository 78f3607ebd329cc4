/// Elementary functions for signals, with the same bits on every machine.
///
/// A C library may answer the last bit of `exp` differently on another machine or in another version,
/// and then a replay differs from the session it replays. These use only operations that IEEE 754
/// defines to the bit (sum, product, quotient, root), in a fixed order. The relative error is below
/// 1e-14, in fact a few units of the last place. For signals, never for money.
public enum SignalMath {
    /// Above this `exp` is infinite.
    static let exponentMax = 709.782712893384
    /// Below this `exp` is zero.
    static let exponentMin = -745.1332191019412

    // The natural logarithm of 2 in two parts: the first has only 32 bits, so that its product with
    // the exponent of any double is exact.
    static let logTwoHigh = 0x1.62e42feep-1
    static let logTwoLow = 0x1.a39ef35793c76p-33

    /// e to the power of `x`; 0 and infinity beyond the range of doubles, NaN for NaN.
    public static func exp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > exponentMax { return .infinity }
        if x < exponentMin { return 0 }
        // x = k log 2 + r with |r| <= log 2 / 2, then e^x = 2^k e^r.
        let k = (x * 1.4426950408889634).rounded(.toNearestOrEven)
        let r = (x - k * logTwoHigh) - k * logTwoLow
        return scaled(exponentialNearZero(r), byPowerOfTwo: Int(k))
    }

    /// The natural logarithm; minus infinity at zero, NaN below it and for NaN.
    public static func log(_ x: Double) -> Double {
        if x.isNaN || x < 0 { return .nan }
        if x == 0 { return -.infinity }
        if x == .infinity { return x }
        // x = m 2^e with m near 1: in sqrt(1/2) ... sqrt(2).
        var m = x
        var e = 0.0
        if m < 0x1p-1022 {
            m *= 0x1p54
            e = -54
        }
        let bits = m.bitPattern
        e += Double(Int(bits >> 52) - 1023)
        m = Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000)
        if m > 1.4142135623730951 {
            m *= 0.5
            e += 1
        }
        return e * logTwoHigh + (logarithmNearOne(m) + e * logTwoLow)
    }

    /// A standard normal number: mean 0, variance 1.
    ///
    /// Marsaglia's polar method. It draws a varying number of values from the source, on average 2.5,
    /// and drops the second result, so that the source alone is the state.
    public static func gaussian(from random: inout SeededRandom) -> Double {
        while true {
            let u = 2 * random.uniform() - 1
            let v = 2 * random.uniform() - 1
            let square = u * u + v * v
            if square < 1, square > 0 {
                return u * (-2 * log(square) / square).squareRoot()
            }
        }
    }

    /// A standard exponential number: mean 1, never negative, at most 36.8.
    public static func exponential(from random: inout SeededRandom) -> Double {
        -log(1 - random.uniform())
    }
}

extension SignalMath {
    /// Taylor's series of degree 13: the first dropped term is below 5e-18 for |r| <= log 2 / 2.
    private static func exponentialNearZero(_ r: Double) -> Double {
        var sum = 1.0 / 6_227_020_800
        sum = sum * r + 1.0 / 479_001_600
        sum = sum * r + 1.0 / 39_916_800
        sum = sum * r + 1.0 / 3_628_800
        sum = sum * r + 1.0 / 362_880
        sum = sum * r + 1.0 / 40_320
        sum = sum * r + 1.0 / 5_040
        sum = sum * r + 1.0 / 720
        sum = sum * r + 1.0 / 120
        sum = sum * r + 1.0 / 24
        sum = sum * r + 1.0 / 6
        sum = sum * r + 0.5
        sum = sum * r + 1
        return sum * r + 1
    }

    /// log m = 2 artanh((m - 1) / (m + 1)), as a series whose first dropped term is below 1e-18.
    private static func logarithmNearOne(_ m: Double) -> Double {
        let f = (m - 1) / (m + 1)
        let s = f * f
        var sum = 1.0 / 23
        sum = sum * s + 1.0 / 21
        sum = sum * s + 1.0 / 19
        sum = sum * s + 1.0 / 17
        sum = sum * s + 1.0 / 15
        sum = sum * s + 1.0 / 13
        sum = sum * s + 1.0 / 11
        sum = sum * s + 1.0 / 9
        sum = sum * s + 1.0 / 7
        sum = sum * s + 1.0 / 5
        sum = sum * s + 1.0 / 3
        return 2 * (f + f * s * sum)
    }

    /// `x` times 2^k for k from -1,075 to 1,024, in two steps where one would leave the range.
    private static func scaled(_ x: Double, byPowerOfTwo k: Int) -> Double {
        if k > 1023 { return x * 2 * powerOfTwo(k - 1) }
        if k < -1022 { return x * powerOfTwo(k + 60) * 0x1p-60 }
        return x * powerOfTwo(k)
    }

    /// 2^k for the exponents of normal doubles.
    private static func powerOfTwo(_ k: Int) -> Double {
        Double(bitPattern: UInt64(k + 1023) << 52)
    }
}
