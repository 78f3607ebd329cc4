import Configuration
import MarketModel
import Quantities
import Simulation
import StrategyKit
import Testing
import TradingCore
import VenueKit

struct SessionReadingTests {
    @Test func `a complete file gives every value`() throws {
        let reading = try SessionSample.read(SessionSample.complete)
        let session = reading.configuration
        #expect(reading.warnings.isEmpty, "\(reading.warnings)")
        #expect(session.mode == .paper)
        #expect(session.seed == 7)
        #expect(session.duration == .seconds(90))
        #expect(session.pace == .unlimited)
        #expect(session.venue.venue == .coinex)
        #expect(
            session.venue.limits
                == VenueLimits(
                    place: RateLimit(requests: 30, window: .seconds(2)),
                    cancel: RateLimit(requests: 30, window: .seconds(2)),
                    batch: RateLimit(requests: 10, window: .seconds(2)),
                    query: RateLimit(requests: 50, window: .seconds(2)),
                    total: RateLimit(requests: 200, window: .seconds(1)), cancelReserve: 20, batchSize: 50))
        var synthetic = SyntheticSettings()
        synthetic.price = try Price("61000.5")
        synthetic.orderValue = Notional(1_500)
        synthetic.spreadTicks = 2
        synthetic.depthLevels = 40
        synthetic.eventsPerSecond = 250.5
        synthetic.volatility = 0.75
        synthetic.clustering = 0.5
        #expect(session.data == .synthetic(synthetic))
        #expect(session.simulation.latency.model.order == LatencyModel(base: .milliseconds(2)))
        #expect(session.simulation.latency.model.response == LatencyModel(base: .milliseconds(3)))
        #expect(session.simulation.queue == .optimistic)
        #expect(session.journal.folder == "my runs")
        #expect(session.journal.hasTape)
        #expect(!session.journal.hasLedger)
        #expect(session.journal.durability == .power)
    }

    @Test func `the embedded market has the shape of the configuration`() throws {
        var settings = SyntheticSettings()
        settings.spreadTicks = 3
        let rules = MarketRules(
            tick: try Price("0.01"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.001"))
        let shape = settings.configuration(for: MarketID(1), rules, startsAt: Instant(milliseconds: 5))
        #expect(shape.market == MarketID(1))
        #expect(shape.startsAt == Instant(milliseconds: 5))
        #expect(shape.startPrice == Price(60_000))
        #expect(shape.typicalQuantity == (try Quantity("0.033")))
        #expect(shape.spreadTicks == 3)
        #expect(shape.defect == nil)
        let cheap = settings.configuration(
            for: MarketID(1), rules, startPrice: Price(3_000), startsAt: .distantPast)
        #expect(cheap.startPrice == Price(3_000))
        #expect(cheap.typicalQuantity == (try Quantity("0.666")))
    }

    @Test func `every shape in its ranges makes a market`() throws {
        for isLow in [true, false] {
            var settings = SyntheticSettings()
            settings.price = Price(1_000_000)
            settings.orderValue = isLow ? try Notional("0.000001") : Notional(1_000_000_000)
            func end<Bound>(_ range: ClosedRange<Bound>) -> Bound {
                isLow ? range.lowerBound : range.upperBound
            }
            settings.spreadTicks = end(SyntheticSettings.spreadTicksRange)
            settings.depthLevels = end(SyntheticSettings.depthLevelsRange)
            settings.eventsPerSecond = end(SyntheticSettings.eventsPerSecondRange)
            settings.volatility = end(SyntheticSettings.volatilityRange)
            settings.clustering = end(SyntheticSettings.clusteringRange)
            for lot in ["0.000000000001", "0.001", "7", "1000000000"] {
                let rules = MarketRules(
                    tick: Price(1), lot: try Quantity(lot), minimumQuantity: try Quantity(lot))
                let shape = settings.configuration(for: MarketID(0), rules, startsAt: .distantPast)
                #expect(shape.defect == nil, "lot \(lot)")
            }
        }
    }

    @Test func `markets have their rules, and a minimum of one lot where they give none`() throws {
        let session = try SessionSample.read(SessionSample.complete).configuration
        let table = session.marketTable()
        #expect(table.assets == ["BTC", "USDT", "ETH"])
        #expect(table.markets.map(\.name) == ["BTCUSDT", "ETHUSDT"])
        #expect(
            table.markets[0].rules
                == MarketRules(
                    tick: try Price("0.01"), lot: try Quantity("0.00001"),
                    minimumQuantity: try Quantity("0.0001"), minimumNotional: Notional(5),
                    makerFee: try FeeRate("-0.0002"), takerFee: try FeeRate("0.001")))
        #expect(
            table.markets[1].rules
                == MarketRules(
                    tick: try Price("0.01"), lot: try Quantity("0.0001"),
                    minimumQuantity: try Quantity("0.0001"),
                    makerFee: try FeeRate("0.002"), takerFee: try FeeRate("0.002")))
        #expect(
            session.balances == [
                PaperBalance(asset: "BTC", amount: Amount(1)),
                PaperBalance(asset: "USDT", amount: try Amount("250000.5")),
            ])
    }

    @Test func `a strategy has its label, its markets and the parameters that are set`() throws {
        let strategies = try SessionSample.read(SessionSample.complete).configuration.strategies
        #expect(strategies.map(\.strategy) == ["quoting", "watching", "watching"])
        #expect(strategies.map(\.label) == ["mm-btc", "watching", "watching-2"])
        #expect(strategies.map(\.markets) == [["BTCUSDT"], ["BTCUSDT", "ETHUSDT"], ["BTCUSDT", "ETHUSDT"]])
        let parameters = try Quoting.Parameters(applying: strategies[0].parameters)
        #expect(parameters.spread == 0.001)
        #expect(parameters.levels == 5)
        #expect(!parameters.isPassive)
        #expect(parameters.pause == .milliseconds(1_500))
        #expect(parameters.floor == Price(10_000))
        #expect(parameters.size == (try Quantity("0.002")))
        #expect(parameters.budget == (try Notional("500.25")))
        #expect(parameters.style == .eager)
        #expect(strategies[0].parameters == parameters.settings, "in the order of the schema")
        #expect(strategies[1].parameters.isEmpty)
    }

    @Test func `a strategy begins with the risk of the session`() throws {
        let session = try SessionSample.read(SessionSample.complete).configuration
        var limits = RiskLimits()
        limits.orderQuantityMax = Quantity(2)
        limits.orderNotionalMax = Notional(50_000)
        limits.priceBand = try FeeRate("0.05")
        limits.openOrdersMax = 20
        limits.positionMax = Quantity(3)
        limits.orderRate = RateLimit(requests: 50, window: .seconds(1))
        limits.refusalRate = RateLimit(requests: 20, window: .seconds(1))
        limits.needsFreshQuote = false
        limits.ladder.warn = Notional(100)
        limits.ladder.reduceOnly = Notional(200)
        limits.ladder.halt = Notional(300)
        limits.ladder.flatten = Notional(400)
        limits.ladder.dailyLoss = Notional(500)
        #expect(session.risk.limits == limits)
        #expect(session.risk.staleAfter == .seconds(5))
        #expect(session.strategies[1].risk == limits)
        limits.orderRate = RateLimit(requests: 5, window: .seconds(1))
        limits.openOrdersMax = 4
        limits.ladder.warn = Notional(50)
        limits.ladder.halt = Notional(250)
        #expect(session.strategies[0].risk == limits)
    }

    @Test func `one market and one strategy are enough`() throws {
        let reading = try SessionSample.read(SessionSample.minimal)
        let market = MarketSettings(
            name: "BTCUSDT", base: "BTC", quote: "USDT",
            rules: MarketRules(
                tick: try Price("0.01"), lot: try Quantity("0.00001"),
                minimumQuantity: try Quantity("0.00001"), makerFee: try FeeRate("0.002"),
                takerFee: try FeeRate("0.002")))
        var expected = SessionConfiguration(
            markets: [market],
            strategies: [
                StrategySelection(
                    description: StrategyDescription(Watching.self), label: "watching", markets: ["BTCUSDT"])
            ])
        expected.balances = [PaperBalance(asset: "USDT", amount: Amount(100_000))]
        #expect(reading.configuration == expected)
        #expect(reading.warnings.isEmpty)
        #expect(expected.mode == .paper)
        #expect(expected.seed == 1)
        #expect(expected.duration == nil)
        #expect(expected.pace == .times(1))
        #expect(expected.venue.limits == .coinExV1)
        #expect(expected.journal.folder == "runs")
        #expect(expected.journal.durability == .process)
        #expect(expected.simulation.latency.model.feed.base == .milliseconds(5))
        #expect(expected.simulation.queue == .pessimistic)
    }

    @Test func `recordings are found beside the file, or where they say`() throws {
        let text = "data: {source: recording, files: [a.gz, sub/b.gz, /c.gz]}\n" + SessionSample.minimal
        let strategies = SessionSample.strategies
        let inFolder = try SessionConfiguration.read(
            text: text, name: "configs/x.yaml", strategies: strategies)
        #expect(
            inFolder.configuration.data == .recording(files: ["configs/a.gz", "configs/sub/b.gz", "/c.gz"]))
        let here = try SessionConfiguration.read(text: text, name: "x.yaml", strategies: strategies)
        #expect(here.configuration.data == .recording(files: ["a.gz", "sub/b.gz", "/c.gz"]))
    }

    @Test func `the command line has the last word`() throws {
        var overrides = SessionOverrides()
        overrides.mode = .backtest
        overrides.seed = 99
        overrides.duration = .seconds(5)
        overrides.pace = .times(10)
        overrides.dataFiles = ["tape.gz"]
        let text = "data: {source: recording}\n" + SessionSample.minimal
        let session = try SessionSample.read(text, overrides).configuration
        #expect(session.mode == .backtest)
        #expect(session.seed == 99)
        #expect(session.duration == .seconds(5))
        #expect(session.pace == .times(10))
        #expect(session.data == .recording(files: ["tape.gz"]))
    }

    @Test func `a synthetic backtest ends by itself`() throws {
        let synthetic = try SessionSample.read("mode: backtest\n" + SessionSample.minimal).configuration
        #expect(synthetic.duration == SessionConfiguration.syntheticBacktestDuration)
        let recorded = try SessionSample.read(
            "mode: backtest\ndata: {source: recording, files: [a]}\n" + SessionSample.minimal)
        #expect(recorded.configuration.duration == nil)
    }

    @Test func `labels that are not given avoid those that are`() throws {
        let text =
            SessionSample.markets
                + """
                strategies:
                  - {strategy: watching}
                  - {strategy: watching, name: watching-2}
                  - {strategy: watching}
                  - {strategy: quoting, name: quoting}

                """
        let labels = try SessionSample.read(text).configuration.strategies.map(\.label)
        #expect(labels == ["watching", "watching-2", "watching-3", "quoting"])
    }

    @Test func `a smaller total keeps the venue's share for cancels`() throws {
        let session = try SessionSample.read("limits: {total: 40/1s}\n" + SessionSample.minimal).configuration
        #expect(session.venue.limits.cancelReserve == 6)
    }

    @Test func `a file that is not there is an error`() {
        #expect(throws: InvalidConfiguration.self) {
            try SessionConfiguration.read(path: "no/such/file.yaml", strategies: SessionSample.strategies)
        }
    }
}
