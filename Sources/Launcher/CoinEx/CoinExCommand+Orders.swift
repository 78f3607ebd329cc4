import CoinExClient
import CoinExVenue
import MarketModel
import Quantities

// What changes something at the venue.

extension CoinExCommand {
    private static let yes = Arguments.Option(
        name: "yes", help: "do not ask; needed where there is no terminal")

    static let orderVerbs: [Verb] = [
        Verb(
            name: "place", arguments: "buy|sell AMOUNT MARKET --price PRICE | --market",
            help: "place an order, after a question",
            options: [
                .init(name: "price", value: "PRICE", help: "a limit order at this price"),
                .init(name: "market", help: "a market order"),
                .init(name: "spend", help: "AMOUNT of a market order is in the quote asset"),
                .init(name: "option", value: "WORD", help: "of a limit order: normal, ioc, fok, maker-only"),
                .init(name: "hide", help: "a limit order that the public book does not show"),
                .init(name: "stop", value: "PRICE", help: "wait until the last price has come there"),
                .init(name: "client-id", value: "NAME", help: "the order's name; usual is a new one"),
                yes,
            ], isSigned: true, example: "place buy 0.001 BTCUSDT --price 50000 --option maker-only",
            perform: place),
        Verb(
            name: "cancel", arguments: "MARKET ID... | MARKET --client-id NAME | MARKET --all",
            help: "cancel orders by their numbers or their name, or all of a market",
            options: [
                .init(name: "all", help: "all orders of the market, those of other programs too; asks"),
                .init(name: "client-id", value: "NAME", help: "all orders of this name"),
                .init(name: "stops", help: "stop orders instead of orders"),
                yes,
            ], isSigned: true, example: "cancel BTCUSDT 21860034", perform: cancel),
    ]

    // MARK: - Placing

    /// An order as the command line has it.
    private struct Ticket {
        let market: CoinExMarketName
        let side: CoinExSide
        let amount: Amount
        let price: Price?
        let option: CoinExOption
        let spends: Bool
        let isHidden: Bool
        let stop: Price?
        let name: CoinExClientID
    }

    @Sendable private static func place(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let ticket = try ticket(arguments)
        let unit: CoinExUnit?
        if ticket.price == nil {
            guard let info = try await dialogue.counter.markets([ticket.market]).first else {
                throw UsageError("the venue has no market \(ticket.market.text)")
            }
            unit = ticket.spends ? .quote(info.quote) : .base(info.base)
        } else {
            unit = nil
        }
        try dialogue.confirm(question(ticket, unit), arguments)
        do throws(CoinExClientError) {
            if let stop = ticket.stop {
                let number = try await dialogue.counter.placeStop(wish(ticket, unit), when: stop)
                return dialogue.show(stopTable(ticket, number))
            }
            let order = try await dialogue.counter.place(wish(ticket, unit))
            var table = orderTable(isSingle: true)
            table.rows.append(orderRow(order))
            dialogue.show(table)
        } catch {
            if case .outcomeUnknown = error {
                let stops = ticket.stop == nil ? "--client-id \(ticket.name)" : "--stops"
                dialogue.terminal.error(
                    "the order's name is \(ticket.name): ask with '\(dialogue.program) coinex orders "
                        + "\(ticket.market.text) \(stops)', and again with --finished")
            }
            throw error
        }
    }

    private static func ticket(_ arguments: Arguments) throws -> Ticket {
        let usage = "'coinex place buy 0.001 BTCUSDT --price 50000'"
        guard arguments.positional.count >= 3 else { throw UsageError("side, amount and market: \(usage)") }
        try arguments.atMost(3)
        guard let side = CoinExSide(rawValue: arguments.positional[0].lowercased()) else {
            throw UsageError("the side is buy or sell, not '\(arguments.positional[0])'")
        }
        let price: Price? = try arguments.positive("price")
        guard (price == nil) == arguments.has("market") else {
            throw UsageError("either --price PRICE or --market: \(usage)")
        }
        let word = arguments.value("option") ?? "normal"
        let words: [(String, CoinExOption)] = [
            ("normal", .normal), ("ioc", .immediateOrCancel), ("fok", .fillOrKill),
            ("maker-only", .makerOnly),
        ]
        guard let option = words.first(where: { $0.0 == word })?.1 else {
            throw UsageError("--option is normal, ioc, fok or maker-only, not '\(word)'")
        }
        if price == nil, arguments.has("option") || arguments.has("hide") {
            throw UsageError("--option and --hide are for limit orders")
        }
        if price != nil, arguments.has("spend") { throw UsageError("--spend is for market orders") }
        let name = arguments.value("client-id") ?? freshName()
        guard let name = CoinExClientID(name) else {
            throw UsageError("--client-id is 1 to 32 letters, digits, '-' and '_', not '\(name)'")
        }
        return Ticket(
            market: try Arguments.market(arguments.positional[2]), side: side,
            amount: try Arguments.positive(arguments.positional[1], "AMOUNT"), price: price, option: option,
            spends: arguments.has("spend"), isHidden: arguments.has("hide"),
            stop: try arguments.positive("stop"),
            name: name)
    }

