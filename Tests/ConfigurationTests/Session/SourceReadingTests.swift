import Configuration
import MarketModel
import Testing

struct SourceReadingTests {
    static let text = """
        mode: live
        venues:
          binance: {streams: [book, trades], fast: false}
          binance-options: {generation: first, socket: 'ws://127.0.0.1:1/eoptions'}
        markets:
          - {name: 'binance:BTCUSDT', base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, venue: binance}
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001}
          - {name: CALL, base: CALL, quote: USDT, tick: 5, lot: 0.01, venue: binance-options, symbol: BTC-251226-110000-C}
        strategies:
          - strategy: watching
            watch: ['binance:BTCUSDT', CALL]
        """

    @Test func `markets of sources come behind those that are traded`() throws {
        let reading = try SessionSample.read(Self.text)
        let session = reading.configuration
        #expect(reading.warnings.isEmpty, "\(reading.warnings)")
        #expect(session.markets.map(\.name) == ["BTCUSDT", "binance:BTCUSDT", "CALL"])
        #expect(session.markets.map(\.symbol) == ["BTCUSDT", "BTCUSDT", "BTC-251226-110000-C"])
        #expect(session.markets.map(\.source) == [nil, .binance, .binanceOptions])
        #expect(session.strategies[0].markets == ["BTCUSDT"])
        #expect(session.strategies[0].watched == ["binance:BTCUSDT", "CALL"])
    }

    @Test func `a source has what the file says, and its own address otherwise`() throws {
        let sources = try SessionSample.read(Self.text).configuration.sources
        #expect(sources.map(\.venue) == [.binance, .binanceOptions])
        #expect(sources[0].streams == [.trades, .book])
        #expect(!sources[0].isFast && sources[0].isCombined)
        #expect(sources[0].socket == "wss://stream.binance.com:9443")
        #expect(sources[1].generation == .first)
        #expect(sources[1].socket == "ws://127.0.0.1:1/eoptions")
        #expect(sources[1].streams == [.quotes, .trades, .top])
    }

    @Test func `the effective text gives the same session again`() throws {
        let session = try SessionSample.read(Self.text).configuration
        #expect(try SessionSample.read(session.effectiveText).configuration == session)
    }

    @Test func `a source that no market is of is told, and left out`() throws {
        let reading = try SessionSample.read("venues: {jayx: {}}\n" + SessionSample.minimal)
        #expect(reading.configuration.sources.isEmpty)
        #expect(reading.warnings.map(\.description).contains { $0.contains("'venues.jayx' has no market") })
    }

    @Test func `a session without sources is written as it ever was`() throws {
        let text = try SessionSample.read(SessionSample.minimal).configuration.effectiveText
        #expect(!text.contains("venues:") && !text.contains("symbol:") && !text.contains("watch:"))
    }
}
