import Quantities
import Testing

/// The references are the doubles nearest to the true values, computed with 300 bits.
struct SignalMathTests {
    @Test(arguments: [
        (1e-300, 1.0), (1e-17, 1.0), (-1e-10, 0.9999999999), (1e-05, 1.00001000005),
        (0.1, 1.1051709180756477), (-0.1, 0.9048374180359595),
        (0.34657359027997264, 1.414213562373095), (0.3465735902799727, 1.4142135623730951),
        (-0.5, 0.6065306597126334), (0.6931471805599453, 2.0), (1.0, 2.718281828459045),
        (-1.0, 0.36787944117144233), (2.5, 12.182493960703473), (-7.25, 0.000710174388842549),
        (10.0, 22026.465794806718), (37.0, 1.1719142372802612e+16), (-37.5, 5.175555005801869e-17),
        (100.125, 3.0460357809113723e+43), (-200.0, 1.3838965267367376e-87),
        (333.333, 5.8167786320461923e+144), (500.5, 2.314132344963141e+217),
        (-650.0, 5.111951948651156e-283), (700.0, 1.0142320547350045e+304),
        (709.7, 1.6549840276802644e+308), (-708.0, 3.307553003638408e-308),
        (709.78, 1.7928227943945155e+308), (-708.39, 2.2394014988804677e-308),
    ])
    func `the exponential is near the true value`(x: Double, expected: Double) {
        #expect(abs(SignalMath.exp(x) - expected) <= 1e-15 * expected)
    }

    @Test(arguments: [
        (.leastNonzeroMagnitude, -744.4400719213812),
        (Double(bitPattern: 20_240_225_330_731), -713.8013788281542),
        (2.2250738585072014e-308, -708.3964185322641), (1e-100, -230.25850929940458),
        (1e-12, -27.631021115928547), (0.001, -6.907755278982137), (0.1, -2.3025850929940455),
        (0.5, -0.6931471805599453), (0.7071067811865475, -0.34657359027997275),
        (0.7071067811865477, -0.3465735902799724), (0.9, -0.10536051565782628),
        (0.999, -0.0010005003335835344), (0.9999999999, -1.000000082790371e-10),
        (0.9999999999999999, -1.1102230246251565e-16),
        (1.0000000000000002, 2.2204460492503128e-16), (1.0000001, 9.999999505838704e-08),
        (1.1, 0.09531017980432493), (1.4142135623730951, 0.3465735902799727),
        (1.4142135623730954, 0.34657359027997287), (2.0, 0.6931471805599453),
        (2.718281828459045, 1.0), (3.0, 1.0986122886681098), (10.0, 2.302585092994046),
        (61837.63, 11.032267357817966), (1000000.0, 13.815510557964274),
        (1e+100, 230.25850929940458), (1.7976931348623157e+308, 709.782712893384),
    ])
    func `the logarithm is near the true value`(x: Double, expected: Double) {
        #expect(abs(SignalMath.log(x) - expected) <= 1e-15 * abs(expected))
    }

    @Test func `the ends of the range are exact`() {
        #expect(SignalMath.exp(0) == 1)
        #expect(SignalMath.exp(-0.0) == 1)
        #expect(SignalMath.exp(709.782712893384) == 1.7976931348622732e+308)
        #expect(SignalMath.exp(709.79) == .infinity)
        #expect(SignalMath.exp(.infinity) == .infinity)
        #expect(SignalMath.exp(-745.2) == 0)
        #expect(SignalMath.exp(-.infinity) == 0)
        #expect(SignalMath.exp(-745) == .leastNonzeroMagnitude)
        #expect(SignalMath.exp(.nan).isNaN)
        #expect(SignalMath.log(1) == 0)
        #expect(SignalMath.log(0) == -.infinity)
        #expect(SignalMath.log(-0.0) == -.infinity)
        #expect(SignalMath.log(.infinity) == .infinity)
        #expect(SignalMath.log(-1e-300).isNaN)
        #expect(SignalMath.log(.nan).isNaN)
    }

    @Test func `below the normal numbers the exponential loses no more than half a unit`() {
        let unit = Double.leastNonzeroMagnitude
        #expect(abs(SignalMath.exp(-720) - 41_132_809_365 * unit) <= unit)
        #expect(abs(SignalMath.exp(-740) - 85 * unit) <= unit)
    }

    @Test func `logarithm and exponential undo each other`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<20_000 {
            let x = (random.uniform() - 0.5) * 1_400
            #expect(abs(SignalMath.log(SignalMath.exp(x)) - x) <= 1e-15 * max(1, abs(x)))
        }
    }

    /// Another machine, compiler or level of optimisation that rounds elsewhere changes the digest.
    @Test func `every bit of a long run is as recorded`() {
        var random = SeededRandom(seed: 7)
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for _ in 0..<20_000 {
            let values = [
                SignalMath.exp((random.uniform() - 0.5) * 1_400),
                SignalMath.log(random.uniform() * 1e6), SignalMath.gaussian(from: &random),
                SignalMath.exponential(from: &random),
            ]
            for value in values { digest = (digest ^ value.bitPattern) &* 0x0000_0100_0000_01B3 }
        }
        #expect(digest == 4_347_895_188_442_863_084)
    }

    @Test func `normal numbers have the moments of the normal distribution`() {
        var random = SeededRandom(seed: 5)
        let count = 100_000
        var sums = [0.0, 0.0, 0.0, 0.0]
        var beyondTwo = 0
        for _ in 0..<count {
            let x = SignalMath.gaussian(from: &random)
            sums[0] += x
            sums[1] += x * x
            sums[2] += x * x * x
            sums[3] += x * x * x * x
            if abs(x) > 2 { beyondTwo += 1 }
        }
        let moments = sums.map { $0 / Double(count) }
        #expect(abs(moments[0]) < 0.015)
        #expect(abs(moments[1] - 1) < 0.02)
        #expect(abs(moments[2]) < 0.04)
        #expect(abs(moments[3] - 3) < 0.12)
        #expect(abs(Double(beyondTwo) / Double(count) - 0.0455) < 0.003)
    }

    @Test func `exponential numbers have mean and variance one and are never negative`() {
        var random = SeededRandom(seed: 6)
        let count = 100_000
        var sum = 0.0
        var squares = 0.0
        var least = Double.infinity
        for _ in 0..<count {
            let x = SignalMath.exponential(from: &random)
            sum += x
            squares += x * x
            least = min(least, x)
        }
        #expect(least >= 0)
        #expect(abs(sum / Double(count) - 1) < 0.015)
        #expect(abs(squares / Double(count) - 2) < 0.08)
    }
}
