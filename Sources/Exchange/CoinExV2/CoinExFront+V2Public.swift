import MarketModel
import Quantities
import WireCodecs

// What anybody may ask, in the second generation.

extension CoinExFront {
    mutating func performPublicV2(
        _ endpoint: FrontEndpointV2, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .ping:
            return envelopeV2 { json, _ in
                json.object { json in
                    json.key("result")
                    json.string("pong" as StaticString)
                }
            }
        case .time:
            let shown = shownTime(at: now)
            return envelopeV2 { json, _ in
                json.object { json in
                    json.key("timestamp")
                    json.milliseconds(shown)
                }
            }
        case .maintenance: return envelopeV2 { json, _ in json.array { _ in } }
        case .markets:
            let markets = try wantedMarkets()
            return envelopeV2 { json, front in
                json.array { json in
                    for market in markets { front.names[market].writeV2(to: &json) }
                }
            }
        case .tickers:
            var rows: [(MarketID, MarketTicker)] = []
            for market in try wantedMarkets() {
                if let ticker = ticker(market) { rows.append((market, ticker)) }
            }
            return envelopeV2 { json, front in
                json.array { json in
                    for (market, ticker) in rows { front.textV2.write(ticker, of: market, to: &json) }
                }
            }
        case .depth: return try depthReplyV2()
        case .marketDeals:
            let market = try requireMarket()
            let limit = try parameters.int("limit", default: 100, in: 1...1_000)
            let after = try parameters.int("last_id") ?? 0
            let deals = recentDeals(market, after: UInt64(max(0, after)), limit: limit)
            return envelopeV2 { json, front in
                json.array { json in for deal in deals { front.textV2.write(deal, to: &json) } }
            }
        case .kline: return try klineReplyV2(at: now)
        case .index: return try indexReplyV2(at: now)
        case .assets: return assetsReplyV2()
        case .transferTerms:
            guard let asset = names.asset(try parameters.require("ccy")) else { throw .unknownAsset }
            return envelopeV2 { json, front in front.writeTransferTerms(of: front.names[asset], to: &json) }
        default:  // open set: the terms of all assets are left
            return envelopeV2 { json, front in
                json.array { json in
                    for asset in front.names.assets { front.writeTransferTerms(of: asset, to: &json) }
                }
            }
        }
    }

    /// The markets that are named, with commas between them; all where none is.
    private func wantedMarkets() throws(FrontRefusal) -> [MarketID] {
        guard let text = parameters.string("market") else {
            return names.markets.indices.map { MarketID($0) }
        }
        var markets: [MarketID] = []
        for name in text.split(separator: ",") {
            guard let market = names.market(String(name)) else { throw .unknownMarket }
            markets.append(market)
        }
        guard markets.count <= 10 else { throw .badParameter("Invalid Parameter: more than ten markets") }
        return markets
    }

    private mutating func depthReplyV2() throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let interval = String(decoding: try parameters.require("interval"), as: UTF8.self)
        guard let step = names[market].mergeStep(interval) else { throw .badMerge }
        let limit = try parameters.int("limit", default: 20, in: 1...50)
        guard FrontDepthView.limits.contains(limit) else {
            throw .badParameter("Invalid Parameter: limit is 5, 10, 20 or 50")
        }
        let picture = picture(FrontDepthKey(market: market, limit: limit, step: step))
        let object = depthObject(picture, isFull: true, picture, market, timeKey: "updated_at")
        return envelopeV2 { json, front in
            json.object { json in
                json.key("market")
                json.string(front.names[market].name)
                json.key("is_full")
                json.bool(true)
                json.key("depth")
                object.withUnsafeBufferPointer { json.rawValue($0) }
            }
        }
    }

    private mutating func klineReplyV2(at now: Instant) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let word = String(decoding: try parameters.require("period"), as: UTF8.self)
        guard let period = CandlePeriod(wordV2: word) else {
            throw .badParameter("Invalid Parameter: period")
        }
        let limit = try parameters.int("limit", default: 100, in: 1...1_000)
        let all = candles(market, period, from: now - period.length * limit, to: now)
        let rows = all.suffix(limit)
        return envelopeV2 { json, front in
            let name = front.names[market].name
            let decimals = front.names[market].priceDecimals
            json.array { json in
                for candle in rows {
                    json.object { json in
                        json.key("market")
                        json.string(name)
                        json.key("created_at")
                        json.milliseconds(candle.startsAt)
                        let prices: [(StaticString, Price)] = [
                            ("open", candle.open), ("close", candle.close), ("high", candle.high),
                            ("low", candle.low),
                        ]
                        for (key, price) in prices {
                            json.key(key)
                            json.decimal(price, decimals)
                        }
                        json.key("volume")
                        json.shortest(candle.volume)
                        json.key("value")
                        json.shortest(candle.value)
                    }
                }
            }
        }
    }

    private mutating func indexReplyV2(at now: Instant) throws(FrontRefusal) -> [UInt8] {
        var rows: [(MarketID, Price)] = []
        for market in try wantedMarkets() {
            if let price = indexPrice(market) { rows.append((market, price)) }
        }
        return envelopeV2 { json, front in
            json.array { json in
                for (market, price) in rows {
                    json.object { json in
                        json.key("market")
                        json.string(front.names[market].name)
                        json.key("created_at")
                        json.milliseconds(now)
                        json.key("price")
                        json.shortest(price)
                        json.key("sources")
                        json.array { _ in }
                    }
                }
            }
        }
    }
}

extension FrontMarket {
    fileprivate func writeV2(to json: inout JSONWriter) {
        json.object { json in
            json.key("market")
            json.string(name)
            json.key("taker_fee_rate")
            json.shortest(takerRate)
            json.key("maker_fee_rate")
            json.shortest(makerRate)
            json.key("min_amount")
            json.shortest(minimumAmount)
            json.key("base_ccy")
            json.string(base)
            json.key("quote_ccy")
            json.string(quote)
            json.key("base_ccy_precision")
            json.int(Int64(amountDecimals))
            json.key("quote_ccy_precision")
            json.int(Int64(priceDecimals))
            json.key("is_amm_available")
            json.bool(false)
            json.key("is_margin_available")
            json.bool(false)
        }
    }
}

extension CandlePeriod {
    fileprivate init?(wordV2 word: String) {
        switch word {
        case "1min": self = .minute
        case "3min": self = .threeMinutes
        case "5min": self = .fiveMinutes
        case "15min": self = .quarterHour
        case "30min": self = .halfHour
        case "1hour": self = .hour
        case "2hour": self = .twoHours
        case "4hour": self = .fourHours
        case "6hour": self = .sixHours
        case "12hour": self = .twelveHours
        case "1day": self = .day
        case "3day": self = .threeDays
        case "1week": self = .week
        default: return nil
        }
    }
}
