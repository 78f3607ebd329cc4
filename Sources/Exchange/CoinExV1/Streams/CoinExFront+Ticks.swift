import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

// What is told by the tick: depth and deals when they changed, candles, states and indices more slowly.

extension CoinExFront {
    mutating func publish(at now: Instant) {
        tickCount += 1
        publishDepth(at: now)
        for market in pending.indices { publishDeals(MarketID(market), at: now) }
        guard tickCount.isMultiple(of: settings.slowEvery) else { return }
        publishStates(at: now)
        publishIndices(at: now)
        publishCandles(at: now)
        for market in pending.indices { pending[market].hasTraded = false }
    }

    // MARK: Deals

    private mutating func publishDeals(_ market: MarketID, at now: Instant) {
        guard !pending[Int(market.index)].deals.isEmpty else { return }
        // Newest first.
        let deals = Array(pending[Int(market.index)].deals.reversed())
        pending[Int(market.index)].deals.removeAll(keepingCapacity: true)
        push(.deals, at: now) {
            $0.deals.contains(market)
        } write: { json, front in
            front.write(deals, of: market, to: &json)
        }
        push(.deals, api: .v2, at: now) {
            $0.deals.contains(market)
        } message: { front in
            front.dealsMessageV2(deals, of: market)
        }
    }

    /// The parameters of `deals.update`.
    func write(_ deals: [PublicDeal], of market: MarketID, to json: inout JSONWriter) {
        json.string(names[market].name)
        writeList(deals, to: &json)
    }

    func writeList(_ deals: [PublicDeal], to json: inout JSONWriter) {
        json.array { json in
            for deal in deals {
                pushText.write(
                    deal.id, deal.aggressor, deal.at, deal.price, deal.quantity, in: deal.market, to: &json)
            }
        }
    }

    // MARK: States

    private mutating func publishStates(at now: Instant) {
        var changed: [(market: MarketID, ticker: MarketTicker)] = []
        for index in pending.indices where pending[index].hasTraded {
            guard sessions.contains(where: { $0.state.contains(MarketID(index)) }) else { continue }
            if let ticker = ticker(MarketID(index)) { changed.append((MarketID(index), ticker)) }
        }
        for index in sessions.indices where !sessions[index].state.isNone && !sessions[index].isCongested {
            let wanted = changed.filter { sessions[index].state.contains($0.market) }
            guard !wanted.isEmpty else { continue }
            let bytes: [UInt8]
            switch sessions[index].api {
            case .v1: bytes = stateMessage(wanted)
            case .v2: bytes = stateMessageV2(wanted)
            }
            send(bytes, .state, toSessionAt: index, at: now)
        }
    }

    /// With the totals of both sides.
    func ticker(_ market: MarketID) -> MarketTicker? {
        do throws(ExchangeRefusal) {
            var ticker = try core.ticker(of: market)
            ticker.bidTotal = try core.visibleTotal(of: market, .buy)
            ticker.askTotal = try core.visibleTotal(of: market, .sell)
            return ticker
        } catch {
            return nil
        }
    }

    mutating func stateMessage(_ states: [(market: MarketID, ticker: MarketTicker)]) -> [UInt8] {
        message(.state) { json, front in
            json.object { json in
                for state in states {
                    json.key(front.names[state.market].name)
                    front.write(state.ticker, period: 86_400, of: state.market, to: &json)
                }
            }
        }
    }

    func write(
        _ ticker: MarketTicker, period: Int, of market: MarketID, to json: inout JSONWriter
    ) {
        let market = names[market]
        json.object { json in
            json.key("open")
            json.decimal(ticker.open, market.priceDecimals)
            json.key("last")
            json.decimal(ticker.last, market.priceDecimals)
            json.key("high")
            json.decimal(ticker.high, market.priceDecimals)
            json.key("low")
            json.decimal(ticker.low, market.priceDecimals)
            json.key("close")
            json.decimal(ticker.last, market.priceDecimals)
            json.key("deal")
            json.shortest(ticker.value)
            json.key("volume")
            json.shortest(ticker.volume)
            json.key("sell_total")
            json.shortest(ticker.askTotal)
            json.key("buy_total")
            json.shortest(ticker.bidTotal)
            json.key("period")
            json.int(Int64(period))
        }
    }

    // MARK: Indices and candles

    private mutating func publishIndices(at now: Instant) {
        for index in pending.indices where pending[index].hasTraded {
            let market = MarketID(index)
            guard let price = indexPrice(market) else { continue }
            push(.index, at: now) {
                $0.index.contains(market)
            } write: { json, front in
                json.string(front.names[market].name)
                json.shortest(price)
            }
            pushV2(.index, at: now) {
                $0.index.contains(market)
            } write: { json, front in
                json.key("market")
                json.string(front.names[market].name)
                json.key("index_price")
                json.shortest(price)
            }
        }
    }

