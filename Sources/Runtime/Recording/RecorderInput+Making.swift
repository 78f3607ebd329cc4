import BinanceVenue
import CoinExVenue
import Configuration
import JayxVenue
import MarketModel
import Quantities
import Recordings
import Transport
import VenueKit

extension RecorderInput {
    /// The venue that a session trades at, where its data come from there, and the sources that it names.
    package static func inputs(
        _ parts: SessionParts, environment: [String: String]
    ) throws(RunError) -> [RecorderInput] {
        var random = chance
        var inputs: [RecorderInput] = []
        if let traded = try traded(parts, random.next(), environment) { inputs.append(traded) }
        for settings in parts.configuration.sources {
            let address = try SourceAddress(
                socket: settings.socket, rest: settings.rest, authority: settings.authority,
                environment: environment)
            let markets = parts.configuration.markets.filter { $0.source == settings.venue }.map { market in
                CaptureHeader.Listing(
                    name: market.name, symbol: market.symbol, base: market.base, quote: market.quote,
                    tick: market.rules.tick, lot: market.rules.lot)
            }
            // In a capture markets are numbered from 0.
            let listings = markets.enumerated().map { VenueListing($0.element.symbol, MarketID($0.offset)) }
            let header = CaptureHeader(
                venue(settings), streams: try SourceMaking.streamNames(settings, listings), markets: markets)
            let machine = try SourceMaking.source(
                settings, listings, scales: markets.map { ($0.tick, $0.lot) },
                random: SeededRandom(seed: random.next()))
            inputs.append(RecorderInput(header: header, address: address, machine: machine))
        }
        return inputs
    }

    /// The public data of the venue that is traded at; nil where the session does not take them.
    private static func traded(
        _ parts: SessionParts, _ seed: UInt64, _ environment: [String: String]
    ) throws(RunError) -> RecorderInput? {
        let table = parts.venueTable
        guard parts.configuration.data == .venue, !table.markets.isEmpty else { return nil }
        let connection = parts.configuration.connection
        let address = try SourceAddress(
            socket: connection.socket, rest: connection.rest, authority: connection.authority,
            environment: environment)
        let markets = table.markets.map { market in
            CaptureHeader.Listing(
                name: market.name, symbol: market.name, base: table.name(of: market.base),
                quote: table.name(of: market.quote), tick: market.rules.tick, lot: market.rules.lot)
        }
        let api = CoinExAPI(connection.api)
        let venue: CaptureVenue =
            switch api {
            case .v1: .coinexV1
            case .v2: .coinexV2
            }
        let machine = CoinExSource(table, api: api, random: SeededRandom(seed: seed))
        return RecorderInput(
            header: CaptureHeader(venue, streams: ["depth", "deals", "state"], markets: markets),
            address: address, machine: machine)
    }

    /// A source by the venue's own names of streams.
    ///
    /// - Parameter settings: where the venue is, and how it is spoken to; their streams do not count.
    package static func input(
        _ settings: SourceSettings, streams names: [String], environment: [String: String]
    ) throws(RunError) -> RecorderInput {
        let address = try SourceAddress(
            socket: settings.socket, rest: settings.rest, authority: settings.authority,
            environment: environment)
        let (symbols, make) = try machine(settings, names, chance)
        var markets: [CaptureHeader.Listing] = []
        for symbol in symbols { markets.append(try listing(symbol, settings.venue)) }
        let listings = symbols.enumerated().map { VenueListing($0.element, MarketID($0.offset)) }
        guard let machine = make(listings) else { throw .setup("more streams than connections carry") }
        return RecorderInput(
            header: CaptureHeader(venue(settings), streams: names, markets: markets), address: address,
            machine: machine)
    }

    /// When connections are tried again is a matter of chance, and of nothing else here.
    private static var chance: SeededRandom {
        SeededRandom(seed: UInt64(bitPattern: LiveClock().instant(.now).nanoseconds))
    }

    private static func venue(_ settings: SourceSettings) -> CaptureVenue {
        switch (settings.venue, settings.generation, settings.framing) {
        case (.binance, _, _): .binance
        case (.binanceOptions, .first, _): .optionsFirst
        case (.binanceOptions, .second, _): .optionsSecond
        case (.jayx, _, .socketIO): .jayxSocketIO
        case (.jayx, _, .socketIO2): .jayxSocketIO2
        case (.jayx, _, .jsonData): .jayxData
        case (.jayx, _, .jsonMessage): .jayxMessage
        }
    }

