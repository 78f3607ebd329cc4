import MarketModel
import Quantities
import WireCodecs

// What the methods of the WebSocket do.

extension CoinExFront {
    /// - Parameter follow: pushes that are sent behind the answer.
    mutating func perform(
        _ method: FrontMethod, _ arguments: FrontArguments, sessionAt index: Int,
        _ follow: inout [(family: FrontFamily, bytes: [UInt8])], at now: Instant
    ) throws(FrontCallRefusal) -> FrontResult {
        switch method {
        case .ping: return .value { $0.string("pong" as StaticString) }
        case .time:
            let shown = shownTime(at: now)
            return .value { $0.seconds(shown) }
        case .sign: return try sign(arguments, sessionAt: index, at: now)
        case .klineQuery, .stateQuery, .dealsQuery, .depthQuery, .indexQuery, .indexList:
            return try performQuery(method, arguments, at: now)
        case .orderQuery, .stopQuery, .orderAccountQuery, .stopAccountQuery, .ownDealsQuery, .assetQuery,
            .assetAccountQuery, .assetAccountQueryAll:
            guard let account = sessions[index].account else { throw .requiresAuthentication }
            return try performPrivateQuery(method, arguments, account)
        case .klineSubscribe, .stateSubscribe, .dealsSubscribe, .depthSubscribe, .depthSubscribeMulti,
            .indexSubscribe:
            try subscribe(method, arguments, sessionAt: index, &follow, at: now)
        case .orderSubscribe: sessions[index].orders = try markets(arguments)
        case .ownDealsSubscribe: sessions[index].ownDeals = try markets(arguments)
        case .assetSubscribe: sessions[index].assets = try assets(try arguments.texts())
        case .noticeSubscribe:
            for place in arguments.values.indices where try arguments.int(place) != 101 {
                throw .invalidArgument
            }
            sessions[index].wantsNotices = true
        case .klineUnsubscribe: sessions[index].kline = nil
        case .stateUnsubscribe: sessions[index].state = .none
        case .dealsUnsubscribe: sessions[index].deals = .none
        case .depthUnsubscribe, .depthUnsubscribeMulti: sessions[index].depth = []
        case .indexUnsubscribe: sessions[index].index = .none
        case .orderUnsubscribe: sessions[index].orders = .none
        case .ownDealsUnsubscribe: sessions[index].ownDeals = .none
        case .assetUnsubscribe: sessions[index].assets = .none
        case .noticeUnsubscribe: sessions[index].wantsNotices = false
        }
        noteListeners()
        return .acknowledgement
    }

    // MARK: Signing

    private mutating func sign(
        _ arguments: FrontArguments, sessionAt index: Int, at now: Instant
    ) throws(FrontCallRefusal) -> FrontResult {
        try arguments.requireCount(3...3)
        let accessID = try arguments.text(0)
        let signed = try arguments.text(1)
        let tonce = try arguments.int(2)
        do throws(FrontRefusal) {
            var name = accessID
            guard let row = name.withUTF8({ keys.find($0) }) else { throw FrontRefusal.unknownKey }
            parameters.setSignIn(accessID: accessID, tonce: tonce)
            let secret = keys[row].secret
            var text = signed
            let isRight = text.withUTF8 { bytes in
                signature.isRight(UnsafeRawBufferPointer(bytes), of: &parameters, with: secret)
            }
            guard isRight else { throw FrontRefusal.wrongSignature }
            let account = try admit(row, tonce: tonce, address: sessions[index].address, at: now)
            sessions[index].sign(account)
            noteListeners()
            return .success
        } catch {
            throw .signature(error)
        }
    }

    // MARK: Names

    func market(_ name: String) throws(FrontCallRefusal) -> MarketID {
        guard let market = names.market(name) else { throw .invalidArgument }
        return market
    }

    /// A list of markets; an empty one is all.
    func markets(_ arguments: FrontArguments) throws(FrontCallRefusal) -> FrontChoice {
        var indices: [UInt16] = []
        for name in try arguments.texts() { indices.append(try market(name).index) }
        return indices.isEmpty ? .all : .some(indices)
    }

    func assets(_ list: [String]) throws(FrontCallRefusal) -> FrontChoice {
        var indices: [UInt16] = []
        for name in list {
            guard let asset = names.asset(name) else { throw .invalidArgument }
            indices.append(asset.index)
        }
        return indices.isEmpty ? .all : .some(indices)
    }

    // MARK: Public subscriptions

