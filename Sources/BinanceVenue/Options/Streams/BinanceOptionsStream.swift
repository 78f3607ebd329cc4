import WireValues

/// Which interface of Binance Options: the platform was rebuilt about January 2026.
package enum BinanceOptionsGeneration: String, CaseIterable, Sendable {
    /// Names in upper case, one base address, no bookTicker and no changes of books.
    case first
    /// Names in lower case, addresses by kind of data.
    case second
}

/// What options are on: an asset and what it is priced in, such as `BTC` and `USDT`.
package struct BinanceUnderlying: Equatable, Sendable {
    package let asset: String
    package let quote: String

    package init(_ asset: String, in quote: String = "USDT") {
        self.asset = asset.uppercased()
        self.quote = quote.uppercased()
    }

    package var pair: String { asset + quote }
}

/// How often books of options are pushed.
package enum BinanceOptionsSpeed: String, CaseIterable, Sendable {
    /// The venue's standard: names without a speed.
    case standard = ""
    case milliseconds100 = "@100ms"
    case milliseconds500 = "@500ms"
    case milliseconds1000 = "@1000ms"
}

/// A market stream of Binance Options, in either generation.
package enum BinanceOptionsStream: Equatable, Sendable {
    /// The second generation has one stream for all underlyings.
    case index(BinanceUnderlying?)
    case kline(String, BinanceInterval)
    /// All options of an underlying; with Greeks and volatilities in the second generation.
    case markPrice(BinanceUnderlying)
    case newSymbols
    /// The day of expiry as `yymmdd`.
    case openInterest(BinanceUnderlying, expiry: String)
    case partialDepth(String, levels: Int, BinanceOptionsSpeed)
    /// Changed levels; second generation.
    case depth(String, BinanceOptionsSpeed)
    /// Of one option; with Greeks and volatilities in the first generation.
    case ticker(String)
    case tickers(BinanceUnderlying, expiry: String)
    /// Second generation.
    case bookTicker(String)
    case trades(String)
    case tradesOfUnderlying(BinanceUnderlying)
}

/// Why a stream cannot be subscribed to.
package enum BinanceOptionsStreamError: Error, Equatable, Sendable {
    case unknown(String, BinanceOptionsGeneration)
    /// The generation has no such stream; what there is instead.
    case notInGeneration(BinanceOptionsGeneration, String)
}

extension BinanceOptionsStreamError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let name, let generation):
            "the \(generation) generation of the venue has no stream '\(name)'"
        case .notInGeneration(let generation, let advice): "not in the \(generation) generation: \(advice)"
        }
    }
}

// MARK: - Names

extension BinanceOptionsStream {
    /// The name on the wire.
    package func name(
        in generation: BinanceOptionsGeneration
    ) throws(BinanceOptionsStreamError) -> String {
        switch generation {
        case .first: try nameInFirst()
        case .second: try nameInSecond()
        }
    }

    private func nameInFirst() throws(BinanceOptionsStreamError) -> String {
        switch self {
        case .index(let underlying?): return "\(underlying.pair)@index"
        case .index(nil): throw .notInGeneration(.first, "name the underlying, as in ETHUSDT@index")
        case .kline(let symbol, let interval): return "\(symbol.uppercased())@kline_\(interval.rawValue)"
        case .markPrice(let underlying): return "\(underlying.asset)@markPrice"
        case .newSymbols: return "option_pair"
        case .openInterest(let underlying, let expiry): return "\(underlying.asset)@openInterest@\(expiry)"
        case .partialDepth(let symbol, let levels, let speed):
            guard [10, 20, 50, 100].contains(levels), speed != .milliseconds500 else {
                throw .notInGeneration(.first, "10, 20, 50 or 100 levels, every 100 or 1000 ms")
            }
            return "\(symbol.uppercased())@depth\(levels)\(speed.rawValue)"
        case .depth: throw .notInGeneration(.first, "take a partial depth of up to 100 levels")
        case .ticker(let symbol): return "\(symbol.uppercased())@ticker"
        case .tickers(let underlying, let expiry): return "\(underlying.asset)@ticker@\(expiry)"
        case .bookTicker: throw .notInGeneration(.first, "take a ticker or a partial depth")
        case .trades(let symbol): return "\(symbol.uppercased())@trade"
        case .tradesOfUnderlying(let underlying): return "\(underlying.asset)@trade"
        }
    }

    private func nameInSecond() throws(BinanceOptionsStreamError) -> String {
        switch self {
        case .index: return "!index@arr"
        case .kline(let symbol, let interval): return "\(symbol.lowercased())@kline_\(interval.rawValue)"
        case .markPrice(let underlying): return "\(underlying.pair.lowercased())@optionMarkPrice"
        case .newSymbols: return "!optionSymbol"
        case .openInterest(let underlying, let expiry):
            return "\(underlying.pair.lowercased())@optionOpenInterest@\(expiry)"
        case .partialDepth(let symbol, let levels, let speed):
            guard [5, 10, 20].contains(levels) else { throw .notInGeneration(.second, "5, 10 or 20 levels") }
            return "\(symbol.lowercased())@depth\(levels)\(try Self.inSecond(speed))"
        case .depth(let symbol, let speed):
            return "\(symbol.lowercased())@depth\(try Self.inSecond(speed))"
        case .ticker(let symbol): return "\(symbol.lowercased())@optionTicker"
        case .tickers(let underlying, let expiry):
            return "\(underlying.pair.lowercased())@optionTicker@\(expiry)"
        case .bookTicker(let symbol): return "\(symbol.lowercased())@bookTicker"
        case .trades(let symbol): return "\(symbol.lowercased())@optionTrade"
        case .tradesOfUnderlying(let underlying): return "\(underlying.pair.lowercased())@optionTrade"
        }
    }

    private static func inSecond(
        _ speed: BinanceOptionsSpeed
    ) throws(BinanceOptionsStreamError) -> String {
        switch speed {
        case .standard, .milliseconds500: return BinanceOptionsSpeed.milliseconds500.rawValue
        case .milliseconds100: return speed.rawValue
        case .milliseconds1000: throw .notInGeneration(.second, "every 100 or 500 ms")
        }
    }

    /// Which part of the second generation's address a stream is under; the first has one for all.
    package enum Section: String, Sendable {
        case market
        case `public`
    }

    package var section: Section {
        switch self {
        case .index, .kline, .markPrice, .newSymbols, .openInterest: .market
        case .partialDepth, .depth, .ticker, .tickers, .bookTicker, .trades, .tradesOfUnderlying: .public
        }
    }
}
