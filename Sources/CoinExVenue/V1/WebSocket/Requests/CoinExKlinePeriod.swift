/// A length of candles that the venue computes.
public enum CoinExKlinePeriod: Int64, BitwiseCopyable, CaseIterable, Sendable {
    case minute = 60
    case minutes3 = 180
    case minutes5 = 300
    case minutes15 = 900
    case minutes30 = 1_800
    case hour = 3_600
    case hours2 = 7_200
    case hours4 = 14_400
    case hours6 = 21_600
    case hours12 = 43_200
    case day = 86_400
    case days3 = 259_200
    case week = 604_800

    /// The length in seconds, which is how the socket wants it.
    public var seconds: Int64 { rawValue }
}
