import MarketModel
import Quantities
import VenueKit
import WireCodecs

// The messages of the second generation.

extension CoinExFeed {
    mutating func receiveV2(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, _ events: inout [MarketEvent],
        _ facts: inout [VenueFact]
    ) throws(CoinExFeedError) -> Arrival {
        let push: CoinExV2Push
        do throws(CoinExV2StreamError) {
            switch try v2.decode(bytes) {
            case .push(let pushed): push = pushed
            case .reply(let reply):
                guard let id = reply.id else { return .foreign }
                return .reply(id: id, reply.failure)
            case .foreign: return .foreign
            }
        } catch {
            throw .v2(error)
        }
        switch push {
        case .depth: return depthV2(at: now, &events)
        case .deals: return .push(.deals, dealsV2(at: now, &events))
        case .bbo: return .push(.bestPrices, market(v2.bestPrices.market))
        case .state: tickersV2(at: now, &events)
        case .order: ownOrderV2(&facts)
        case .stop: stopV2(&facts)
        case .userDeals: ownDealV2(&facts)
        case .balance: balancesV2(at: now, &facts)
        case .index, .notice: break
        }
        return .push(push.stream, nil)
    }

    // MARK: - Public streams

    private mutating func depthV2(at now: Instant, _ events: inout [MarketEvent]) -> Arrival {
        let frame = v2.depth
        guard let market = market(frame.market) else { return .push(.depth, nil) }
        let news = CoinExDepthNews(
            market: market, isFull: frame.isFull, bids: frame.bids, asks: frame.asks, time: frame.time,
            checksum: frame.checksum)
        return receive(news, v2.levels, at: now, &events)
    }

    private mutating func dealsV2(at now: Instant, _ events: inout [MarketEvent]) -> MarketID? {
        guard let market = market(v2.market) else { return nil }
        let flow = markets.beginTrades(market, oldest: v2.deals.last?.id)
        // The wire has the newest first.
        for index in v2.deals.indices.reversed() {
            let deal = v2.deals[index]
            let trade = Trade(
                market: market, aggressor: deal.side, id: DealID(deal.id), price: deal.price,
                quantity: deal.amount, venueTime: deal.time, receivedAt: now)
            markets.receive(trade, flow, into: &events)
        }
        return market
    }

    private mutating func tickersV2(at now: Instant, _ events: inout [MarketEvent]) {
        for state in v2.states {
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

    private mutating func ownOrderV2(_ facts: inout [VenueFact]) {
        let order = v2.order
        guard order.marginMarket.isEmpty, let market = market(order.market) else { return }
        let isOver: Bool
        switch v2.orderEvent {
        case .put, .update, .modify: isOver = false
        case .finish: isOver = true
        }
        var fees = CoinExFees()
        fees.base = order.baseFee
        fees.quote = order.quoteFee
        fees.other = order.discountFee
        // Own deals are told with their fees, so that nothing has to be made of those here.
        orders.receive(
            CoinExOrderNews(
                venueOrder: VenueOrderID(order.id), namedOrder: ownOrder(named: order.clientID),
                stopOrder: .unknown, market: market, isOver: isOver, isMarketOrder: order.type == .market,
                amount: order.amount, left: order.unfilled, filled: order.filled,
                notional: order.filledValue, fees: fees, lastDeal: CoinExLastDeal(),
                changed: order.changed), into: &facts)
    }

    private mutating func stopV2(_ facts: inout [VenueFact]) {
        let stop = v2.stop
        guard stop.marginMarket.isEmpty, let market = market(stop.market) else { return }
        let change: CoinExStopNews.Change
        switch v2.stopEvent {
        case .put: change = .placed
        case .cancel: change = .cancelled
        // Of the words that are not known none proves that there is no order.
        case .active: change = stop.status.elementsEqual("active_fail".utf8) ? .failed : .fired
        }
        orders.receive(
            CoinExStopNews(
                venueOrder: VenueOrderID(stop.id), namedOrder: ownOrder(named: stop.clientID),
                market: market, change: change, changed: stop.changed), into: &facts)
    }

    private mutating func ownDealV2(_ facts: inout [VenueFact]) {
        let own = v2.userDeal
        guard own.marginMarket.isEmpty, let market = market(own.market) else { return }
        var news = CoinExDealNews(
            id: DealID(own.deal.id), venueOrder: VenueOrderID(own.orderID),
            namedOrder: ownOrder(named: own.clientID), market: market, price: own.deal.price,
            quantity: own.deal.amount, time: own.deal.time)
        // A fee in an asset that the session does not know is left to a query, which says so.
        if let asset = assetNames.number(of: own.feeAsset) {
            news.cost = CoinExDealCost(fee: own.fee, asset: AssetID(asset), liquidity: own.liquidity)
        }
        orders.receive(news, into: &facts)
    }

    private mutating func balancesV2(at now: Instant, _ facts: inout [VenueFact]) {
        for balance in v2.balances {
            guard balance.marginMarket.isEmpty, let number = assetNames.number(of: balance.coin) else {
                foreignPushes += 1
                continue
            }
            facts.append(
                .balance(
                    Balance(
                        asset: AssetID(number), total: balance.available + balance.frozen,
                        frozen: balance.frozen,
                        venueTime: balance.time == .distantPast ? now + clockOffset : balance.time)))
        }
    }
}
