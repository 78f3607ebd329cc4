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
            name: "deals", arguments: "[MARKET]", help: "own deals with their fees, the newest first",
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
        for row in try await dialogue.client.send(CoinExV1.balances()).rows {
            guard coin == nil || coin == row.name else { continue }
            let (available, frozen) = (row.value.available, row.value.frozen)
            let (sum, isTooLarge) = available.raw.addingReportingOverflow(frozen.raw)
            table.add(
                .text(row.name), .decimal(available), .decimal(frozen),
                isTooLarge ? .none : .decimal(Amount(raw: sum)))
        }
        dialogue.show(table)
    }

    @Sendable private static func fees(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let market = try arguments.market(at: 0, "'coinex fees BTCUSDT'")
        let rates = try await dialogue.client.send(CoinExV1.marketFee(market))
        var table = VenueTable([.text("market"), .number("maker"), .number("taker")], isSingle: true)
        table.add(.text(market.text), .decimal(rates.maker), .decimal(rates.taker))
        dialogue.show(table)
    }

    /// All rows of a long list, page by page, up to a limit.
    private static func rows<Row>(
        _ dialogue: CoinExDialogue, _ limit: Int64,
        _ page: (_ page: Int64, _ size: Int64) -> CoinExCall<CoinExPage<Row>>
    ) async throws -> [Row] {
        var rows: [Row] = []
        var number: Int64 = 1
        while true {
            let reply = try await dialogue.client.send(page(number, min(100, limit)))
            rows += reply.rows
            guard reply.hasNext, !reply.rows.isEmpty, rows.count < Int(limit) else { break }
            number += 1
        }
        return Array(rows.prefix(Int(limit)))
    }

    @Sendable private static func orders(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let market = try arguments.marketOrNil()?.text
        let limit = try arguments.number("limit", in: 1...1_000, otherwise: 100)
        let name = arguments.value("client-id")
        if arguments.has("stops") {
            guard name == nil else { throw UsageError("--client-id is for orders, not for --stops") }
            return try await stops(dialogue, market, limit, isFinished: arguments.has("finished"))
        }
        let isFinished = arguments.has("finished")
        let found = try await rows(dialogue, limit) { page, size in
            isFinished
                ? CoinExV1.finishedOrders(market, clientID: name, page: page, limit: size)
                : CoinExV1.pendingOrders(market, clientID: name, page: page, limit: size)
        }
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

    static func orderRow(_ order: CoinExOrder) -> [VenueTable.Cell] {
        [
            .text(VenueTime.text(order.createdAt)), .id(order.id.raw), .text(order.market),
            .text(order.type.rawValue), sideCell(order.side.side), .decimal(order.amount),
            order.type == .market ? .none : .decimal(order.price), .decimal(order.dealAmount),
            order.averagePrice.isPositive ? .decimal(order.averagePrice) : .none,
            .text(order.status.rawValue), order.clientID.isEmpty ? .none : .text(order.clientID),
        ]
    }

    private static func stops(
        _ dialogue: CoinExDialogue, _ market: String?, _ limit: Int64, isFinished: Bool
    ) async throws {
        var table = VenueTable(
            [
                .text("time"), .number("id"), .text("market"), .text("type"), .text("side"),
                .number("amount"),
                .number("stop_price", "stop"), .number("price"), .text("status"), .text("client_id", "name"),
            ], emptyText: isFinished ? "no stop order has fired" : "no stop order waits")
        func add(
            _ time: Instant, _ id: VenueOrderID, _ market: String, _ type: CoinExOrderType,
            _ side: CoinExSide,
            _ amount: Amount, _ stop: Price, _ price: Price, _ status: String, _ name: String
        ) {
            table.add(
                .text(VenueTime.text(time)), .id(id.raw), .text(market), .text(type.rawValue),
                sideCell(side.side), .decimal(amount), .decimal(stop),
                type == .market ? .none : .decimal(price), .text(status), name.isEmpty ? .none : .text(name))
        }
        if isFinished {
            for stop in try await rows(dialogue, limit, { CoinExV1.firedStops(market, page: $0, limit: $1) })
            {
                add(
                    stop.createdAt, stop.id, stop.market, stop.type, stop.side, stop.amount, stop.stopPrice,
                    stop.price, stop.status.rawValue, stop.clientID)
            }
        } else {
            for stop in try await rows(
                dialogue, limit, { CoinExV1.pendingStops(market, page: $0, limit: $1) })
            {
                add(
                    stop.createdAt, stop.id, stop.market, stop.type, stop.side, stop.amount, stop.stopPrice,
                    stop.price, "waiting", stop.clientID)
            }
        }
        dialogue.show(table)
    }

    @Sendable private static func deals(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let market = try arguments.marketOrNil()?.text
        let limit = try arguments.number("limit", in: 1...1_000, otherwise: 100)
        var table = VenueTable(
            [
                .text("time"), .number("id"), .number("order"), .text("market"), .text("side"), .text("role"),
                .number("price"), .number("amount"), .number("value"), .number("fee"),
                .text("fee_coin", "fee in"),
            ], emptyText: "no deal")
        for deal in try await rows(dialogue, limit, { CoinExV1.ownDeals(market, page: $0, limit: $1) }) {
            table.add(
                .text(VenueTime.text(deal.createdAt)), .id(deal.id.raw),
                deal.order.map { .id($0.raw) } ?? .none,
                .text(deal.market ?? market ?? ""), deal.side.map { sideCell($0.side) } ?? .none,
                .text(deal.role.rawValue), .decimal(deal.price), .decimal(deal.amount), .decimal(deal.money),
                .decimal(deal.fee), deal.feeAsset.map { .text($0) } ?? .none)
        }
        dialogue.show(table)
    }
}