    func indexPrice(_ market: MarketID) -> Price? {
        do throws(ExchangeRefusal) {
            return try core.indexPrice(of: market)
        } catch {
            return nil
        }
    }

    private mutating func publishCandles(at now: Instant) {
        for index in sessions.indices {
            guard let kline = sessions[index].kline, pending[Int(kline.market.index)].hasTraded,
                let candle = candles(kline.market, kline.period, from: now, to: now).last
            else { continue }
            let bytes = message(.kline) { json, front in
                candle.write(front.names[kline.market], isNamed: true, to: &json)
            }
            send(bytes, .kline, toSessionAt: index, at: now)
        }
    }

    func candles(
        _ market: MarketID, _ period: CandlePeriod, from: Instant, to: Instant
    ) -> [PeriodCandle] {
        do throws(ExchangeRefusal) {
            return try core.candles(of: market, period, from: from, to: to, limit: 1_500)
        } catch {
            return []
        }
    }
}

// MARK: - Depth

extension CoinExFront {
    /// What a picture of depth shows now.
    func picture(_ key: FrontDepthKey) -> DepthPicture {
        do throws(ExchangeRefusal) {
            return try core.depth(
                of: key.market, limit: key.limit, mergedTo: key.step.isZero ? nil : key.step)
        } catch {
            preconditionFailure("only pictures that the market has are asked for")
        }
    }

    private mutating func publishDepth(at now: Instant) {
        for index in views.indices {
            let key = views[index].key
            var changes: DepthPicture?
            if pending[Int(key.market.index)].isDepthChanged {
                changes = views[index].take(picture(key)).changes
            }
            let isFullDue = views[index].nextFullAt <= now
            if isFullDue { views[index].toldFull(at: now) }
            publish(views[index], changes, isFullDue: isFullDue, at: now)
        }
        for index in pending.indices where pending[index].isDepthChanged {
            if sessionsOfV2 > 0 { publishBestPrices(MarketID(index), at: now) }
            pending[index].isDepthChanged = false
        }
    }

    /// Every client gets what it wants: changes, or the whole. Who lags behind gets the whole when it has caught up.
    private mutating func publish(
        _ view: FrontDepthView, _ changes: DepthPicture?, isFullDue: Bool, at now: Instant
    ) {
        guard let whole = view.told else { return }
        // Of each generation, made when they are first wanted.
        var ofV1 = FrontDepthMessages()
        var ofV2 = FrontDepthMessages()
        for session in sessions.indices where !sessions[session].isClosing {
            guard let place = sessions[session].depth.firstIndex(where: { $0.view == view.key }) else {
                continue
            }
            let wish = sessions[session].depth[place]
            guard changes != nil || isFullDue || wish.needsFull else { continue }
            if sessions[session].isCongested {
                sessions[session].depth[place].needsFull = true
                continue
            }
            if isFullDue || wish.needsFull || !wish.wantsChanges {
                sessions[session].depth[place].needsFull = false
                let bytes: [UInt8]
                switch sessions[session].api {
                case .v1:
                    bytes = ofV1.full ?? depthMessage(whole, isFull: true, whole, view.key)
                    ofV1.full = bytes
                case .v2:
                    bytes = ofV2.full ?? depthMessageV2(whole, isFull: true, whole, view.key)
                    ofV2.full = bytes
                }
                send(bytes, .depth, toSessionAt: session, at: now)
            } else if let changes {
                let bytes: [UInt8]
                switch sessions[session].api {
                case .v1:
                    bytes = ofV1.changes ?? depthMessage(changes, isFull: false, whole, view.key)
                    ofV1.changes = bytes
                case .v2:
                    bytes = ofV2.changes ?? depthMessageV2(changes, isFull: false, whole, view.key)
                    ofV2.changes = bytes
                }
                send(bytes, .depth, toSessionAt: session, at: now)
            }
        }
    }

    mutating func depthMessage(
        _ levels: DepthPicture, isFull: Bool, _ whole: DepthPicture, _ key: FrontDepthKey
    ) -> [UInt8] {
        let object = depthObject(levels, isFull: isFull, whole, key.market)
        return message(.depth) { json, front in
            json.bool(isFull)
            object.withUnsafeBufferPointer { json.rawValue($0) }
            json.string(front.names[key.market].name)
        }
    }

    /// The text of a picture with its checksum.
    mutating func depthObject(
        _ levels: DepthPicture, isFull: Bool, _ whole: DepthPicture, _ market: MarketID,
        timeKey: StaticString = "time"
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 2_048)
        depthText.write(
            levels, isFull: isFull, whole: whole, names[market], timeKey: timeKey, to: &json)
        return json.withBytes { Array($0) }
    }
}

/// The messages of one tick about one picture.
private struct FrontDepthMessages {
    var full: [UInt8]?
    var changes: [UInt8]?
}
