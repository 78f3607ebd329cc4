import WireValues

extension BinanceOptionsStream {
    /// The stream of this name in a generation; the case of symbols does not matter, that of the rest does.
    ///
    /// The second generation is read with `@openInterest@` as documented and `@optionOpenInterest@` as recorded.
    package init(
        parsing name: String, in generation: BinanceOptionsGeneration
    ) throws(BinanceOptionsStreamError) {
        let found =
            switch generation {
            case .first: Self.inFirst(name)
            case .second: Self.inSecond(name)
            }
        guard let found else { throw .unknown(name, generation) }
        // What cannot be named cannot be subscribed to.
        _ = try found.name(in: generation)
        self = found
    }

    private static func inFirst(_ name: String) -> Self? {
        if name == "option_pair" { return .newSymbols }
        guard let parts = Parts(name) else { return nil }
        switch (parts.kind, parts.rest) {
        case ("index", nil): return parts.pair.map { .index($0) }
        case ("markPrice", nil): return .markPrice(BinanceUnderlying(parts.subject))
        case ("openInterest", let expiry?):
            return .openInterest(BinanceUnderlying(parts.subject), expiry: expiry)
        case ("ticker", nil): return .ticker(parts.symbol)
        case ("ticker", let expiry?): return .tickers(BinanceUnderlying(parts.subject), expiry: expiry)
        case ("trade", nil):
            return parts.isOption
                ? .trades(parts.symbol) : .tradesOfUnderlying(BinanceUnderlying(parts.subject))
        case (_, _): return parts.klineOrDepth
        }
    }

    private static func inSecond(_ name: String) -> Self? {
        if name == "!optionSymbol" { return .newSymbols }
        if name == "!index@arr" { return .index(nil) }
        guard let parts = Parts(name) else { return nil }
        switch (parts.kind, parts.rest) {
        case ("optionMarkPrice", nil): return parts.pair.map { .markPrice($0) }
        case ("openInterest", let expiry?), ("optionOpenInterest", let expiry?):
            return parts.pair.map { .openInterest($0, expiry: expiry) }
        case ("optionTicker", nil): return .ticker(parts.symbol)
        case ("optionTicker", let expiry?): return parts.pair.map { .tickers($0, expiry: expiry) }
        case ("bookTicker", nil): return .bookTicker(parts.symbol)
        case ("optionTrade", nil):
            return parts.isOption ? .trades(parts.symbol) : parts.pair.map { .tradesOfUnderlying($0) }
        case (_, _): return parts.klineOrDepth
        }
    }

    /// `subject@kind@rest`
    private struct Parts {
        let subject: String
        let kind: String
        let rest: String?

        init?(_ name: String) {
            let parts = name.split(separator: "@", omittingEmptySubsequences: false).map { String($0) }
            guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            subject = parts[0]
            kind = parts[1]
            rest = parts.count == 3 ? parts[2] : nil
        }

        var symbol: String { subject.uppercased() }

        /// Options are called `asset-yymmdd-strike-C`.
        var isOption: Bool { subject.split(separator: "-").count == 4 }

        var pair: BinanceUnderlying? {
            BinanceSymbolName(symbol).map { BinanceUnderlying($0.base, in: $0.quote) }
        }

        var klineOrDepth: BinanceOptionsStream? {
            if kind.hasPrefix("kline_") {
                guard rest == nil, let interval = BinanceInterval(rawValue: String(kind.dropFirst(6))) else {
                    return nil
                }
                return .kline(symbol, interval)
            }
            guard kind.hasPrefix("depth"),
                let speed = BinanceOptionsSpeed(rawValue: rest.map { "@\($0)" } ?? "")
            else { return nil }
            if kind == "depth" { return .depth(symbol, speed) }
            return Int(kind.dropFirst(5)).map { .partialDepth(symbol, levels: $0, speed) }
        }
    }
}
