import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

// What the sessions of the second generation are told.

extension CoinExFront {
    /// Tells what has happened in the core to the accounts that it concerns.
    mutating func tellV2(_ item: ExchangeNews, at now: Instant) {
        switch item {
        case .order(let event, let order):
            pushV2(.order, at: now) {
                $0.account == order.account && $0.orders.contains(order.market)
            } write: { json, front in
                json.key("event")
                json.string(event.wordV2)
                json.key("order")
                front.textV2.writePush(order, to: &json)
            }
        case .stop(let event, let stop):
            guard let word = event.wordV2 else { return }
            pushV2(.orderStop, at: now) {
                $0.account == stop.account && $0.stops.contains(stop.market)
            } write: { json, front in
                json.key("event")
                json.string(word)
                json.key("stop")
                front.textV2.write(stop, isPush: true, to: &json)
            }
        case .ownDeal(let deal):
            push(.ownDeals, api: .v2, at: now) {
                $0.account == deal.account && $0.ownDeals.contains(deal.market)
            } message: { front in
                front.messageV2("user_deals.update") { json, front in
                    front.textV2.write(deal, isPush: true, to: &json)
                }
            }
        case .balance(let account, let balance, let changedAt):
            pushV2(.asset, at: now) {
                $0.account == account && $0.assets.contains(balance.asset)
            } write: { json, front in
                json.key("balance_list")
                json.array { json in front.textV2.write(balance, changedAt: changedAt, to: &json) }
            }
        // Told by the tick.
        case .deal, .depth: break
        }
    }

    /// Writes a push once and sends it to every session of the second generation that wants it.
    mutating func pushV2(
        _ family: FrontFamily, at now: Instant, to isWanted: (borrowing FrontSession) -> Bool,
        write: (inout JSONWriter, borrowing CoinExFront) -> Void
    ) {
        push(family, api: .v2, at: now, to: isWanted) { front in
            front.messageV2(family.methodV2) { json, front in json.object { write(&$0, front) } }
        }
    }

    /// The text of a push: `write` puts in the data.
    mutating func messageV2(
        _ method: StaticString, _ write: (inout JSONWriter, borrowing CoinExFront) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 0)
        swap(&json, &self.json)
        json.reset()
        json.object { json in
            json.key("method")
            json.string(method)
            json.key("data")
            write(&json, self)
            json.key("id")
            json.null()
        }
        let bytes = json.withBytes { Array($0) }
        swap(&json, &self.json)
        return bytes
    }

    // MARK: What is told by the tick

    mutating func dealsMessageV2(_ deals: [PublicDeal], of market: MarketID) -> [UInt8] {
        messageV2("deals.update") { json, front in
            json.object { json in
                json.key("market")
                json.string(front.names[market].name)
                json.key("deal_list")
                json.array { json in for deal in deals { front.textV2.write(deal, to: &json) } }
            }
        }
    }

    mutating func stateMessageV2(_ choice: FrontChoice) -> [UInt8] {
        var states: [(market: MarketID, ticker: MarketTicker)] = []
        for place in pending.indices where choice.contains(MarketID(place)) {
            if let ticker = ticker(MarketID(place)) { states.append((MarketID(place), ticker)) }
        }
        return stateMessageV2(states)
    }

    mutating func stateMessageV2(_ states: [(market: MarketID, ticker: MarketTicker)]) -> [UInt8] {
        messageV2("state.update") { json, front in
            json.object { json in
                json.key("state_list")
                json.array { json in
                    for state in states { front.textV2.write(state.ticker, of: state.market, to: &json) }
                }
            }
        }
    }

    mutating func depthMessageV2(
        _ levels: DepthPicture, isFull: Bool, _ whole: DepthPicture, _ key: FrontDepthKey
    ) -> [UInt8] {
        let object = depthObject(levels, isFull: isFull, whole, key.market, timeKey: "updated_at")
        return messageV2("depth.update") { json, front in
            json.object { json in
                json.key("market")
                json.string(front.names[key.market].name)
                json.key("is_full")
                json.bool(isFull)
                json.key("depth")
                object.withUnsafeBufferPointer { json.rawValue($0) }
            }
        }
    }

    mutating func bestPricesMessage(_ market: MarketID) -> [UInt8] {
        let picture = picture(FrontDepthKey(market: market, limit: 5, step: .zero))
        let nothing = Level(price: .zero, quantity: .zero)
        let (bid, ask) = (picture.bids.first ?? nothing, picture.asks.first ?? nothing)
        return messageV2("bbo.update") { json, front in
            let terms = front.names[market]
            json.object { json in
                json.key("market")
                json.string(terms.name)
                json.key("updated_at")
                json.milliseconds(picture.at)
                json.key("best_bid_price")
                json.decimal(bid.price, terms.priceDecimals)
                json.key("best_bid_size")
                json.decimal(bid.quantity, terms.amountDecimals)
                json.key("best_ask_price")
                json.decimal(ask.price, terms.priceDecimals)
                json.key("best_ask_size")
                json.decimal(ask.quantity, terms.amountDecimals)
            }
        }
    }

    /// Tells the best prices of a market whose book has changed.
    mutating func publishBestPrices(_ market: MarketID, at now: Instant) {
        push(.depth, api: .v2, at: now) {
            $0.bestPrices.contains(market) && !$0.isCongested
        } message: { front in
            front.bestPricesMessage(market)
        }
    }
}

extension OrderEvent {
    fileprivate var wordV2: StaticString {
        switch self {
        case .put: "put"
        case .update: "update"
        case .finish: "finish"
        }
    }
}

extension StopEvent {
    /// Nil for what is not told.
    fileprivate var wordV2: StaticString? {
        switch self {
        case .put: "put"
        case .activate: "active"
        case .cancel: "cancel"
        case .modify: nil
        }
    }
}

extension FrontFamily {
    fileprivate var methodV2: StaticString {
        switch self {
        case .state: "state.update"
        case .deals: "deals.update"
        case .depth: "depth.update"
        case .order: "order.update"
        case .orderStop: "stop.update"
        case .asset: "balance.update"
        case .ownDeals: "user_deals.update"
        case .index: "index.update"
        case .notice: "notice.update"
        case .kline: preconditionFailure("the second generation pushes no candles")
        }
    }
}
