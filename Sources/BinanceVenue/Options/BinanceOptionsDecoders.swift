import WireCodecs
import WireValues

/// All texts of Binance Options that are read, by name: streams by their pattern in each generation, events about the
/// account by theirs, endpoints of REST by method and path; `message` is whatever a connection brings.
package enum BinanceOptionsDecoders {
    package static let all: [NamedDecoder] =
        [NamedDecoder("message", BinanceOptionsMessage.self), NamedDecoder("reply", BinanceReply.self)]
        + first + second + account + endpoints

    /// The decoder of a name; streams are also found by their name on the wire, `BTC-251226-110000-C@trade`. Where the
    /// generations share a name the first that has it counts.
    package static func named(_ name: String) -> NamedDecoder? {
        if let decoder = all.first(where: { $0.name == name }) { return decoder }
        for generation in BinanceOptionsGeneration.allCases {
            guard let stream = try? BinanceOptionsStream(parsing: name, in: generation) else { continue }
            let pattern = pattern(stream, in: generation)
            return all.first { $0.name == pattern }
        }
        return nil
    }

    private static let first: [NamedDecoder] = [
        stream("<pair>@index", BinanceIndexPrice.self),
        stream("<symbol>@kline_<interval>", BinanceKline.self),
        stream("<asset>@markPrice", [BinanceMarkPrice].self),
        stream("option_pair", BinanceNewOption.self),
        stream("<asset>@openInterest@<expiry>", [BinanceOpenInterest].self),
        stream("<symbol>@depth<levels>", BinanceOptionsBook.self),
        stream("<symbol>@ticker", BinanceOptionTicker.self),
        stream("<asset>@ticker@<expiry>", [BinanceOptionTicker].self),
        stream("<symbol>@trade", BinanceOptionTrade.self),
        stream("<asset>@trade", BinanceOptionTrade.self),
    ]

    private static let second: [NamedDecoder] = [
        stream("!index@arr", [BinanceIndexPrice].self),
        stream("!optionSymbol", BinanceNewOption.self),
        stream("<underlying>@optionOpenInterest@<expiry>", [BinanceOpenInterest].self),
        stream("<underlying>@optionMarkPrice", [BinanceMarkPrice].self),
        stream("<symbol>@depth", BinanceDepthChange.self),
        stream("<symbol>@optionTicker", BinanceOptionStatistics.self),
        stream("<underlying>@optionTicker@<expiry>", BinanceOneOrMany<BinanceOptionStatistics>.self),
        stream("<symbol>@bookTicker", BinanceBookTicker.self),
        stream("<symbol>@optionTrade", BinanceOptionTrade.self),
        stream("<underlying>@optionTrade", BinanceOptionTrade.self),
        stream("serverShutdown", BinanceShutdown.self),
    ]

    private static let account: [NamedDecoder] =
        [stream("user data", BinanceOptionsUserEvent.self)]
        + BinanceOptionsUserEvent.names.map { stream($0, BinanceOptionsUserEvent.self) }

    private static let endpoints: [NamedDecoder] = [
        NamedDecoder("GET /eapi/v1/depth", BinanceOptionsSnapshot.self),
        NamedDecoder("GET /eapi/v1/index", BinanceOptionsIndex.self),
        NamedDecoder("GET /eapi/v1/openInterest", [BinanceOptionsInterest].self),
        NamedDecoder("GET /eapi/v1/trades", [BinanceOptionsPastTrade].self),
        NamedDecoder("GET /eapi/v1/exchangeInfo", BinanceOptionsExchangeInfo.self),
    ]

    private static func stream<Value: WireValue>(_ name: String, _ type: Value.Type) -> NamedDecoder {
        NamedDecoder(name) { bytes in try BinanceStreamed<Value>(decoding: bytes).value }
    }

    private static func pattern(
        _ stream: BinanceOptionsStream, in generation: BinanceOptionsGeneration
    ) -> String {
        let isFirst = generation == .first
        return switch stream {
        case .index: isFirst ? "<pair>@index" : "!index@arr"
        case .kline: "<symbol>@kline_<interval>"
        case .markPrice: isFirst ? "<asset>@markPrice" : "<underlying>@optionMarkPrice"
        case .newSymbols: isFirst ? "option_pair" : "!optionSymbol"
        case .openInterest:
            isFirst ? "<asset>@openInterest@<expiry>" : "<underlying>@optionOpenInterest@<expiry>"
        case .partialDepth: "<symbol>@depth<levels>"
        case .depth: "<symbol>@depth"
        case .ticker: isFirst ? "<symbol>@ticker" : "<symbol>@optionTicker"
        case .tickers: isFirst ? "<asset>@ticker@<expiry>" : "<underlying>@optionTicker@<expiry>"
        case .bookTicker: "<symbol>@bookTicker"
        case .trades: isFirst ? "<symbol>@trade" : "<symbol>@optionTrade"
        case .tradesOfUnderlying: isFirst ? "<asset>@trade" : "<underlying>@optionTrade"
        }
    }
}

/// The best levels as a whole, as either generation writes them.
package enum BinanceOptionsBook: WireObject {
    case first(BinanceOptionDepth)
    case second(BinanceDepthChange)

    package init(_ members: inout WireMembers) throws(WireError) {
        switch try members.name("e") {
        case "depth": self = .first(try BinanceOptionDepth(&members))
        case "depthUpdate": self = .second(try BinanceDepthChange(&members))
        default: throw try members.surprise("is neither 'depth' nor 'depthUpdate'")
        }
    }
}
