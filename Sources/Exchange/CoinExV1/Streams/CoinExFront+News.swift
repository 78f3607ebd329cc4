import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

/// What a tick has to tell of a market.
struct FrontPendingMarket {
    /// Deals kept for the next tick; the oldest are left out, as a client that asks would not get them either.
    static let dealsMax = 1_000

    var isDepthChanged = false
    var deals: [PublicDeal] = []
    /// Deals since candles, states and indices were told.
    var hasTraded = false
}

extension CoinExFront {
    /// Tells what has happened in the core.
    mutating func tellNews(at now: Instant) {
        guard core.newsCount > 0 else { return }
        core.takeNews(into: &news)
        // Out of the way while it is read, so that the front can be changed meanwhile.
        var items: [ExchangeNews] = []
        swap(&items, &news)
        for item in items { tell(item, at: now) }
        swap(&items, &news)
    }

    private mutating func tell(_ item: ExchangeNews, at now: Instant) {
        if sessionsOfV2 > 0 { tellV2(item, at: now) }
        switch item {
        case .order(let event, let order): tell(event, order, at: now)
        case .stop(let event, let stop): tell(event, stop, at: now)
        case .ownDeal(let deal): tell(deal, at: now)
        case .balance(let account, let balance, let at): tell(balance, of: account, changedAt: at, at: now)
        case .deal(let deal):
            let market = Int(deal.market.index)
            pending[market].hasTraded = true
            guard hasDealListeners else { return }
            if pending[market].deals.count == FrontPendingMarket.dealsMax {
                pending[market].deals.removeFirst(FrontPendingMarket.dealsMax / 2)
            }
            pending[market].deals.append(deal)
        case .depth(let market): pending[Int(market.index)].isDepthChanged = true
        }
    }

    private mutating func tell(_ event: OrderEvent, _ order: ExchangeOrder, at now: Instant) {
        push(.order, of: order.account, at: now) {
            $0.orders.contains(order.market)
        } write: { json, front in
            json.int(Int64(event.rawValue))
            front.pushText.write(order, to: &json)
        }
    }

    private mutating func tell(_ event: StopEvent, _ stop: ExchangeStop, at now: Instant) {
        // The venue is not known to tell of a changed stop order.
        guard event != .modify else { return }
        push(.orderStop, of: stop.account, at: now) {
            $0.orders.contains(stop.market)
        } write: { json, front in
            json.int(Int64(event.rawValue))
            front.pushText.write(stop, isPush: true, to: &json)
        }
    }

    private mutating func tell(_ deal: OwnDeal, at now: Instant) {
        push(.ownDeals, of: deal.account, at: now) {
            $0.ownDeals.contains(deal.market)
        } write: { json, front in
            json.string(front.names[deal.market].name)
            json.array { json in
                front.pushText.write(
                    deal.id, deal.side, deal.at, deal.price, deal.quantity, in: deal.market,
                    own: (deal.order, deal.clientID), to: &json)
            }
        }
    }

    private mutating func tell(
        _ balance: AssetBalance, of account: AccountID, changedAt: Instant, at now: Instant
    ) {
        push(.asset, of: account, at: now) {
            $0.assets.contains(balance.asset)
        } write: { json, front in
            json.object { json in
                json.key(front.names[balance.asset])
                front.pushText.write(balance, at: changedAt, to: &json)
            }
            json.int(0)
        }
    }

    /// Tells all clients of an announced pause: `notice.update` with the number 101.
    package mutating func announceMaintenance(from start: Instant, to end: Instant, at now: Instant) {
        push(.notice, at: now) {
            $0.wantsNotices
        } write: { json, _ in
            json.int(101)
            json.object { json in
                json.key("started_at")
                json.seconds(start)
                json.key("ended_at")
                json.seconds(end)
                json.key("scope")
                json.array { $0.string("SPOT" as StaticString) }
            }
        }
        pushV2(.notice, at: now) {
            $0.wantsNotices
        } write: { json, _ in
            json.key("started_at")
            json.milliseconds(start)
            json.key("ended_at")
            json.milliseconds(end)
            json.key("scope")
            json.array { $0.string("SPOT" as StaticString) }
        }
    }
}

// MARK: - Pushing

extension CoinExFront {
    /// Writes a push once and sends it to every session of an account that wants it.
    private mutating func push(
        _ family: FrontFamily, of account: AccountID, at now: Instant,
        to isWanted: (borrowing FrontSession) -> Bool,
        write: (inout JSONWriter, borrowing CoinExFront) -> Void
    ) {
        guard let places = signedSessions[account] else { return }
        var message: [UInt8]?
        for index in places where !sessions[index].isClosing && isWanted(sessions[index]) {
            let bytes = message ?? self.message(family, write)
            message = bytes
            send(bytes, family, toSessionAt: index, at: now)
        }
    }

    /// Writes a push once and sends it to every session that wants it.
    mutating func push(
        _ family: FrontFamily, at now: Instant, to isWanted: (borrowing FrontSession) -> Bool,
        write: (inout JSONWriter, borrowing CoinExFront) -> Void
    ) {
        push(family, api: .v1, at: now, to: isWanted) { $0.message(family, write) }
    }

    /// The same for sessions of one generation, whose message `make` writes.
    mutating func push(
        _ family: FrontFamily, api: CoinExAPI, at now: Instant,
        to isWanted: (borrowing FrontSession) -> Bool, message make: (inout CoinExFront) -> [UInt8]
    ) {
        var message: [UInt8]?
        for index in sessions.indices
        where sessions[index].api == api && !sessions[index].isClosing && isWanted(sessions[index]) {
            let bytes = message ?? make(&self)
            message = bytes
            send(bytes, family, toSessionAt: index, at: now)
        }
    }

    mutating func send(_ bytes: [UInt8], _ family: FrontFamily, toSessionAt index: Int, at now: Instant) {
        counts.pushes += 1
        if !faults.isEmpty { return sendSpoilt(bytes, family, toSessionAt: index, at: now) }
        let id = sessions[index].id
        let bytes = packed(bytes, forSessionAt: index)
        outbox.put(.message(id, bytes), .push(family), for: id, at: now)
    }

    /// A message as it travels: the second generation packs what it sends.
    mutating func packed(_ bytes: [UInt8], forSessionAt index: Int) -> [UInt8] {
        switch sessions[index].api {
        case .v1: bytes
        case .v2: settings.packsMessages ? gzip.pack(bytes) : bytes
        }
    }

    /// The text of a push: `write` puts in the parameters.
    mutating func message(
        _ family: FrontFamily, _ write: (inout JSONWriter, borrowing CoinExFront) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 0)
        swap(&json, &self.json)
        json.reset()
        json.object { json in
            json.key("method")
            json.string(family.method)
            json.key("params")
            json.array { write(&$0, self) }
            json.key("id")
            json.null()
        }
        let bytes = json.withBytes { Array($0) }
        swap(&json, &self.json)
        return bytes
    }
}

extension FrontFamily {
    var method: StaticString {
        switch self {
        case .kline: "kline.update"
        case .state: "state.update"
        case .deals: "deals.update"
        case .depth: "depth.update"
        case .order: "order.update"
        case .orderStop: "order.update_stop"
        case .asset: "asset.update"
        case .ownDeals: "deals_own.update"
        case .index: "index.update"
        case .notice: "notice.update"
        }
    }
}
