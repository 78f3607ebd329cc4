import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

// The WebSocket of the second generation.

extension CoinExFront {
    /// Takes a message of a session that speaks the second generation.
    mutating func receiveV2(_ text: UnsafeRawBufferPointer, sessionAt index: Int, at now: Instant) {
        guard let call = FrontCallV2(text) else { return end(sessionAt: index, at: now) }
        var follow: [(family: FrontFamily, bytes: [UInt8])] = []
        do throws(FrontCallRefusalV2) {
            guard let method = CoinExV2Method(rawValue: call.name) else { throw .unknownMethod }
            let data = try performV2(method, call, sessionAt: index, &follow, at: now)
            answerV2(call, code: 0, "OK", data, sessionAt: index, at: now)
            for push in follow { send(push.bytes, push.family, toSessionAt: index, at: now) }
        } catch {
            answerV2(call, code: error.code, error.message, nil, sessionAt: index, at: now)
        }
        tellNews(at: now)
    }

    /// What a call is answered with beyond that it was carried out.
    private enum Answer {
        case pong
        case time(Instant)
    }

    private mutating func answerV2(
        _ call: FrontCallV2, code: Int, _ message: StaticString, _ data: Answer?, sessionAt index: Int,
        at now: Instant
    ) {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.key("id")
            json.int(call.id)
            json.key("code")
            json.int(Int64(code))
            if let data {
                json.key("data")
                json.object { json in
                    switch data {
                    case .pong:
                        json.key("result")
                        json.string("pong" as StaticString)
                    case .time(let time):
                        json.key("timestamp")
                        json.milliseconds(time)
                    }
                }
            }
            json.key("message")
            json.string(message)
        }
        let bytes = packed(json.withBytes { Array($0) }, forSessionAt: index)
        let id = sessions[index].id
        let method = CoinExV2Method(rawValue: call.name)?.rawValue
        outbox.put(.message(id, bytes), .answer(method: method), for: id, at: now)
    }

    private mutating func performV2(
        _ method: CoinExV2Method, _ call: FrontCallV2, sessionAt index: Int,
        _ follow: inout [(family: FrontFamily, bytes: [UInt8])], at now: Instant
    ) throws(FrontCallRefusalV2) -> Answer? {
        let isSigned = sessions[index].account != nil
        switch method {
        case .serverPing: return .pong
        case .serverTime: return .time(shownTime(at: now))
        case .serverSign: try signV2(call, sessionAt: index, at: now)
        case .depthSubscribe: try subscribeDepthV2(call, sessionAt: index, &follow, at: now)
        case .depthUnsubscribe:
            let leaving = try choiceOfMarkets(call)
            sessions[index].depth.removeAll { leaving.contains($0.view.market) }
        case .stateSubscribe:
            sessions[index].state.add(try choiceOfMarkets(call))
            follow.append((.state, stateMessageV2(sessions[index].state)))
        case .dealsSubscribe:
            let added = try choiceOfMarkets(call)
            sessions[index].deals.add(added)
            for place in pending.indices where added.contains(MarketID(place)) {
                let deals = recentDeals(MarketID(place), after: 0, limit: 100)
                if !deals.isEmpty { follow.append((.deals, dealsMessageV2(deals, of: MarketID(place)))) }
            }
        case .bboSubscribe:
            let added = try choiceOfMarkets(call)
            sessions[index].bestPrices.add(added)
            for place in pending.indices where added.contains(MarketID(place)) {
                follow.append((.depth, bestPricesMessage(MarketID(place))))
            }
        case .indexSubscribe: sessions[index].index.add(try choiceOfMarkets(call))
        case .orderSubscribe, .stopSubscribe, .userDealsSubscribe, .balanceSubscribe:
            guard isSigned else { throw .requiresAuthentication }
            try subscribeOwnV2(method, call, sessionAt: index)
        case .noticeSubscribe: sessions[index].wantsNotices = true
        case .stateUnsubscribe: sessions[index].state.remove(try choiceOfMarkets(call))
        case .dealsUnsubscribe: sessions[index].deals.remove(try choiceOfMarkets(call))
        case .bboUnsubscribe: sessions[index].bestPrices.remove(try choiceOfMarkets(call))
        case .indexUnsubscribe: sessions[index].index.remove(try choiceOfMarkets(call))
        case .orderUnsubscribe: sessions[index].orders.remove(try choiceOfMarkets(call))
        case .stopUnsubscribe: sessions[index].stops.remove(try choiceOfMarkets(call))
        case .userDealsUnsubscribe: sessions[index].ownDeals.remove(try choiceOfMarkets(call))
        case .balanceUnsubscribe: sessions[index].assets.remove(try choiceOfAssets(call))
        case .noticeUnsubscribe: sessions[index].wantsNotices = false
        case .stateUpdate, .depthUpdate, .dealsUpdate, .bboUpdate, .indexUpdate, .orderUpdate, .stopUpdate,
            .userDealsUpdate, .balanceUpdate, .noticeUpdate:
            throw .unknownMethod
        }
        noteListeners()
        return nil
    }

    private mutating func subscribeOwnV2(
        _ method: CoinExV2Method, _ call: FrontCallV2, sessionAt index: Int
    ) throws(FrontCallRefusalV2) {
        switch method {
        case .orderSubscribe: sessions[index].orders.add(try choiceOfMarkets(call))
        case .stopSubscribe: sessions[index].stops.add(try choiceOfMarkets(call))
        case .userDealsSubscribe: sessions[index].ownDeals.add(try choiceOfMarkets(call))
        default:  // open set: balances are left
            sessions[index].assets.add(try choiceOfAssets(call))
        }
    }

    private mutating func signV2(
        _ call: FrontCallV2, sessionAt index: Int, at now: Instant
    ) throws(FrontCallRefusalV2) {
        guard var name = call.accessID, var signature = call.signature, let time = call.timestamp else {
            throw .invalidArgument
        }
        guard let row = name.withUTF8({ keys.find($0) }) else { throw .wrongSignature }
        let secret = keys[row].secret
        var text = String(time)
        let isRight = text.withUTF8 { text in
            signature.withUTF8 {
                FrontSignatureV2.isRight(
                    UnsafeRawBufferPointer($0), of: [UnsafeRawBufferPointer(text)], with: secret)
            }
        }
        guard isRight else { throw .wrongSignature }
        do throws(FrontRefusal) {
            let account = try admit(row, tonce: time, address: sessions[index].address, at: now)
            sessions[index].sign(account)
        } catch {
            throw FrontCallRefusalV2(code: 21_002, message: error.message)
        }
    }

    // MARK: Names

    /// A list of markets; an empty one is all.
    private func choiceOfMarkets(_ call: FrontCallV2) throws(FrontCallRefusalV2) -> FrontChoice {
        var indices: [UInt16] = []
        for name in call.texts + call.books.map(\.market) {
            guard let market = names.market(name) else { throw .invalidArgument }
            indices.append(market.index)
        }
        return indices.isEmpty ? .all : .some(indices)
    }

    /// A list of coins; an empty one is all.
    private func choiceOfAssets(_ call: FrontCallV2) throws(FrontCallRefusalV2) -> FrontChoice {
        var indices: [UInt16] = []
        for name in call.texts {
            guard let asset = names.asset(name) else { throw .invalidArgument }
            indices.append(asset.index)
        }
        return indices.isEmpty ? .all : .some(indices)
    }

    // MARK: Books

    private mutating func subscribeDepthV2(
        _ call: FrontCallV2, sessionAt index: Int,
        _ follow: inout [(family: FrontFamily, bytes: [UInt8])], at now: Instant
    ) throws(FrontCallRefusalV2) {
        guard !call.books.isEmpty, call.texts.isEmpty else { throw .invalidArgument }
        var wishes: [FrontDepthWish] = []
        for book in call.books {
            guard let market = names.market(book.market),
                FrontDepthView.limits.contains(where: { $0 == book.limit }),
                let step = names[market].mergeStep(book.interval)
            else { throw .invalidArgument }
            let key = FrontDepthKey(market: market, limit: Int(book.limit), step: step)
            // Pushes name the market alone, so there is one picture of each: the last that was asked for.
            wishes.removeAll { $0.view.market == market }
            wishes.append(FrontDepthWish(view: key, wantsChanges: !book.isFull, needsFull: false))
        }
        for wish in wishes {
            sessions[index].depth.removeAll { $0.view.market == wish.view.market }
            sessions[index].depth.append(wish)
            guard let told = told(wish.view, at: now) else { continue }
            follow.append((.depth, depthMessageV2(told, isFull: true, told, wish.view)))
        }
    }
}

extension FrontChoice {
    /// Subscriptions of the second generation add up.
    mutating func add(_ other: FrontChoice) {
        switch (self, other) {
        case (_, .none): break
        case (.all, _), (_, .all): self = .all
        case (.none, .some): self = other
        case (.some(let mine), .some(let more)):
            self = .some(mine + more.filter { !mine.contains($0) })
        }
    }

    /// Takes some of them away; of all only all can be taken.
    mutating func remove(_ other: FrontChoice) {
        switch (self, other) {
        case (_, .all): self = .none
        case (.some(let mine), .some(let less)):
            let rest = mine.filter { !less.contains($0) }
            self = rest.isEmpty ? .none : .some(rest)
        case (.none, _), (.all, .none), (.all, .some), (.some, .none): break
        }
    }
}
