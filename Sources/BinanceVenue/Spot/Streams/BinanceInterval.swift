import WireCodecs
import WireValues

/// How long a candle of Binance lasts; upper and lower case differ: `m` is a minute, `M` a month.
package enum BinanceInterval: String, WireWord {
    case second = "1s"
    case minute = "1m"
    case minutes3 = "3m"
    case minutes5 = "5m"
    case minutes15 = "15m"
    case minutes30 = "30m"
    case hour = "1h"
    case hours2 = "2h"
    case hours4 = "4h"
    case hours6 = "6h"
    case hours8 = "8h"
    case hours12 = "12h"
    case day = "1d"
    case days3 = "3d"
    case week = "1w"
    case month = "1M"

    package init?(written text: JSONText) {
        switch text {
        case "1s": self = .second
        case "1m": self = .minute
        case "3m": self = .minutes3
        case "5m": self = .minutes5
        case "15m": self = .minutes15
        case "30m": self = .minutes30
        case "1h": self = .hour
        case "2h": self = .hours2
        case "4h": self = .hours4
        case "6h": self = .hours6
        case "8h": self = .hours8
        case "12h": self = .hours12
        case "1d": self = .day
        case "3d": self = .days3
        case "1w": self = .week
        case "1M": self = .month
        default: return nil
        }
    }
}

/// The window of rolling statistics.
package enum BinanceWindow: String, WireWord {
    case hour = "1h"
    case hours4 = "4h"
    case day = "1d"

    /// The kind of its events: `1hTicker`.
    package var eventName: String { rawValue + "Ticker" }
}

/// How many levels a side of a partial book has.
package enum BinanceTopLevels: Int, CaseIterable, Sendable {
    case five = 5
    case ten = 10
    case twenty = 20
}

/// How often books are pushed.
package enum BinanceDepthSpeed: String, CaseIterable, Sendable {
    /// Once a second, which is what names without a speed mean.
    case slow = ""
    case fast = "@100ms"
}
