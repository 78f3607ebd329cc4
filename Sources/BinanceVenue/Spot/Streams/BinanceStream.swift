/// A market stream of Binance Spot, as it is subscribed to.
///
/// Names begin with the symbol in lower case, `btcusdt@depth@100ms`; those over all markets with `!`.
/// As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-streams.md
package struct BinanceStream: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case aggregateTrade
        case trade
        case blockTrade
        /// Candles; `isEastern` begins days at midnight of UTC+8.
        case kline(BinanceInterval, isEastern: Bool)
        case miniTicker
        case ticker
        case rollingTicker(BinanceWindow)
        case bookTicker
        /// The best levels as a whole, each time.
        case partialDepth(BinanceTopLevels, BinanceDepthSpeed)
        /// Changed levels.
        case depth(BinanceDepthSpeed)
        case averagePrice
        case referencePrice
    }

    package let kind: Kind
    /// In lower case; nil for all markets.
    package let symbol: String?

    /// The stream of one market; the case of the symbol does not matter.
    package init(_ kind: Kind, of symbol: String) {
        self.kind = kind
        self.symbol = symbol.lowercased()
    }

    /// The stream over all markets; nil where the venue has none.
    package init?(ofAllMarkets kind: Kind) {
        switch kind {
        case .miniTicker, .rollingTicker: break
        case .aggregateTrade, .trade, .blockTrade, .kline, .ticker, .bookTicker, .partialDepth, .depth,
            .averagePrice, .referencePrice:
            return nil
        }
        self.kind = kind
        symbol = nil
    }

    /// The name on the wire.
    package var name: String {
        guard let symbol else { return "!\(kind.suffix)@arr" }
        return "\(symbol)@\(kind.suffix)"
    }
}

extension BinanceStream.Kind {
    /// What stands behind the symbol.
    package var suffix: String {
        switch self {
        case .aggregateTrade: "aggTrade"
        case .trade: "trade"
        case .blockTrade: "blockTrade"
        case .kline(let interval, false): "kline_\(interval.rawValue)"
        case .kline(let interval, true): "kline_\(interval.rawValue)@+08:00"
        case .miniTicker: "miniTicker"
        case .ticker: "ticker"
        case .rollingTicker(let window): "ticker_\(window.rawValue)"
        case .bookTicker: "bookTicker"
        case .partialDepth(let levels, let speed): "depth\(levels.rawValue)\(speed.rawValue)"
        case .depth(let speed): "depth\(speed.rawValue)"
        case .averagePrice: "avgPrice"
        case .referencePrice: "referencePrice"
        }
    }

    /// All that a market has.
    package static let all: [Self] =
        [.aggregateTrade, .trade, .blockTrade]
        + BinanceInterval.allCases.map { .kline($0, isEastern: false) }
        + BinanceInterval.allCases.map { .kline($0, isEastern: true) }
        + [.miniTicker, .ticker] + BinanceWindow.allCases.map { .rollingTicker($0) }
        + [.bookTicker]
        + BinanceTopLevels.allCases.flatMap { levels in
            BinanceDepthSpeed.allCases.map { .partialDepth(levels, $0) }
        }
        + BinanceDepthSpeed.allCases.map { .depth($0) } + [.averagePrice, .referencePrice]
}
