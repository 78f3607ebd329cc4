import MarketModel
import Quantities
import VenueKit
import WireCodecs

// The messages of the first generation.

extension CoinExFeed {
    mutating func receiveV1(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, _ events: inout [MarketEvent],
        _ facts: inout [VenueFact]
    ) throws(CoinExFeedError) -> Arrival {
        let method: CoinExV1Method
        do throws(CoinExV1StreamError) {
            switch try v1.decode(bytes) {
            case .push(let pushed): method = pushed
            case .reply(let reply):
                guard let id = reply.id else { return .foreign }
                return .reply(id: id, reply.error?.reason)
            case .foreign: return .foreign
            }
        } catch {
            throw .v1(error)
        }
        guard let stream = method.stream else { return .foreign }
        switch stream {
        case .depth: return depth(at: now, &events)
        case .deals: return .push(stream, deals(at: now, &events))
        case .state: tickers(at: now, &events)
        case .order:
            if method == .orderUpdateStop { stops(&facts) } else { ownOrders(&facts) }
        case .ownDeals: ownDeals(&facts)
        case .asset: balances(at: now, &facts)
        case .index, .kline, .notice, .stop, .bestPrices: break
        }
        return .push(stream, nil)
    }

    // MARK: - Public streams

    private mutating func depth(at now: Instant, _ events: inout [MarketEvent]) -> Arrival {
        let frame = v1.depth
        guard let market = market(frame.market) else { return .push(.depth, nil) }
        let news = CoinExDepthNews(
            market: market, isFull: frame.isFull, bids: frame.bids, asks: frame.asks, time: frame.time,
            checksum: frame.checksum)
        return receive(news, v1.levels, at: now, &events)
    }

    private mutating func deals(at now: Instant, _ events: inout [MarketEvent]) -> MarketID? {
        guard let market = market(v1.market) else { return nil }
        let flow = markets.beginTrades(market, oldest: v1.deals.last?.id)
        // The wire has the newest first.
        for index in v1.deals.indices.reversed() {
            let deal = v1.deals[index]
            let trade = Trade(
                market: market, aggressor: deal.side, id: DealID(deal.id), price: deal.price,
                quantity: deal.amount, venueTime: deal.time, receivedAt: now)
            markets.receive(trade, flow, into: &events)
        }
        return market
    }

    private mutating func tickers(at now: Instant, _ events: inout [MarketEvent]) {
        for state in v1.states {
            guard let market = market(state.market) else { continue }
            // The venue does not say when: there is no venue time.
            events.append(
                .ticker(
                    Ticker(
                        market: market, last: state.last, open: state.open, high: state.high,
                        low: state.low, volume: state.volume, venueTime: .distantPast, receivedAt: now)))
        }
    }

    // MARK: - Private streams

    private mutating func ownOrders(_ facts: inout [VenueFact]) {
        for order in v1.orders {
            guard order.account == account, let market = market(order.market) else { continue }
            orders.receive(news(order, market), into: &facts)
        }
    }

    private func news(_ order: CoinExV1Order, _ market: MarketID) -> CoinExOrderNews {
        var fees = CoinExFees()
        fees.base = order.stockFee
        fees.quote = order.moneyFee
        fees.other = order.assetFee
        fees.otherAsset = assetNames.number(of: order.feeAsset).map { AssetID($0) }
        var last = CoinExLastDeal()
        last.id = order.lastDealID
        last.price = order.lastDealPrice
        last.quantity = order.lastDealAmount
        last.time = order.lastDealTime == .distantPast ? order.changed : order.lastDealTime
        switch order.lastRole {
        case .none: last.liquidity = nil
        case .maker: last.liquidity = .maker
        case .taker: last.liquidity = .taker
        }
        let isOver: Bool
        switch v1.orderEvent {
        case .put, .update: isOver = false
        case .finish: isOver = true
        }
        return CoinExOrderNews(
            venueOrder: VenueOrderID(order.id), namedOrder: ownOrder(named: order.clientID),
            stopOrder: VenueOrderID(order.stopID), market: market, isOver: isOver,
            isMarketOrder: order.isMarketOrder, amount: order.amount, left: order.left,
            filled: order.dealStock, notional: order.dealMoney, fees: fees, lastDeal: last,
            changed: order.changed)
    }

    private mutating func stops(_ facts: inout [VenueFact]) {
        for stop in v1.stops {
            guard stop.account == account, let market = market(stop.market) else { continue }
            let change: CoinExStopNews.Change
            switch (v1.stopEvent, stop.status) {
            case (.put, _): change = .placed
            case (.active, .failed): change = .failed
            case (.active, .waiting), (.active, .activated): change = .fired
            case (.cancel, _): change = .cancelled
            }
            let news = CoinExStopNews(
                venueOrder: VenueOrderID(stop.id), namedOrder: ownOrder(named: stop.clientID),
                market: market, change: change, changed: stop.changed)
            orders.receive(news, into: &facts)
        }
    }

    private mutating func ownDeals(_ facts: inout [VenueFact]) {
        guard let market = market(v1.market) else { return }
        for index in v1.deals.indices.reversed() {
            let deal = v1.deals[index]
            let news = CoinExDealNews(
                id: DealID(deal.id), venueOrder: VenueOrderID(deal.orderID),
                namedOrder: ownOrder(named: deal.clientID), market: market, price: deal.price,
                quantity: deal.amount, time: deal.time)
            orders.receive(news, into: &facts)
        }
    }

    private mutating func balances(at now: Instant, _ facts: inout [VenueFact]) {
        for asset in v1.assets {
            guard asset.account == account, let number = assetNames.number(of: asset.coin) else {
                foreignPushes += 1
                continue
            }
            facts.append(
                .balance(
                    Balance(
                        asset: AssetID(number), total: asset.available + asset.frozen,
                        frozen: asset.frozen,
                        venueTime: asset.timestamp == .distantPast ? now + clockOffset : asset.timestamp)))
        }
    }
}