    /// What a symbol trades, and what it is paid in, as far as its name shows it.
    private static func listing(
        _ symbol: String, _ venue: SourceVenue
    ) throws(RunError) -> CaptureHeader.Listing {
        switch venue {
        case .binance, .jayx:
            guard let assets = BinanceSymbolName(symbol) else {
                throw .setup(
                    "\(symbol): its name does not show what it is quoted in; record it by a configuration")
            }
            return CaptureHeader.Listing(name: symbol, symbol: symbol, base: assets.base, quote: assets.quote)
        case .binanceOptions:
            return CaptureHeader.Listing(name: symbol, symbol: symbol, base: symbol, quote: "USDT")
        }
    }

    /// The symbols that streams are of, each once, and what makes the machine of them.
    private static func machine(
        _ settings: SourceSettings, _ names: [String], _ random: SeededRandom
    ) throws(RunError) -> (symbols: [String], make: ([VenueListing]) -> (any MarketSource)?) {
        switch settings.venue {
        case .binance: return try spot(settings, names, random)
        case .binanceOptions: return try options(settings, names, random)
        case .jayx: return try jayx(settings, names, random)
        }
    }

    private static func spot(
        _ settings: SourceSettings, _ names: [String], _ random: SeededRandom
    ) throws(RunError) -> (symbols: [String], make: ([VenueListing]) -> (any MarketSource)?) {
        var streams: [BinanceStream] = []
        for name in names {
            do throws(BinanceStreamError) {
                streams.append(try BinanceStream(parsing: name))
            } catch {
                throw .setup("\(error)")
            }
        }
        let symbols = unique(streams.compactMap { $0.symbol?.uppercased() })
        return (
            symbols,
            { listings in
                BinanceSourcePlan(spot: streams, of: listings, isCombined: settings.isCombined).map {
                    BinanceSpotSource(BinanceFeed(listings), $0, settings: .spot, random: random)
                }
            }
        )
    }

    private static func options(
        _ settings: SourceSettings, _ names: [String], _ random: SeededRandom
    ) throws(RunError) -> (symbols: [String], make: ([VenueListing]) -> (any MarketSource)?) {
        let generation = SourceMaking.generation(settings)
        var streams: [BinanceOptionsStream] = []
        do throws(BinanceOptionsStreamError) {
            for name in names { streams.append(try BinanceOptionsStream(parsing: name, in: generation)) }
        } catch {
            throw .setup("\(error)")
        }
        let symbols = unique(streams.compactMap(\.symbol))
        return (
            symbols,
            { listings in
                let plan = try? BinanceSourcePlan(
                    options: streams, in: generation, of: listings, isCombined: settings.isCombined)
                return plan.map {
                    BinanceOptionsSource(
                        BinanceOptionsFeed(listings), $0, settings: .options, random: random)
                }
            }
        )
    }

    /// Jayx has a book with trades for each symbol: `BTCUSDT@orderbook`.
    private static func jayx(
        _ settings: SourceSettings, _ names: [String], _ random: SeededRandom
    ) throws(RunError) -> (symbols: [String], make: ([VenueListing]) -> (any MarketSource)?) {
        var symbols: [String] = []
        for name in names {
            let parts = name.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[1] == "orderbook" else {
                throw .setup("jayx is recorded by streams such as BTCUSDT@orderbook, and '\(name)' is none")
            }
            symbols.append(parts[0].uppercased())
        }
        return (
            unique(symbols),
            { listings in
                try? SourceMaking.source(
                    settings, listings, scales: listings.map { _ in (nil, nil) }, random: random)
            }
        )
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

extension BinanceOptionsStream {
    /// The option that it is of; nil for those of an underlying.
    fileprivate var symbol: String? {
        switch self {
        case .kline(let symbol, _), .partialDepth(let symbol, levels: _, _), .depth(let symbol, _),
            .ticker(let symbol), .bookTicker(let symbol), .trades(let symbol):
            symbol.uppercased()
        case .index, .markPrice, .newSymbols, .openInterest, .tickers, .tradesOfUnderlying: nil
        }
    }
}
