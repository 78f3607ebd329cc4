import WireCodecs
import WireValues

/// One event of the market streams of Binance Options.
package enum BinanceOptionsEvent: Sendable {
    case index(BinanceIndexPrice)
    case kline(BinanceKline)
    case markPrice(BinanceMarkPrice)
    case newSymbol(BinanceNewOption)
    case openInterest(BinanceOpenInterest)
    /// The best levels as a whole; first generation.
    case wholeDepth(BinanceOptionDepth)
    /// Changed levels or, on a partial stream, the best levels as a whole; second generation.
    case depth(BinanceDepthChange)
    case ticker(BinanceOptionTicker)
    case statistics(BinanceOptionStatistics)
    case bookTicker(BinanceBookTicker)
    case trade(BinanceOptionTrade)
    case shutdown(BinanceShutdown)
}

extension BinanceOptionsEvent: WireObject {
    /// Told by `e`; the tickers of the generations by their members.
    package init(_ members: inout WireMembers) throws(WireError) {
        // Mark prices of the second generation do not begin with it.
        if !members.comesNext("e"), let mark = members.attempt(BinanceMarkPrice.init) {
            self = .markPrice(mark)
            return
        }
        let name = try members.eventName()
        self =
            switch name {
            case "index", "indexPrice": .index(try BinanceIndexPrice(&members))
            case "kline": .kline(try BinanceKline(&members))
            case "markPrice": .markPrice(try BinanceMarkPrice(&members))
            case "OPTION_PAIR", "optionSymbol": .newSymbol(try BinanceNewOption(&members))
            case "openInterest": .openInterest(try BinanceOpenInterest(&members))
            case "depth": .wholeDepth(try BinanceOptionDepth(&members))
            case "depthUpdate": .depth(try BinanceDepthChange(&members))
            case "24hrTicker": try Self.ticker(&members)
            case "bookTicker": .bookTicker(try BinanceBookTicker(&members))
            case "trade": .trade(try BinanceOptionTrade(&members))
            case "serverShutdown": .shutdown(try BinanceShutdown(&members))
            default:
                throw WireError(
                    .unexpected("'\(name)' is no event of the market streams of options"),
                    offset: members.offset("e"), field: "e")
            }
    }

    /// The second generation has no mark price in it.
    private static func ticker(_ members: inout WireMembers) throws(WireError) -> BinanceOptionsEvent {
        if let ticker = members.attempt(BinanceOptionTicker.init) { return .ticker(ticker) }
        return members.has("mp")
            ? .ticker(try BinanceOptionTicker(&members))
            : .statistics(try BinanceOptionStatistics(&members))
    }
}

/// A message of a connection to Binance Options, raw or combined, for markets and for the account.
package enum BinanceOptionsMessage: Sendable {
    /// What a stream brought. Raw connections do not name the stream.
    case event(stream: BinanceStreamName?, value: BinanceOptionsEvent)
    /// A list that a stream brought: one event for each element.
    case events(stream: BinanceStreamName?, list: [BinanceOptionsEvent])
    case account(BinanceOptionsUserEvent)
    case reply(BinanceReply)
}

extension BinanceOptionsMessage: WireObject {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        if try json.wire(field, { json throws(JSONError) in try json.peek() }) == .array {
            self = .events(stream: nil, list: try [BinanceOptionsEvent](reading: &json, as: field))
        } else {
            try self.init(readingObject: &json, as: field)
        }
    }

    package init(_ members: inout WireMembers) throws(WireError) {
        if members.opens(with: "stream", then: "data") {
            let stream: BinanceStreamName = try members.short("stream")
            if try members.isList("data") {
                self = .events(stream: stream, list: try members.part("data"))
            } else {
                let inner: Inner = try members.part("data")
                self = inner.message(stream)
            }
        } else if BinanceReply.isReply(&members) {
            self = .reply(try BinanceReply(&members))
        } else {
            self = try Inner(&members).message(nil)
        }
    }

    /// An event of a market or of the account.
    private enum Inner: WireObject {
        case market(BinanceOptionsEvent)
        case account(BinanceOptionsUserEvent)

        init(_ members: inout WireMembers) throws(WireError) {
            // Nothing about the account is an event of a market, so that in order the market is tried.
            if let event = members.attempt(BinanceOptionsEvent.init) {
                self = .market(event)
            } else if BinanceOptionsUserEvent.names.contains(try members.eventName().description) {
                self = .account(try BinanceOptionsUserEvent(&members))
            } else {
                self = .market(try BinanceOptionsEvent(&members))
            }
        }

        func message(_ stream: BinanceStreamName?) -> BinanceOptionsMessage {
            switch self {
            case .market(let event): .event(stream: stream, value: event)
            case .account(let event): .account(event)
            }
        }
    }
}
