import CoinExClient
import CoinExVenue
import MarketModel
import Quantities

// What the account holds, has done and pays.

extension CoinExCommand {
    private static let limit = Arguments.Option(
        name: "limit", value: "N", help: "how many, to 1000; usual are 100")

    static let accountVerbs: [Verb] = [
        Verb(
            name: "balance", arguments: "[COIN]", help: "what the spot account holds", isSigned: true,
            example: "balance", perform: balance),
        Verb(
            name: "orders", arguments: "[MARKET]", help: "resting orders, or those that ended with a fill",
            options: [
                .init(name: "finished", help: "those that ended with at least one fill"),
                .init(name: "stops", help: "stop orders that wait; with --finished those that have fired"),
                .init(name: "client-id", value: "NAME", help: "only orders that were given this name"),
                limit,
            ], isSigned: true, example: "orders BTCUSDT --finished", perform: orders),
        Verb(
            name: "deals", arguments: "[MARKET]",
            help: "own deals with their fees, the newest first; v2 wants a market",
            options: [limit], isSigned: true, example: "deals BTCUSDT --limit 20", perform: deals),
        Verb(
            name: "fees", arguments: "MARKET", help: "what trades of this account cost", isSigned: true,
            example: "fees BTCUSDT", perform: fees),
    ]

    @Sendable private static func balance(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let coin = arguments.positional.first?.uppercased()
        var table = VenueTable(
            [.text("coin"), .number("available"), .number("frozen"), .number("total")],
            emptyText: "the account holds nothing")
        for row in try await dialogue.counter.balances() {
            guard coin == nil || coin == row.coin else { continue }
            let (available, frozen) = (row.available, row.frozen)
            let (sum, isTooLarge) = available.raw.addingReportingOverflow(frozen.raw)
            table.add(
                .text(row.coin), .decimal(available), .decimal(frozen),
                isTooLarge ? .none : .decimal(Amount(raw: sum)))
        }
        dialogue.show(table)
    }

    @Sendable private static func fees(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let market = try arguments.market(at: 0, "'coinex fees BTCUSDT'")
        let rates = try await dialogue.counter.fees(market)
        var table = VenueTable([.text("market"), .number("maker"), .number("taker")], isSingle: true)
        table.add(.text(market.text), .decimal(rates.maker), .decimal(rates.taker))
        dialogue.show(table)
    }

    @Sendable private static func orders(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let market = try arguments.marketOrNil()?.text
        let limit = Int(try arguments.number("limit", in: 1...1_000, otherwise: 100))
        let name = arguments.value("client-id")
        if arguments.has("stops") {
            guard name == nil else { throw UsageError("--client-id is for orders, not for --stops") }
            return try await stops(dialogue, market, limit, isFinished: arguments.has("finished"))
        }
        let isFinished = arguments.has("finished")
        let found =
            isFinished
            ? try await dialogue.counter.finishedOrders(market, named: name, limit: limit)
            : try await dialogue.counter.restingOrders(market, named: name, limit: limit)
        var table = orderTable(emptyText: isFinished ? "no order has ended with a fill" : "no order rests")
        for order in found { table.rows.append(orderRow(order)) }
        dialogue.show(table)
    }

    static func orderTable(emptyText: String = "no order", isSingle: Bool = false) -> VenueTable {
        VenueTable(
            [
                .text("time"), .number("id"), .text("market"), .text("type"), .text("side"),
                .number("amount"),
                .number("price"), .number("filled"), .number("average"), .text("status"),
                .text("client_id", "name"),
            ], emptyText: emptyText, isSingle: isSingle)
    }

    static func orderRow(_ order: CoinExOrderRow) -> [VenueTable.Cell] {
        [
            .text(VenueTime.text(order.createdAt)), .id(order.id.raw), .text(order.market),
            .text(order.type), sideCell(order.side), .decimal(order.amount),
            order.price.map { .decimal($0) } ?? .none, .decimal(order.filled),
            order.average.map { .decimal($0) } ?? .none,
            .text(order.status), order.clientID.isEmpty ? .none : .text(order.clientID),
        ]
    }

    private static func stops(
        _ dialogue: CoinExDialogue, _ market: String?, _ limit: Int, isFinished: Bool
    ) async throws {
        var table = VenueTable(
            [
                .text("time"), .number("id"), .text("market"), .text("type"), .text("side"),
                .number("amount"),
                .number("stop_price", "stop"), .number("price"), .text("status"), .text("client_id", "name"),
            ], emptyText: isFinished ? "no stop order has fired" : "no stop order waits")
        let found =
            isFinished
            ? try await dialogue.counter.finishedStops(market, limit: limit)
            : try await dialogue.counter.waitingStops(market, limit: limit)
        for stop in found {
            table.add(
                .text(VenueTime.text(stop.createdAt)), .id(stop.id.raw), .text(stop.market), .text(stop.type),
                sideCell(stop.side), .decimal(stop.amount), .decimal(stop.stopPrice),
                stop.price.map { .decimal($0) } ?? .none, .text(stop.status),
                stop.clientID.isEmpty ? .none : .text(stop.clientID))
        }
        dialogue.show(table)
    }

    @Sendable private static func deals(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let market = try arguments.marketOrNil()?.text
        let limit = Int(try arguments.number("limit", in: 1...1_000, otherwise: 100))
        var table = VenueTable(
            [
                .text("time"), .number("id"), .number("order"), .text("market"), .text("side"), .text("role"),
                .number("price"), .number("amount"), .number("value"), .number("fee"),
                .text("fee_coin", "fee in"),
            ], emptyText: "no deal")
        for deal in try await dialogue.counter.ownDeals(market, limit: limit) {
            table.add(
                .text(VenueTime.text(deal.createdAt)), .id(deal.id.raw),
                deal.order.map { .id($0.raw) } ?? .none,
                .text(deal.market ?? market ?? ""), deal.side.map { sideCell($0) } ?? .none,
                .text(deal.role), .decimal(deal.price), .decimal(deal.amount),
                deal.value.map { .decimal($0) } ?? .none,
                .decimal(deal.fee), deal.feeAsset.map { .text($0) } ?? .none)
        }
        dialogue.show(table)
    }
}
