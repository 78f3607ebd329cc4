import MarketModel
import Quantities

extension CoinExV2Method {
    /// Reads one message of the method, whole, plain or packed: a push, or the answer to a call.
    package var decoder: CoinExDecoder {
        CoinExDecoder(rawValue) { bytes throws in
            var gunzip = CoinExGunzip()
            guard let plain = gunzip.plain(bytes) else { throw CoinExFeedError.damagedPacking }
            return try CoinExV2MessageText.describe(plain, of: self)
        }
    }
}

/// Says in words what a message of the second generation's socket is: for people who look at recorded messages.
package enum CoinExV2MessageText {
    /// One line per row of a message that belongs to this method; one of another is an error.
    package static func describe(
        _ bytes: UnsafeBufferPointer<UInt8>, of method: CoinExV2Method
    ) throws(CoinExV2StreamError) -> [String] {
        var decoder = CoinExV2StreamDecoder()
        switch try decoder.decode(bytes) {
        case .push(let push):
            guard push.method == method else { break }
            return ["\(push.method)"] + rows(of: push, decoder)
        case .reply(let reply):
            guard !CoinExV2Push.allCases.contains(where: { $0.method == method }) else { break }
            let head = "answer to call \(reply.id ?? 0)"
            guard let failure = reply.failure else {
                let data = reply.data.isEmpty ? [] : [text(reply.data)]
                return ["\(head): done"] + data
            }
            return ["\(head): error \(reply.code) \(text(reply.message))", "\(failure)"]
        case .foreign: break
        }
        throw CoinExV2StreamError(kind: .unknownValue, push: nil, field: .method, offset: 0)
    }

    private static func rows(of push: CoinExV2Push, _ decoder: CoinExV2StreamDecoder) -> [String] {
        switch push {
        case .depth: book(decoder)
        case .deals:
            [text(decoder.market)]
                + decoder.deals.map { "\($0.id) \($0.side) \($0.amount) at \($0.price), \($0.time)" }
        case .bbo: [line(decoder.bestPrices)]
        case .state: decoder.states.map { "\(text($0.market)) last \($0.last) volume \($0.volume)" }
        case .index: ["\(text(decoder.index.market)) \(decoder.index.price)"]
        case .order: ["\(decoder.orderEvent)", line(decoder.order)]
        case .stop: ["\(decoder.stopEvent)", line(decoder.stop)]
        case .userDeals: [line(decoder.userDeal)]
        case .balance: decoder.balances.map(line)
        case .notice: []
        }
    }

    // MARK: - Rows

    private static func book(_ decoder: CoinExV2StreamDecoder) -> [String] {
        let depth = decoder.depth
        let kind = depth.isFull ? "whole" : "changes"
        let checksum = depth.checksum.map { " checksum \($0)" } ?? ""
        func side(_ name: String, _ range: Range<Int>) -> [String] {
            decoder.levels[range].map { level in
                let price = level.price.text(decimals: Int(min(level.priceDecimals, 12)))
                let quantity = level.quantity.text(decimals: Int(min(level.quantityDecimals, 12)))
                return "\(name) \(price) \(quantity)"
            }
        }
        return ["\(text(depth.market)) \(kind) at \(depth.time)\(checksum)"] + side("ask", depth.asks)
            + side("bid", depth.bids)
    }

    private static func line(_ best: CoinExV2BestPrices) -> String {
        "\(text(best.market)) bid \(best.bidSize) at \(best.bid), ask \(best.askSize) at \(best.ask), "
            + "\(best.time)"
    }

    private static func line(_ order: CoinExV2StreamOrder) -> String {
        "\(order.id) \(text(order.market)) \(order.type.rawValue) \(order.side) \(order.amount) "
            + "at \(order.price), unfilled \(order.unfilled), filled \(order.filled) for \(order.filledValue)"
    }

    private static func line(_ stop: CoinExV2StreamStop) -> String {
        "\(stop.id) \(text(stop.market)) \(stop.type.rawValue) \(stop.side) \(stop.amount) at \(stop.price) "
            + "when \(stop.triggerPrice), \(text(stop.status))"
    }

    private static func line(_ own: CoinExV2UserDeal) -> String {
        let deal = own.deal
        return "\(deal.id) \(text(own.market)) \(own.liquidity) \(deal.side) \(deal.amount) "
            + "at \(deal.price) of order \(own.orderID), fee \(own.fee) \(text(own.feeAsset)), \(deal.time)"
    }

    private static func line(_ balance: CoinExV2StreamBalance) -> String {
        "\(text(balance.coin)): \(balance.available) and \(balance.frozen) frozen"
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
