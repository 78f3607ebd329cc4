import WireCodecs

/// A subscription to a stream, as its event names it.
///
/// The key stands in it in clear: such a message is sent, never shown.
package enum JayxSubscription: Equatable, Sendable {
    /// Candles of so many seconds (inferred: `60` for a minute).
    case kline(symbol: String, seconds: Int)
    /// `precise` joins levels; 1 is taken for the finest.
    case orderBook(symbol: String, precise: Int)
    case positions(key: String)
    case openOrders(key: String, symbol: String)

    package var stream: JayxStream {
        switch self {
        case .kline: .kline
        case .orderBook: .orderBook
        case .positions: .positions
        case .openOrders: .openOrders
        }
    }

    /// Writes the message that goes with the event.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .kline(let symbol, let seconds):
            Self.text("category", "spot", &json)
            Self.text("symbol", symbol, &json)
            Self.text("interval", "\(seconds)", &json)
        case .orderBook(let symbol, let precise):
            Self.text("category", "spot", &json)
            Self.text("symbol", symbol, &json)
            Self.text("precise", "\(precise)", &json)
        case .positions(let key):
            Self.text("apiKey", key, &json)
            Self.text("category", "spot", &json)
        case .openOrders(let key, let symbol):
            Self.text("apiKey", key, &json)
            Self.text("category", "spot", &json)
            Self.text("symbol", symbol, &json)
        }
        json.endObject()
    }

    private static func text(_ name: StaticString, _ value: String, _ json: inout JSONWriter) {
        json.key(name)
        json.string(value)
    }
}

extension JayxSubscription: CustomStringConvertible {
    package var description: String {
        switch self {
        case .kline(let symbol, let seconds): "kline \(symbol) \(seconds)s"
        case .orderBook(let symbol, let precise): "orderbook \(symbol) \(precise)"
        case .positions: "positions (secret)"
        case .openOrders(_, let symbol): "openorders (secret) \(symbol)"
        }
    }
}
