import CoinExClient
import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

extension CoinExCommand {
    @Sendable static func book(_ dialogue: CoinExDialogue, _ arguments: Arguments) async throws {
        try arguments.atMost(1)
        let market = try arguments.market(at: 0, "'coinex book BTCUSDT'")
        let levels = try arguments.number("levels", in: 5...50, otherwise: 10)
        guard CoinExDepthTopic.limits.contains(Int(levels)) else {
            throw UsageError("--levels is 5, 10, 20 or 50, not \(levels)")
        }
        let step = arguments.value("merge") ?? "0"
        guard let merge = Self.merge(step) else {
            throw UsageError("--merge is 0 or a power of ten from 0.00000001 to 1000, not '\(step)'")
        }
        if arguments.has("watch") {
            return try await watch(dialogue, market, Int(levels), merge)
        }
        let depth = try await dialogue.counter.book(market, merge: merge, levels: levels)
        BookText(
            market: market.text, last: depth.last, time: depth.time, bids: depth.bids, asks: depth.asks
        ).show(on: dialogue)
    }

    private static func merge(_ text: String) -> CoinExMerge? {
        if text == "0" { return CoinExMerge.none }
        return (-8...3).lazy.compactMap { CoinExMerge(exponent: $0) }.first { $0.text == text }
    }

    private static func watch(
        _ dialogue: CoinExDialogue, _ market: CoinExMarketName, _ levels: Int, _ merge: CoinExMerge
    ) async throws {
        let streams = try await CoinExStreams.open(dialogue.settings, on: dialogue.loop)
        defer { streams.close() }
        // Whole each time: what is shown needs no memory of what was shown before.
        let topic = CoinExDepthTopic(market.text, limit: levels, merge: merge, isIncremental: false)
        switch streams.api {
        case .v1: try await streams.call(.subscribeDepth([topic]))
        case .v2: try await streams.call(v2: .subscribeDepth([topic]))
        }
        for try await event in streams.events {
            guard case .book(let book) = event, book.isWhole else { continue }
            if dialogue.terminal.isLive, !dialogue.isJSON { dialogue.terminal.clear() }
            BookText(
                market: market.text, last: book.last, time: book.time, bids: book.bids, asks: book.asks
            ).show(on: dialogue)
        }
    }
}

/// A book as two sides next to each other, or as one line of JSON.
private struct BookText {
    let market: String
    let last: Price?
    let time: Instant
    let bids: [Level]
    let asks: [Level]

    func show(on dialogue: CoinExDialogue) {
        if dialogue.isJSON { return dialogue.terminal.result(json) }
        let last = last.map { "  last \($0)" } ?? ""
        dialogue.terminal.result("\(market)\(last)  \(VenueTime.text(time))")
        dialogue.show(table)
    }

    private var table: VenueTable {
        var table = VenueTable(
            [
                .number("bid_amount", "amount"), .number("bid"), .number("ask"),
                .number("ask_amount", "amount"),
            ], emptyText: "the book is empty")
        for index in 0..<max(bids.count, asks.count) {
            let bid = index < bids.count ? bids[index] : nil
            let ask = index < asks.count ? asks[index] : nil
            table.rows.append([
                bid.map { .decimal($0.quantity) } ?? .none, bid.map { .decimal($0.price, .good) } ?? .none,
                ask.map { .decimal($0.price, .bad) } ?? .none, ask.map { .decimal($0.quantity) } ?? .none,
            ])
        }
        return table
    }

    private var json: String {
        var json = JSONWriter(capacity: 4_096)
        json.beginObject()
        json.key("market")
        json.string(market)
        json.key("last")
        if let last { json.string(last.description) } else { json.null() }
        json.key("time")
        json.string(time.description)
        json.key("bids")
        write(bids, &json)
        json.key("asks")
        write(asks, &json)
        json.endObject()
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ levels: [Level], _ json: inout JSONWriter) {
        json.beginArray()
        for level in levels {
            json.beginArray()
            json.string(level.price.description)
            json.string(level.quantity.description)
            json.endArray()
        }
        json.endArray()
    }
}
