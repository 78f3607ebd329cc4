/// The shape of a series of gains: mean, spread, skew and tails.
package struct ReturnSample: Equatable, Sendable {
    package let count: Int
    package let mean: Double
    /// The standard deviation with the divisor `count - 1`; 0 below two gains.
    package let deviation: Double
    /// The third standardised moment, 0 for a symmetric shape; 0 where nothing deviates.
    package let skewness: Double
    /// The fourth standardised moment, 3 for a normal shape; 3 where nothing deviates.
    package let kurtosis: Double

    /// Mean over deviation, per gain, not scaled to a year; 0 where nothing deviates.
    package var sharpe: Double { deviation > 0 ? mean / deviation : 0 }
}

extension ReturnSample {
    package init(_ gains: [Double]) {
        let count = gains.count
        let size = Double(max(1, count))
        let mean = gains.reduce(0, +) / size
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for gain in gains {
            let distance = gain - mean
            let square = distance * distance
            second += square
            third += square * distance
            fourth += square * square
        }
        let variance = second / size
        // Gains that are the same but for the last bit do not deviate.
        let isFlat = count < 2 || variance <= mean * mean * 1e-24
        self.init(
            count: count, mean: mean, deviation: isFlat ? 0 : (second / (size - 1)).squareRoot(),
            skewness: isFlat ? 0 : third / size / (variance * variance.squareRoot()),
            kurtosis: isFlat ? 3 : fourth / size / (variance * variance))
    }
}
