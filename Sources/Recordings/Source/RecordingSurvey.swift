import BinanceVenue
import Journal
import MarketModel
import Quantities

/// A first pass over a recording: which markets it has, and with how many digits.
///
/// Venues pad prices with zeros, so the digits that a market really uses show only in all of its
/// numbers. Damage is passed over here: the second pass meets it again, behind the events before it.
struct RecordingSurvey {
    /// The longest name of a market: what the header of a record file holds.
    private static let nameBytesMax = 255

    private var names: [[UInt8]] = []
    private var tallies: [DigitTally] = []
    /// Numbers of snapshots, which name no market.
    private var snapshots = DigitTally()

    /// Surveys raw frames.
    init(rawFrames paths: [String]) throws(RecordingError) {
        var lines = LineSequence(paths)
        var decoder = BinanceFrameDecoder()
        while let line = Self.next(&lines) {
            guard let raw = RawFrameLine(line),
                let kind = Self.decode(raw.frame, &decoder)
            else { continue }
            switch kind {
            case .bookTicker:
                let ticker = decoder.bookTicker
                let index = try index(of: ticker.symbol)
                tallies[index].note(Level(price: ticker.bid, quantity: ticker.bidSize))
                tallies[index].note(Level(price: ticker.ask, quantity: ticker.askSize))
            case .trade:
                let trade = decoder.trade
                guard trade.counts else { continue }
                let index = try index(of: trade.symbol)
                tallies[index].note(Level(price: trade.price, quantity: trade.quantity))
            case .depth:
                let index = try index(of: decoder.depth.symbol)
                for level in decoder.levels { tallies[index].note(level) }
            case .snapshot:
                for level in decoder.levels { snapshots.note(level) }
            case .control, .other: continue
            }
        }
        if tallies.count == 1 { tallies[0].merge(snapshots) }
    }

    /// Surveys tables of trades of one market.
    init(tradeTables paths: [String], market: String) {
        names = [Array(market.utf8)]
        tallies = [DigitTally()]
        var lines = LineSequence(paths)
        var row = TableRow()
        var columns: TradeColumns?
        while let line = Self.next(&lines) {
            if lines.lineNumber == 1 {
                columns = TradeColumns(header: line)
                continue
            }
            row.split(line)
            guard let columns, let trade = Self.trade(row, columns) else { continue }
            tallies[0].note(Level(price: trade.price, quantity: trade.amount))
        }
    }

    /// The markets in the order in which they came up.
    func markets(_ options: RecordingOptions) throws(RecordingError) -> [RecordMarket] {
        var markets: [RecordMarket] = []
        for (bytes, tally) in zip(names, tallies) {
            let name = String(decoding: bytes, as: UTF8.self)
            guard bytes.count <= Self.nameBytesMax, name.utf8.elementsEqual(bytes) else {
                throw .impossibleName(market: name)
            }
            guard let assets = BinanceSymbolName(name, alsoQuotedIn: options.quoteAssets) else {
                throw .unknownQuoteAsset(market: name)
            }
            var digits = tally
            if let rules = options.rules[name] {
                digits.note(rules.tick)
                digits.note(rules.lot)
            }
            markets.append(
                RecordMarket(
                    name: name, base: assets.base, quote: assets.quote,
                    priceDecimals: digits.priceDecimals, quantityDecimals: digits.quantityDecimals,
                    tick: options.rules[name]?.tick ?? digits.tick,
                    lot: options.rules[name]?.lot ?? digits.lot))
        }
        return markets
    }

    // MARK: - Markets that are known beforehand

    mutating func add(_ name: String) {
        names.append(Array(name.utf8))
        tallies.append(DigitTally())
    }

    mutating func note(_ level: Level, of market: MarketID) { tallies[Int(market.index)].note(level) }

    /// The markets as captures name them, with the digits of their numbers.
    func markets(
        of listings: [CaptureHeader.Listing], _ options: RecordingOptions
    ) throws(RecordingError) -> [RecordMarket] {
        guard listings.count <= MarketID.marketsMax else {
            throw .tooManyMarkets(limit: MarketID.marketsMax)
        }
        var markets: [RecordMarket] = []
        for (market, tally) in zip(listings, tallies) {
            for name in [market.name, market.base, market.quote]
            where !(1...Self.nameBytesMax).contains(name.utf8.count) {
                throw .impossibleName(market: market.name)
            }
            var digits = tally
            let tick = options.rules[market.name]?.tick ?? market.tick
            let lot = options.rules[market.name]?.lot ?? market.lot
            if let tick { digits.note(tick) }
            if let lot { digits.note(lot) }
            markets.append(
                RecordMarket(
                    name: market.name, base: market.base, quote: market.quote,
                    priceDecimals: digits.priceDecimals, quantityDecimals: digits.quantityDecimals,
                    tick: tick ?? digits.tick, lot: lot ?? digits.lot))
        }
        return markets
    }

    private mutating func index(
        of symbol: UnsafeBufferPointer<UInt8>
    ) throws(RecordingError) -> Int {
        if let known = names.firstIndex(where: { $0.elementsEqual(symbol) }) { return known }
        guard names.count < MarketID.marketsMax else {
            throw .tooManyMarkets(limit: MarketID.marketsMax)
        }
        names.append(Array(symbol))
        tallies.append(DigitTally())
        return names.count - 1
    }

    private static func next(_ lines: inout LineSequence) -> UnsafeBufferPointer<UInt8>? {
        do throws(RecordingError) {
            return try lines.next()
        } catch {
            return nil
        }
    }

    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ decoder: inout BinanceFrameDecoder
    ) -> BinanceFrameKind? {
        do throws(BinanceFrameError) {
            return try decoder.decode(bytes)
        } catch {
            return nil
        }
    }

    private static func trade(_ row: TableRow, _ columns: TradeColumns) -> TradeRow? {
        do throws(LineFault) {
            return try TradeRow(row, columns)
        } catch {
            return nil
        }
    }
}