    private mutating func subscribe(
        _ method: FrontMethod, _ arguments: FrontArguments, sessionAt index: Int,
        _ follow: inout [(family: FrontFamily, bytes: [UInt8])], at now: Instant
    ) throws(FrontCallRefusal) {
        switch method {
        case .klineSubscribe:
            try arguments.requireCount(2...2)
            let market = try market(try arguments.text(0))
            let period = try period(arguments, 1)
            sessions[index].kline = (market, period)
            if let candle = candles(market, period, from: now, to: now).last {
                let bytes = message(.kline) { json, front in
                    candle.write(front.names[market], isNamed: true, to: &json)
                }
                follow.append((.kline, bytes))
            }
        case .stateSubscribe:
            sessions[index].state = try markets(arguments)
            var states: [(market: MarketID, ticker: MarketTicker)] = []
            for place in pending.indices where sessions[index].state.contains(MarketID(place)) {
                if let ticker = ticker(MarketID(place)) { states.append((MarketID(place), ticker)) }
            }
            follow.append((.state, stateMessage(states)))
        case .dealsSubscribe:
            sessions[index].deals = try markets(arguments)
            for place in pending.indices where sessions[index].deals.contains(MarketID(place)) {
                let deals = recentDeals(MarketID(place), after: 0, limit: 100)
                guard !deals.isEmpty else { continue }
                let bytes = message(.deals) { json, front in
                    front.write(deals, of: MarketID(place), to: &json)
                }
                follow.append((.deals, bytes))
            }
        case .depthSubscribe: try subscribeDepth([arguments], sessionAt: index, &follow, at: now)
        case .depthSubscribeMulti:
            var lists: [FrontArguments] = []
            for value in arguments.values {
                guard case .list(let list) = value else { throw .invalidArgument }
                lists.append(FrontArguments(values: list))
            }
            try subscribeDepth(lists, sessionAt: index, &follow, at: now)
        default:  // open set: the index is the one that is left
            sessions[index].index = try markets(arguments)
        }
    }

    private mutating func subscribeDepth(
        _ lists: [FrontArguments], sessionAt index: Int,
        _ follow: inout [(family: FrontFamily, bytes: [UInt8])], at now: Instant
    ) throws(FrontCallRefusal) {
        var wishes: [FrontDepthWish] = []
        for list in lists {
            let wish = try depthWish(list)
            // Pushes name the market alone, so there is one picture of each: the last that was asked for.
            wishes.removeAll { $0.view.market == wish.view.market }
            wishes.append(wish)
        }
        guard !wishes.isEmpty else { throw .invalidArgument }
        sessions[index].depth = wishes
        for wish in wishes {
            guard let told = told(wish.view, at: now) else { continue }
            follow.append((.depth, depthMessage(told, isFull: true, told, wish.view)))
        }
    }

    /// A picture as the others were told it, so that the next changes fit all of them.
    mutating func told(_ key: FrontDepthKey, at now: Instant) -> DepthPicture? {
        if let known = views.first(where: { $0.key == key }) { return known.told }
        views.append(FrontDepthView(key, at: now))
        _ = views[views.count - 1].take(picture(key))
        return views[views.count - 1].told
    }

    private func depthWish(_ list: FrontArguments) throws(FrontCallRefusal) -> FrontDepthWish {
        try list.requireCount(3...4)
        let key = try depthKey(list)
        var wantsChanges = true
        if list.values.count == 4 {
            guard case .bool(let isDifferential) = list.values[3] else { throw .invalidArgument }
            wantsChanges = isDifferential
        }
        return FrontDepthWish(view: key, wantsChanges: wantsChanges, needsFull: false)
    }

    /// Market, limit and merge.
    func depthKey(_ list: FrontArguments) throws(FrontCallRefusal) -> FrontDepthKey {
        let market = try market(try list.text(0))
        let limit = try list.int(1, in: 1...50)
        guard FrontDepthView.limits.contains(limit), let step = names[market].mergeStep(try list.text(2))
        else { throw .invalidArgument }
        return FrontDepthKey(market: market, limit: limit, step: step)
    }

    func period(_ arguments: FrontArguments, _ place: Int) throws(FrontCallRefusal) -> CandlePeriod {
        guard let period = CandlePeriod(rawValue: try arguments.int(place, in: 1...604_800)) else {
            throw .invalidArgument
        }
        return period
    }

    func recentDeals(_ market: MarketID, after: UInt64, limit: Int) -> [PublicDeal] {
        do throws(ExchangeRefusal) {
            return try core.publicDeals(of: market, after: after, limit: limit)
        } catch {
            return []
        }
    }
}

extension FrontParameters {
    /// What `server.sign` signs.
    mutating func setSignIn(accessID: String, tonce: Int64) {
        removeAll()
        add("access_id", accessID)
        add("tonce", String(tonce))
    }
}