    /// A name that no other order has, so that it can be asked for whatever happens.
    private static func freshName() -> String {
        "cli-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    }

    private static func question(_ ticket: Ticket, _ unit: CoinExUnit?) -> String {
        let amount = unit.map { "\(ticket.amount) \($0.asset)" } ?? "\(ticket.amount)"
        let price = ticket.price.map { "at \($0)" } ?? "at the market's price"
        let option = ticket.option == .normal ? "" : ", \(ticket.option.rawValue)"
        let stop = ticket.stop.map { ", when the price comes to \($0)" } ?? ""
        return "\(ticket.side.rawValue) \(amount) in \(ticket.market.text) \(price)\(option)\(stop)?"
    }

    private static func wish(_ ticket: Ticket, _ unit: CoinExUnit?) -> CoinExOrderWish {
        let kind: CoinExOrderWish.Kind
        switch (ticket.price, unit) {
        case (let price?, _): kind = .limit(price, ticket.option)
        case (nil, let unit?): kind = .market(unit)
        case (nil, nil): preconditionFailure("a market order has a unit")
        }
        return CoinExOrderWish(
            ticket.side, ticket.amount, kind, in: ticket.market.text, named: ticket.name,
            isHidden: ticket.isHidden)
    }

    /// A stop order that was taken; the second generation tells its number.
    private static func stopTable(_ ticket: Ticket, _ number: VenueOrderID?) -> VenueTable {
        let columns: [VenueTable.Column] = [.text("market"), .text("client_id", "name"), .text("status")]
        let cells: [VenueTable.Cell] = [
            .text(ticket.market.text), .text(ticket.name.description), .text("accepted"),
        ]
        var table = VenueTable(
            number == nil ? columns : [.number("id")] + columns, isSingle: true)
        table.rows.append(number.map { [.id($0.raw)] + cells } ?? cells)
        return table
    }

    // MARK: - Cancelling

    @Sendable private static func cancel(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        let market = try arguments.market(at: 0, "'coinex cancel BTCUSDT 21860034'").text
        let numbers = try arguments.positional.dropFirst().map { text throws(UsageError) in
            guard let number = UInt64(text), number > 0, number <= UInt64(Int64.max) else {
                throw UsageError("'\(text)' is no number of an order")
            }
            return VenueOrderID(number)
        }
        let name = arguments.value("client-id")
        let ways = [!numbers.isEmpty, name != nil, arguments.has("all")].count { $0 }
        guard ways == 1 else {
            throw UsageError(
                "which orders? their numbers, or --client-id NAME, or --all for every order of \(market)")
        }
        if let name, CoinExClientID(name) == nil {
            throw UsageError("--client-id is 1 to 32 letters, digits, '-' and '_', not '\(name)'")
        }
        let isStop = arguments.has("stops")
        var table = VenueTable(
            [.text("market"), .text("order"), .text("result")], emptyText: "no such order")
        if arguments.has("all") {
            let what = isStop ? "stop orders" : "orders"
            try dialogue.confirm("cancel all \(what) of \(market), those of other programs too?", arguments)
            if isStop {
                try await dialogue.counter.cancelAllStops(in: market)
            } else {
                try await dialogue.counter.cancelAll(in: market)
            }
            table.add(.text(market), .text("all"), .text("cancelled"))
        } else if let name {
            try await cancelNamed(name, isStop: isStop, market, dialogue, &table)
        } else {
            for number in numbers {
                if isStop {
                    try await dialogue.counter.cancelStop(number, in: market)
                } else {
                    try await dialogue.counter.cancel(number, in: market)
                }
                table.add(.text(market), .text("\(number.raw)"), .text("cancelled"))
            }
        }
        dialogue.show(table)
    }

    private static func cancelNamed(
        _ name: String, isStop: Bool, _ market: String, _ dialogue: CoinExDialogue, _ table: inout VenueTable
    ) async throws {
        let outcomes =
            isStop
            ? try await dialogue.counter.cancelStops(named: name, in: market)
            : try await dialogue.counter.cancel(named: name, in: market)
        guard let outcomes else { return table.add(.text(market), .text(name), .text("done")) }
        for outcome in outcomes {
            let code = CoinExErrorCode(rawValue: outcome.code)
            table.add(
                .text(market), .text(outcome.order.map { "\($0.raw)" } ?? name),
                .text(outcome.code == 0 ? "cancelled" : "refused: code \(code)"))
        }
    }
}
