import MarketModel
import Quantities

/// The venues that a session can take market data from, beside the one that it trades at.
package enum SourceVenue: String, CaseIterable, Sendable {
    case binance
    case binanceOptions = "binance-options"
    case jayx
}

/// What a market of a source can bring.
package enum SourceStream: String, CaseIterable, Sendable {
    /// The best bid and ask.
    case quotes
    case trades
    /// Trades joined by taker order.
    case aggregateTrades = "aggregate-trades"
    /// Every level that the venue tells of.
    case book
    /// The best levels, whole each time.
    case top
    /// Statistics of the day.
    case tickers
    /// What the venue takes an option to be worth, with volatilities and Greeks.
    case marks
}

/// Which interface of Binance Options: the platform was rebuilt about January 2026.
package enum OptionsGeneration: String, CaseIterable, Sendable {
    case first, second
}

/// How messages of Jayx are framed, which the venue does not document.
package enum SourceFraming: String, CaseIterable, Sendable {
    case socketIO = "socket.io"
    case socketIO2 = "socket.io-2"
    case jsonData = "json-data"
    case jsonMessage = "json-message"
}

/// A source of market data: how it is reached, and what is taken from it.
package struct SourceSettings: Equatable, Sendable {
    package static let topLevels = [5, 10, 20, 50, 100]

    package let venue: SourceVenue
    /// The base of all streams.
    package var socket: String
    /// The base of all requests.
    package var rest: String
    /// A file of PEM certificates to trust instead of the system's.
    package var authority: String?
    /// In the order in which they are declared, each once.
    package var streams: [SourceStream]
    /// Levels of a side of `top`.
    package var topLevels = 20
    /// Whether the books are pushed as often as the venue can, or as it does unasked.
    package var isFast = true
    /// Whether payloads come wrapped with the name of their stream.
    package var isCombined = true
    package var generation = OptionsGeneration.second
    package var framing = SourceFraming.socketIO

    package init(_ venue: SourceVenue, generation: OptionsGeneration = .second) {
        self.venue = venue
        self.generation = generation
        socket = venue.socket(generation)
        rest = venue.rest
        streams = venue.usualStreams(generation)
    }
}

// MARK: - Capabilities

extension SourceVenue {
    /// What the venue has; anything else is refused when the configuration is read.
    package func streams(_ generation: OptionsGeneration) -> [SourceStream] {
        switch (self, generation) {
        case (.binance, _): [.quotes, .trades, .aggregateTrades, .book, .top, .tickers]
        case (.binanceOptions, .first): [.quotes, .trades, .top, .tickers, .marks]
        case (.binanceOptions, .second): [.quotes, .trades, .book, .top, .tickers, .marks]
        case (.jayx, _): [.trades, .book]
        }
    }

    /// What is taken where the file does not say.
    package func usualStreams(_ generation: OptionsGeneration) -> [SourceStream] {
        switch (self, generation) {
        case (.binance, _), (.binanceOptions, .second): [.quotes, .trades, .book]
        case (.binanceOptions, .first): [.quotes, .trades, .top]
        case (.jayx, _): [.trades, .book]
        }
    }

    /// Levels that a side of `top` can have.
    package func topLevels(_ generation: OptionsGeneration) -> [Int] {
        switch (self, generation) {
        case (.binance, _), (.binanceOptions, .second): [5, 10, 20]
        case (.binanceOptions, .first): [10, 20, 50, 100]
        case (.jayx, _): []
        }
    }

    func socket(_ generation: OptionsGeneration) -> String {
        switch (self, generation) {
        case (.binance, _): "wss://stream.binance.com:9443"
        case (.binanceOptions, .first): "wss://nbstream.binance.com/eoptions"
        case (.binanceOptions, .second): "wss://fstream.binance.com"
        case (.jayx, _): "wss://stream.jayxstaging.com:8443"
        }
    }

    var rest: String {
        switch self {
        case .binance: "https://api.binance.com"
        case .binanceOptions: "https://eapi.binance.com"
        // It is asked for nothing.
        case .jayx: "https://stream.jayxstaging.com:8443"
        }
    }
}

extension SourceSettings {
    var effectiveLines: [String] {
        var lines = ["socket: \(EffectiveText.scalar(socket))", "rest: \(EffectiveText.scalar(rest))"]
        if let authority { lines.append("authority: \(EffectiveText.scalar(authority))") }
        lines.append(EffectiveText.list("streams", streams.map(\.rawValue)))
        if streams.contains(.top) { lines.append("top_levels: \(topLevels)") }
        switch venue {
        case .binance: lines += ["fast: \(isFast)", "combined: \(isCombined)"]
        case .binanceOptions:
            lines += ["fast: \(isFast)", "combined: \(isCombined)", "generation: \(generation.rawValue)"]
        case .jayx: lines.append("framing: \(EffectiveText.scalar(framing.rawValue))")
        }
        return lines
    }
}
