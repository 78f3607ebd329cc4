import MarketModel
import Quantities
import WireCodecs

/// Says in words what a message of the venue's socket is: for people who look at recorded messages.
package enum CoinExV1MessageText {
    /// The names of all methods, for a list of what can be decoded.
    package static var methods: [String] { CoinExV1Method.allCases.map(\.description) }

    /// One line per row of the message.
    ///
    /// - Parameter method: whose answer it is, if it is one; without it an answer is described as such.
    package static func describe(
        _ bytes: UnsafeBufferPointer<UInt8>, replyTo method: CoinExV1Method? = nil
    ) throws(CoinExV1StreamError) -> [String] {
        var decoder = CoinExV1StreamDecoder()
        switch try decoder.decode(bytes) {
        case .push(let pushed): return ["\(pushed)"] + rows(of: pushed, decoder)
        case .foreign: return ["a call, or a method that is not known"]
        case .reply(let reply):
            let head = "answer to call \(reply.id ?? 0)"
            if let error = reply.error {
                return ["\(head): error \(error.code) \(error.message)".trimmed, "\(error.reason)"]
            }
            guard let method, method.stream == nil else { return [head] }
            let result = try decoder.decodeResult(reply, of: method)
            return ["\(head), \(method): \(result)"] + rows(of: result, decoder)
        }
    }

    private static func rows(
        of method: CoinExV1Method, _ decoder: CoinExV1StreamDecoder
    ) -> [String] {
        if method == .orderUpdateStop { return ["\(decoder.stopEvent)"] + decoder.stops.map(line) }
        guard let stream = method.stream else { return [] }
        switch stream {
        case .depth: return book(decoder)
        case .deals, .ownDeals: return [text(decoder.market)] + decoder.deals.map(line)
        case .state: return decoder.states.map(line)
        case .kline: return decoder.candles.map(line)
        case .index: return decoder.indexes.map(line)
        case .order: return ["\(decoder.orderEvent)"] + decoder.orders.map(line)
        case .asset: return decoder.assets.map(line)
        case .notice: return ["\(decoder.notice.startedAt) to \(decoder.notice.endedAt)"]
        case .stop, .bestPrices: return []
        }
    }

    private static func rows(
        of result: CoinExV1Result, _ decoder: CoinExV1StreamDecoder
    ) -> [String] {
        switch result {
        case .done, .time: []
        case .candles: decoder.candles.map(line)
        case .state: decoder.states.map(line)
        case .deals, .ownDeals: decoder.deals.map(line)
        case .depth: book(decoder)
        case .orders: decoder.orders.map(line)
        case .stopOrders: decoder.stops.map(line)
        case .assets: decoder.assets.map(line)
        case .indexes: decoder.indexes.map(line)
        }
    }

    // MARK: - Rows

    private static func book(_ decoder: CoinExV1StreamDecoder) -> [String] {
        let depth = decoder.depth
        let kind = depth.isFull ? "whole" : "changes"
        let checksum = depth.checksum.map { " checksum \($0)" } ?? ""
        let head = "\(text(depth.market)) \(kind) at \(depth.time)\(checksum)".trimmed
        func side(_ name: String, _ range: Range<Int>) -> [String] {
            decoder.levels[range].map { level in
                let price = level.price.text(decimals: Int(min(level.priceDecimals, 12)))
                return
                    "\(name) \(price) \(level.quantity.text(decimals: Int(min(level.quantityDecimals, 12))))"
            }
        }
        return [head] + side("ask", depth.asks) + side("bid", depth.bids)
    }

    private static func line(_ deal: CoinExV1Deal) -> String {
        let order = deal.orderID == 0 ? "" : " of order \(deal.orderID)"
        return "\(deal.id) \(deal.side) \(deal.amount) at \(deal.price)\(order), \(deal.time)"
    }

    private static func line(_ order: CoinExV1Order) -> String {
        let kind = order.isMarketOrder ? "market" : "limit"
        return "\(order.id) \(text(order.market)) \(kind) \(order.side) \(order.amount) at \(order.price), "
            + "left \(order.left), filled \(order.dealStock) for \(order.dealMoney)"
    }

    private static func line(_ stop: CoinExV1StopOrder) -> String {
        let kind = stop.isMarketOrder ? "market" : "limit"
        return "\(stop.id) \(text(stop.market)) \(kind) \(stop.side) \(stop.amount) at \(stop.price) "
            + "when \(stop.stopPrice), \(stop.status)"
    }

    private static func line(_ asset: CoinExV1Asset) -> String {
        "\(text(asset.coin)) of account \(asset.account): \(asset.available) and \(asset.frozen) frozen"
    }

    private static func line(_ state: CoinExV1State) -> String {
        "\(text(state.market)) last \(state.last) volume \(state.volume)".trimmed
    }

    private static func line(_ candle: CoinExV1Candle) -> String {
        "\(candle.start) open \(candle.open) high \(candle.high) low \(candle.low) close \(candle.close) "
            + "volume \(candle.volume)"
    }

    private static func line(_ index: CoinExV1Index) -> String {
        "\(text(index.market)) \(index.price)".trimmed
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        let head = drop { $0 == " " }
        return String(
            head[..<(head.lastIndex { $0 != " " }.map { head.index(after: $0) } ?? head.startIndex)])
    }
}
