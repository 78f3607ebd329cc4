import BinanceVenue
import Configuration
import JayxVenue
import MarketModel
import Quantities
import VenueKit

/// Makes the machine of a source as its settings describe it.
package enum SourceMaking {
    /// For the markets of a session.
    static func source(
        _ settings: SourceSettings, _ parts: SessionParts, random: SeededRandom
    ) throws(RunError) -> any MarketSource {
        let listings = parts.listings(of: settings.venue)
        let scales = listings.map { listing -> (Price?, Quantity?) in
            let rules = parts.table.terms(listing.market).rules
            return (rules.tick, rules.lot)
        }
        return try source(settings, listings, scales: scales, random: random)
    }

    /// - Parameter scales: what a tick and a lot of each market is, for venues that do not tell.
    static func source(
        _ settings: SourceSettings, _ listings: [VenueListing], scales: [(Price?, Quantity?)],
        random: SeededRandom
    ) throws(RunError) -> any MarketSource {
        switch settings.venue {
        case .binance:
            let plan = BinanceSourcePlan(
                spot: spotStreams(settings, listings), of: listings, isCombined: settings.isCombined)
            guard let plan else { throw .setup(tooMany(settings.venue)) }
            return BinanceSpotSource(
                BinanceFeed(listings, extras(settings)), plan, settings: .spot, random: random)
        case .binanceOptions:
            return try options(settings, listings, random)
        case .jayx:
            return jayx(settings, listings, scales, random)
        }
    }

    private static func tooMany(_ venue: SourceVenue) -> String {
        "\(venue.rawValue): more streams than connections carry; name fewer of them, or fewer markets"
    }

    // MARK: - Binance Spot

    private static func spotStreams(
        _ settings: SourceSettings, _ listings: [VenueListing]
    ) -> [BinanceStream] {
        let speed = settings.isFast ? BinanceDepthSpeed.fast : .slow
        return listings.flatMap { listing in
            settings.streams.map { stream in
                let kind: BinanceStream.Kind =
                    switch stream {
                    case .quotes: .bookTicker
                    case .trades: .trade
                    case .aggregateTrades: .aggregateTrade
                    case .book: .depth(speed)
                    case .top: .partialDepth(BinanceTopLevels(rawValue: settings.topLevels) ?? .twenty, speed)
                    case .tickers, .marks: .ticker
                    }
                return BinanceStream(kind, of: listing.symbol)
            }
        }
    }

    private static func extras(_ settings: SourceSettings) -> BinanceFeedExtras {
        var extras = BinanceFeedExtras()
        extras.aggregateTrades = settings.streams.contains(.aggregateTrades)
        extras.tickers = settings.streams.contains(.tickers)
        extras.partialBooks = settings.streams.contains(.top)
        return extras
    }

    // MARK: - Binance Options

    private static func options(
        _ settings: SourceSettings, _ listings: [VenueListing], _ random: SeededRandom
    ) throws(RunError) -> any MarketSource {
        let generation = generation(settings)
        let streams = optionsStreams(settings, listings)
        let plan: BinanceSourcePlan?
        do throws(BinanceOptionsStreamError) {
            plan = try BinanceSourcePlan(
                options: streams, in: generation, of: listings, isCombined: settings.isCombined)
        } catch {
            throw .setup("\(settings.venue.rawValue): \(error)")
        }
        guard let plan else { throw .setup(tooMany(settings.venue)) }
        return BinanceOptionsSource(
            BinanceOptionsFeed(listings, tellsMarks: settings.streams.contains(.marks)), plan,
            settings: .options, random: random)
    }

    /// The venue's names of what is taken.
    static func streamNames(
        _ settings: SourceSettings, _ listings: [VenueListing]
    ) throws(RunError) -> [String] {
        switch settings.venue {
        case .binance: return spotStreams(settings, listings).map(\.name)
        case .binanceOptions:
            do throws(BinanceOptionsStreamError) {
                var names: [String] = []
                for stream in optionsStreams(settings, listings) {
                    names.append(try stream.name(in: generation(settings)))
                }
                return names
            } catch {
                throw .setup("\(settings.venue.rawValue): \(error)")
            }
        case .jayx: return listings.map { "\($0.symbol)@orderbook" }
        }
    }

    private static func optionsStreams(
        _ settings: SourceSettings, _ listings: [VenueListing]
    ) -> [BinanceOptionsStream] {
        var streams: [BinanceOptionsStream] = []
        for listing in listings {
            for stream in settings.streams {
                let made = optionsStream(stream, listing.symbol, settings)
                if !streams.contains(made) { streams.append(made) }
            }
        }
        return streams
    }

    static func generation(_ settings: SourceSettings) -> BinanceOptionsGeneration {
        switch settings.generation {
        case .first: .first
        case .second: .second
        }
    }

    private static func optionsStream(
        _ stream: SourceStream, _ symbol: String, _ settings: SourceSettings
    ) -> BinanceOptionsStream {
        switch (stream, settings.generation) {
        // The ticker of the first generation has the best bid and ask.
        case (.quotes, .first), (.tickers, _), (.marks, .first): .ticker(symbol)
        case (.marks, .second): .markPrice(underlying(of: symbol))
        case (.quotes, .second): .bookTicker(symbol)
        case (.trades, _), (.aggregateTrades, _): .trades(symbol)
        case (.book, _): .depth(symbol, settings.isFast ? .milliseconds100 : .milliseconds500)
        case (.top, .first):
            .partialDepth(
                symbol, levels: settings.topLevels, settings.isFast ? .milliseconds100 : .milliseconds1000)
        case (.top, .second):
            .partialDepth(
                symbol, levels: settings.topLevels, settings.isFast ? .milliseconds100 : .milliseconds500)
        }
    }

    /// `BTC-251226-110000-C` is on BTC.
    private static func underlying(of symbol: String) -> BinanceUnderlying {
        BinanceUnderlying(String(symbol.prefix { $0 != "-" }))
    }

    // MARK: - Jayx

    /// Tick and lot are those of the session's market: the venue tells its own nowhere.
    private static func jayx(
        _ settings: SourceSettings, _ listings: [VenueListing], _ scales: [(Price?, Quantity?)],
        _ random: SeededRandom
    ) -> any MarketSource {
        let markets = zip(listings, scales).map { listing, scale in
            JayxSourceMarket(
                listing, JayxScale(tick: scale.0 ?? JayxScale.usual.tick, lot: scale.1 ?? JayxScale.usual.lot)
            )
        }
        let framing: JayxFraming =
            switch settings.framing {
            case .socketIO: .socketIO
            case .socketIO2: .socketIO2
            case .jsonData: .data
            case .jsonMessage: .message
            }
        return JayxSource(markets, framing, random: random)
    }
}
