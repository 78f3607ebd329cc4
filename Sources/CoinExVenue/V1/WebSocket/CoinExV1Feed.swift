import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// Turns the messages of the venue's socket into market events and facts.
///
/// One message in; what it was comes back, so that the session can be told (`CoinExSession.heard`), and its events
/// and facts are appended. Markets and coins that are not of the session are counted and dropped.
package struct CoinExV1Feed {
    /// What a message was.
    package enum Arrival {
        /// A push; the market is nil where a stream is not of one.
        case push(CoinExStream, MarketID?)
        /// The book of a market is damaged: it has been reset, and must be asked for anew.
        case damaged(MarketID)
        /// An answer to a call, to be matched by its id and read with `decodeResult`.
        case reply(CoinExV1Reply)
        case foreign
    }

    package private(set) var decoder = CoinExV1StreamDecoder()
    package var markets: CoinExMarketFeed
    package var orders: CoinExOwnOrders
    /// By how much the venue's clock is ahead of ours: for pushes that do not say when.
    package var clockOffset = Interval.zero
    /// Names of orders that say nothing.
    package var gaps = CoinExTapeGaps()
    /// Pushes of markets, coins and accounts that are not of the session.
    package private(set) var foreignPushes = 0
    private let marketNames: NameIndex
    private let assetNames: NameIndex
    private let naming: CoinExOrderNaming
    private let account: Int64

    /// - Parameters:
    ///   - naming: how this run names its orders; those of other runs and others are nobody's.
    ///   - limit: the levels per side that books are subscribed with.
    ///   - account: whose balances and orders count: 0 for spot.
    package init(_ table: MarketTable, _ naming: CoinExOrderNaming, limit: Int = 20, account: Int64 = 0) {
        markets = CoinExMarketFeed(markets: table.markets.count, limit: limit)
        orders = CoinExOwnOrders(table)
        marketNames = NameIndex(table.markets.map(\.name))
        assetNames = NameIndex(table.assets)
        self.naming = naming
        self.account = account
    }

    /// Takes one message. On error nothing has been appended and nothing has changed.
    package mutating func receive(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, events: inout [MarketEvent],
        facts: inout [VenueFact]
    ) throws(CoinExV1StreamError) -> Arrival {
        let method: CoinExV1Method
        switch try decoder.decode(bytes) {
        case .push(let pushed): method = pushed
        case .reply(let reply): return .reply(reply)
        case .foreign: return .foreign
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
        case .index, .kline, .notice: break
        }
        return .push(stream, nil)
    }

    /// Decodes the result of a call; rows stand in the members of `decoder`.
    package mutating func decodeResult(
        _ reply: CoinExV1Reply, of method: CoinExV1Method
    ) throws(CoinExV1StreamError) -> CoinExV1Result {
        try decoder.decodeResult(reply, of: method)
    }

    private mutating func market(_ name: UnsafeBufferPointer<UInt8>) -> MarketID? {
        guard let number = marketNames.number(of: name) else {
            foreignPushes += 1
            return nil
        }
        return MarketID(number)
    }

    // MARK: - Public streams

    private mutating func depth(at now: Instant, _ events: inout [MarketEvent]) -> Arrival {
        let frame = decoder.depth
        guard let market = market(frame.market) else { return .push(.depth, nil) }
        let news = CoinExDepthNews(
            market: market, isFull: frame.isFull, bids: frame.bids, asks: frame.asks, time: frame.time,
            checksum: frame.checksum)
        switch markets.receive(news, decoder.levels, at: now, into: &events) {
        case .replaced, .changed: return .push(.depth, market)
        // Nothing that keeps a book up: a stream of only such is as good as silent.
        case .old, .waiting: return .push(.depth, nil)
        case .damaged: return .damaged(market)
        }
    }

    private mutating func deals(at now: Instant, _ events: inout [MarketEvent]) -> MarketID? {
        guard let market = market(decoder.market) else { return nil }
        let isHistory = markets.beginTrades(market)
        // The wire has the newest first.
        for index in decoder.deals.indices.reversed() {
            let deal = decoder.deals[index]
            let trade = Trade(
                market: market, aggressor: deal.side, id: DealID(deal.id), price: deal.price,
                quantity: deal.amount, venueTime: deal.time, receivedAt: now)
            markets.receive(trade, isHistory: isHistory, into: &events)
        }
        return market
    }

    private mutating func tickers(at now: Instant, _ events: inout [MarketEvent]) {
        for state in decoder.states {
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

    /// The order of this run that a client id names.
    private func ownOrder(named name: UnsafeBufferPointer<UInt8>) -> OrderID? {
        guard let named = naming.order(named: name), named.run == naming.run,
            !gaps.contains(named.order), !gaps.isDoubtful(named.order)
        else { return nil }
        return named.order
    }

    private mutating func ownOrders(_ facts: inout [VenueFact]) {
        for order in decoder.orders {
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
        switch decoder.orderEvent {
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
        for stop in decoder.stops {
            guard stop.account == account, let market = market(stop.market) else { continue }
            let change: CoinExStopNews.Change
            switch (decoder.stopEvent, stop.status) {
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
        guard let market = market(decoder.market) else { return }
        for index in decoder.deals.indices.reversed() {
            let deal = decoder.deals[index]
            let news = CoinExDealNews(
                id: DealID(deal.id), venueOrder: VenueOrderID(deal.orderID),
                namedOrder: ownOrder(named: deal.clientID), market: market, price: deal.price,
                quantity: deal.amount, time: deal.time)
            orders.receive(news, into: &facts)
        }
    }

    private mutating func balances(at now: Instant, _ facts: inout [VenueFact]) {
        for asset in decoder.assets {
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
