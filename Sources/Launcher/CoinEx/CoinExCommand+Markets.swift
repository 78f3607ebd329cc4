import CoinExClient
import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

// What anybody may ask.

extension CoinExCommand {
    static let marketVerbs: [Verb] = [
        Verb(
            name: "markets", arguments: "[TEXT]",
            help: "all markets and their terms, or those with TEXT in the name",
            example: "markets BTC", perform: markets),
        Verb(
            name: "ticker", arguments: "[MARKET]", help: "the day so far, of one market or of all",
            example: "ticker BTCUSDT", perform: ticker),
        Verb(
            name: "book", arguments: "MARKET", help: "the book, best prices first",
            options: [
                .init(name: "levels", value: "N", help: "5, 10 (usual), 20 or 50 levels"),
                .init(
                    name: "merge", value: "STEP", help: "levels within a step as one, such as 0.1; usual is 0"
                ),
                .init(name: "watch", help: "show it again with every change, until a signal comes"),
            ], example: "book BTCUSDT --levels 5", perform: book),
        Verb(
            name: "klines", arguments: "MARKET", help: "candles, the oldest first",
            options: [
                .init(name: "period", value: "PERIOD", help: "1min to 1week; usual is 1hour"),
                .init(name: "limit", value: "N", help: "how many, to 1000; usual are 24"),
            ], example: "klines BTCUSDT --period 4hour", perform: klines),
        Verb(
            name: "trades", arguments: "MARKET", help: "the latest trades, the newest first",
            options: [.init(name: "limit", value: "N", help: "how many, to 1000; usual are 20")],
            example: "trades BTCUSDT --limit 50", perform: trades),
        Verb(
            name: "time", arguments: "", help: "the venue's clock, and how far this machine's is from it",
            example: "time", perform: time),
    ]

    private static let periods = [
        "1min", "3min", "5min", "15min", "30min", "1hour", "2hour", "4hour", "6hour", "12hour", "1day",
        "3day",
        "1week",
    ]

    @Sendable private static func markets(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let part = arguments.positional.first?.uppercased()
        var table = VenueTable(
            [
                .text("market"), .text("base"), .text("quote"), .number("minimum"),
                .number("price_decimals", "price digits"), .number("amount_decimals", "amount digits"),
                .number("maker"), .number("taker"),
            ], emptyText: "no such market")
        for row in try await dialogue.counter.markets() {
            guard part.map({ row.name.contains($0) }) ?? true else { continue }
            table.add(
                .text(row.name), .text(row.base), .text(row.quote), .decimal(row.rules.minimumQuantity),
                .id(UInt64(row.priceDecimals)), .id(UInt64(row.amountDecimals)),
                .decimal(row.rules.makerFee), .decimal(row.rules.takerFee))
        }
        dialogue.show(table)
    }

    @Sendable private static func ticker(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let market = try arguments.marketOrNil()
        var table = VenueTable(
            [
                .text("market"), .number("last"), .number("change"), .number("bid"), .number("ask"),
                .number("high"), .number("low"), .number("volume"),
            ], emptyText: "no market", isSingle: market != nil)
        for row in try await dialogue.counter.tickers(market) {
            table.add(
                .text(row.market), .decimal(row.last), change(from: row.open, to: row.last),
                row.bid.map { .decimal($0) } ?? .none, row.ask.map { .decimal($0) } ?? .none,
                .decimal(row.high), .decimal(row.low), .decimal(row.volume))
        }
        dialogue.show(table)
    }

    /// `+1.25%`, for people and programs alike.
    private static func change(from open: Price, to last: Price) -> VenueTable.Cell {
        guard open.isPositive else { return .none }
        let basisPoints = Int(((Double(last) / Double(open) - 1) * 10_000).rounded())
        let digits = String(abs(basisPoints) % 100)
        let sign = basisPoints < 0 ? "-" : "+"
        let text = "\(sign)\(abs(basisPoints) / 100).\(digits.count < 2 ? "0" : "")\(digits)%"
        return .text(text, basisPoints == 0 ? .plain : basisPoints > 0 ? .good : .bad)
    }

    @Sendable private static func klines(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let market = try arguments.market(at: 0, "'coinex klines BTCUSDT'")
        let period = arguments.value("period") ?? "1hour"
        guard periods.contains(period) else {
            throw UsageError("--period is one of \(periods.joined(separator: ", ")), not '\(period)'")
        }
        let limit = try arguments.number("limit", in: 1...1_000, otherwise: 24)
        var table = VenueTable(
            [
                .text("time"), .number("open"), .number("high"), .number("low"), .number("close"),
                .number("volume"),
            ], emptyText: "no candle")
        let candles = try await dialogue.counter.candles(market, period: period, limit: limit)
        for candle in candles {
            let tone: VenueTable.Tone = candle.close < candle.open ? .bad : .good
            table.add(
                .text(VenueTime.text(candle.start)), .decimal(candle.open), .decimal(candle.high),
                .decimal(candle.low), .decimal(candle.close, tone), .decimal(candle.volume))
        }
        dialogue.show(table)
    }

    @Sendable private static func trades(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let market = try arguments.market(at: 0, "'coinex trades BTCUSDT'")
        let limit = try arguments.number("limit", in: 1...1_000, otherwise: 20)
        var table = VenueTable(
            [.text("time"), .number("id"), .text("side"), .number("price"), .number("amount")],
            emptyText: "no trade")
        for deal in try await dialogue.counter.trades(market, limit: limit) {
            table.add(
                .text(VenueTime.text(deal.time)), .id(deal.id), sideCell(deal.side), .decimal(deal.price),
                .decimal(deal.amount))
        }
        dialogue.show(table)
    }

    static func sideCell(_ side: Side) -> VenueTable.Cell {
        switch side {
        case .buy: .text("buy", .good)
        case .sell: .text("sell", .bad)
        }
    }

    @Sendable private static func time(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(0)
        let clock = try await dialogue.client.measureClock()
        guard let uncertainty = clock.uncertainty else {
            throw CoinExClientError.retryLater(.cancelled)
        }
        let now = dialogue.settings.wallClock()
        var table = VenueTable(
            [
                .text("venue"), .text("here"), .number("offset_ms", "offset ms"),
                .number("uncertainty_ms", "uncertainty ms"),
            ], isSingle: true)
        table.add(
            .text((now + clock.offset).description), .text(now.description),
            .text(String(clock.offset.nanoseconds / 1_000_000)),
            .text(String(uncertainty.nanoseconds / 1_000_000)))
        dialogue.show(table)
        guard !dialogue.isJSON else { return }
        dialogue.terminal.result(
            "this machine's clock is \(ClockText.text(ahead: .zero - clock.offset)) the venue's")
    }
}
