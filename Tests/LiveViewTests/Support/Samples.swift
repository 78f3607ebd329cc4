import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

@testable import LiveView
@testable import Runtime

/// Snapshots that tests change a part of.
enum Samples {
    static let start = Instant(milliseconds: 1_767_225_600_000)

    static func price(_ text: String) -> Price { number(text) }
    static func quantity(_ text: String) -> Quantity { number(text) }
    static func notional(_ text: String) -> Notional { number(text) }

    private static func number<Number: FixedPoint>(_ text: String) -> Number {
        do throws(DecimalError) {
            return try Number(text)
        } catch {
            preconditionFailure("'\(text)' is no number: \(error)")
        }
    }

    static func levels(_ levels: [(String, String)]) -> [Level] {
        levels.map { Level(price: price($0.0), quantity: quantity($0.1)) }
    }

    /// A market maker twelve minutes into half an hour.
    static func maker() -> SessionSnapshot {
        SessionSnapshot(
            title: .init(
                mode: "paper", seed: 1, markets: ["BTCUSDT"], currency: "USDT", isSimulated: true),
            progress: .init(
                now: start + .seconds(751), start: start, end: start + .minutes(30),
                wallTime: .milliseconds(2_500), speed: 300, isPaused: false, events: 31_415, decisions: 402),
            book: book(), strategies: [strategy("market-maker", drawdown: "2.13", open: 2)],
            standings: [standing(position: "0.01", average: "59990.12", profit: "35.21", fills: 120)],
            rates: rates(place: 12), waiting: 0, counters: counters(placements: 402, fills: 120),
            fills: [
                fill(700, .buy, "0.01", "59990.12", .maker), fill(720, .sell, "0.005", "60001.5", .taker),
            ],
            messages: [
                .init(at: start + .seconds(701), urgency: .note, text: "market-maker: quotes are wide")
            ],
            profits: (0..<60).map { notional("\($0 * $0 % 37)") })
    }

    static func book(
        orders: [SessionSnapshot.Book.Order]? = nil
    ) -> SessionSnapshot.Book {
        SessionSnapshot.Book(
            market: 0, state: .live,
            bids: levels([
                ("60000.00", "0.5"), ("59999.50", "1.25"), ("59999.00", "0.75"), ("59998.00", "2.1"),
                ("59997.00", "0.3"), ("59996.00", "0.9"),
            ]),
            asks: levels([
                ("60000.01", "0.2"), ("60000.50", "0.6"), ("60001.00", "1.1"), ("60002.00", "0.4"),
                ("60003.00", "3"), ("60004.00", "0.05"),
            ]),
            lastTrade: Trade(
                market: MarketID(0), aggressor: .buy, id: DealID(7), price: price("60000.01"),
                quantity: quantity("0.1"), venueTime: start, receivedAt: start),
            orders: orders ?? [
                order(.buy, "59999.50", "0.01"), order(.sell, "60001.00", "0.01", isCancelRequested: true),
            ],
            priceDecimals: 2, quantityDecimals: 5)
    }

    static func order(
        _ side: Side, _ at: String, _ remaining: String, _ phase: ActivePhase = .open,
        isCancelRequested: Bool = false, isStop: Bool = false
    ) -> SessionSnapshot.Book.Order {
        .init(
            strategy: 0, side: side, price: price(at), remaining: quantity(remaining), phase: phase,
            isCancelRequested: isCancelRequested, isStop: isStop)
    }

    static func strategy(
        _ label: String, drawdown: String = "0", open: Int = 0, unknown: Int = 0, market: Int = 0,
        step: LadderStep = .normal, status: StrategyStatus = .running
    ) -> SessionSnapshot.Strategy {
        var limits = LadderLimits()
        limits.warn = notional("200")
        limits.halt = notional("600")
        return .init(
            label: label, status: status, step: step, limits: limits, drawdown: notional(drawdown),
            drawdownMax: notional("5.5"), openOrders: open, unknownOrders: unknown, market: market)
    }

    static func standing(
        strategy: Int = 0, market: Int = 0, position: String = "0", average: String? = nil,
        profit: String = "0", fills: Int = 0
    ) -> SessionSnapshot.Standing {
        .init(
            strategy: strategy, market: market, position: quantity(position),
            averagePrice: average.map { price($0) }, profit: notional(profit), fills: fills,
            priceDecimals: 2, quantityDecimals: 5)
    }

    static func rates(place: Int = 0) -> [SessionSnapshot.Rate] {
        let limits = VenueLimits.coinExV1
        return [
            .init(name: "place", used: place, limit: limits.place),
            .init(name: "cancel", used: 3, limit: limits.cancel),
            .init(name: "batch", used: 0, limit: limits.batch),
            .init(name: "query", used: 0, limit: limits.query),
            .init(name: "all", used: place + 3, limit: limits.total),
        ]
    }

    static func counters(placements: Int = 0, fills: Int = 0) -> Counters {
        var counters = Counters()
        counters.placements = placements
        counters.fills = fills
        return counters
    }

    static func fill(
        _ second: Int64, _ side: Side, _ size: String, _ at: String, _ liquidity: Liquidity,
        strategy: Int = 0, market: Int = 0
    ) -> SessionSnapshot.FillNews {
        .init(
            fill: Fill(
                market: MarketID(market), deal: DealID(UInt64(second)), order: .none,
                strategy: StrategyID(strategy), side: side, liquidity: liquidity, price: price(at),
                quantity: quantity(size), notional: .zero, fee: .zero, feeAsset: AssetID(0),
                venueTime: start, receivedAt: start + .seconds(second)),
            priceDecimals: 2, quantityDecimals: 5)
    }

    /// So many strategies, each in markets of its own and of others.
    static func portfolio(strategies: Int, markets: Int) -> SessionSnapshot {
        var session = maker()
        session.title.markets = (0..<markets).map { "COIN\($0)USDT" }
        session.strategies = (0..<strategies).map {
            strategy("strategy-\($0)", drawdown: "\($0).5", open: $0, market: $0 % markets)
        }
        session.standings = (0..<strategies).flatMap { index in
            (0..<2).map {
                standing(
                    strategy: index, market: (index + $0) % markets, position: "\(index - 2).5",
                    profit: "\(index * 10 - 30).25", fills: index)
            }
        }
        return session
    }

    static func picture(
        _ session: SessionSnapshot, _ columns: Int, _ rows: Int, _ keys: [Key] = [],
        _ glyphs: Glyphs = .unicode
    ) -> Screen {
        var state = ViewState()
        for key in keys { state.take(key, session) }
        return SessionPicture(session, state, RateMeter(), glyphs)
            .screen(ScreenSize(columns: columns, rows: rows))
    }
}
