import Quantities
import WireValues

/// One event of the market streams of Binance Spot.
package enum BinanceEvent: Sendable {
    case aggregateTrade(BinanceAggregateTrade)
    case trade(BinanceTrade)
    case blockTrade(BinanceBlockTrade)
    case kline(BinanceKline)
    case miniTicker(BinanceMiniTicker)
    case ticker(BinanceTicker)
    case rollingTicker(BinanceRollingTicker)
    case bookTicker(BinanceBookTicker)
    case partialDepth(BinancePartialDepth)
    case depth(BinanceDepthChange)
    case averagePrice(BinanceAveragePrice)
    case referencePrice(BinanceReferencePrice)
    /// The venue ends the connection soon: connect anew at once.
    case shutdown(BinanceShutdown)
}

/// The venue announces that it ends the connection.
package struct BinanceShutdown: WireObject {
    package let eventTime: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("serverShutdown")
        eventTime = try members.time("E")
    }
}

extension BinanceEvent: WireObject {
    /// Told by `e`; the ticker of books and partial books have none.
    package init(_ members: inout WireMembers) throws(WireError) {
        if !members.has("e") {
            if members.has("lastUpdateId") {
                self = .partialDepth(try BinancePartialDepth(&members))
                return
            }
            if members.opens(with: "u", then: "b") {
                self = .bookTicker(try BinanceBookTicker(&members))
                return
            }
        }
        let name = try members.eventName()
        self =
            switch name {
            case "aggTrade": .aggregateTrade(try BinanceAggregateTrade(&members))
            case "trade": .trade(try BinanceTrade(&members))
            case "blockTrade": .blockTrade(try BinanceBlockTrade(&members))
            case "kline": .kline(try BinanceKline(&members))
            case "24hrMiniTicker": .miniTicker(try BinanceMiniTicker(&members))
            case "24hrTicker": .ticker(try BinanceTicker(&members))
            case "1hTicker", "4hTicker", "1dTicker": .rollingTicker(try BinanceRollingTicker(&members))
            case "bookTicker": .bookTicker(try BinanceBookTicker(&members))
            case "depthUpdate": .depth(try BinanceDepthChange(&members))
            case "avgPrice": .averagePrice(try BinanceAveragePrice(&members))
            case "referencePrice": .referencePrice(try BinanceReferencePrice(&members))
            case "serverShutdown": .shutdown(try BinanceShutdown(&members))
            default:
                throw WireError(
                    .unexpected("'\(name)' is no event of the market streams of spot"),
                    offset: members.offset("e"), field: "e")
            }
    }
}
