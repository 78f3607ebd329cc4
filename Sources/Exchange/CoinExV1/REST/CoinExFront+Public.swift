import MarketModel
import Quantities
import WireCodecs

// What anybody may ask.

extension CoinExFront {
    mutating func performPublic(
        _ endpoint: FrontEndpoint, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .marketList, .ammMarkets, .marginMarkets, .maintenance, .temporaryMaintenance, .currencyRates,
            .assetConfig:
            return try performCatalogue(endpoint)
        case .marketInfo:
            return envelope { json, front in
                json.object { json in
                    for market in front.names.markets {
                        json.key(market.name)
                        market.write(to: &json)
                    }
                }
            }
        case .marketDetail:
            let market = try requireMarket()
            return envelope { json, front in front.names[market].write(to: &json) }
        case .tradeInfo: return tradeInfo()
        case .depth: return try depthReply()
        case .marketDeals: return try dealsReply()
        case .kline: return try klineReply(at: now)
        case .ticker:
            let market = try requireMarket()
            let ticker = try inCore { core throws(ExchangeRefusal) in
                try core.ticker(of: market)
            }
            return envelope { json, front in
                json.object { json in
                    json.key("date")
                    json.milliseconds(front.shownTime(at: now))
                    json.key("ticker")
                    ticker.write(to: &json)
                }
            }
        case .allTickers: return try allTickers(at: now)
        default:  // open set: the endpoints that are signed
            throw .unspecified
        }
    }

    // MARK: Lists that hardly change

    private mutating func performCatalogue(_ endpoint: FrontEndpoint) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .marketList:
            return envelope { json, front in
                json.array { json in for market in front.names.markets { json.string(market.name) } }
            }
        case .ammMarkets: return envelope { json, _ in json.array { _ in } }
        case .marginMarkets, .maintenance, .temporaryMaintenance:
            return envelope { json, _ in json.object { _ in } }
        case .currencyRates:
            let rates = try currencyRates()
            return envelope { json, _ in
                json.object { json in
                    for rate in rates {
                        json.key("\(rate.asset)_to_USD")
                        json.shortest(rate.price)
                    }
                }
            }
        default:  // open set: the one that is left, of the assets
            let wanted = try assetOrNil("coin_type")
            return envelope { json, front in
                json.object { json in
                    for (index, asset) in front.names.assets.enumerated()
                    where wanted == nil || wanted == AssetID(index) {
                        json.key("\(asset)-LOCAL")
                        Self.writeAsset(asset, to: &json)
                    }
                }
            }
        }
    }

    /// What a unit of each asset costs in USDT, for those that a market tells of.
    private mutating func currencyRates() throws(FrontRefusal) -> [(asset: String, price: Price)] {
        var rates: [(asset: String, price: Price)] = [("USDT", Price(1))]
        for (index, market) in names.markets.enumerated() where market.quote == "USDT" {
            let price = try inCore { core throws(ExchangeRefusal) in try core.indexPrice(of: MarketID(index))
            }
            if let price { rates.append((market.base, price)) }
        }
        return rates
    }

    private static func writeAsset(_ asset: String, to json: inout JSONWriter) {
        json.object { json in
            json.key("asset")
            json.string(asset)
            json.key("chain")
            json.string("LOCAL" as StaticString)
            json.key("can_deposit")
            json.bool(false)
            json.key("can_withdraw")
            json.bool(false)
            json.key("deposit_least_amount")
            json.string("0" as StaticString)
            json.key("withdraw_least_amount")
            json.string("0" as StaticString)
            json.key("withdraw_tx_fee")
            json.string("0" as StaticString)
            json.key("withdrawal_precision")
            json.int(8)
        }
    }

    private mutating func tradeInfo() -> [UInt8] {
        envelope { json, front in
            json.object { json in
                for market in front.names.markets {
                    json.key(market.name)
                    json.object { json in
                        json.key("maker_fee_rate")
                        json.shortest(market.makerRate)
                        json.key("taker_fee_rate")
                        json.shortest(market.takerRate)
                        json.key("depths")
                        json.array { json in for step in market.depths { json.shortest(step) } }
                        json.key("is_amm_market")
                        json.bool(false)
                    }
                }
            }
        }
    }

    // MARK: The market as it is

    private mutating func depthReply() throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        guard let text = parameters.string("merge") else { throw .badMerge }
        guard let step = names[market].mergeStep(text) else { throw .badMerge }
        let limit = try parameters.int("limit", default: 20, in: 1...50)
        guard FrontDepthView.limits.contains(limit) else {
            throw .badParameter("Invalid Parameter, limit is 5, 10, 20 or 50")
        }
        let picture = picture(FrontDepthKey(market: market, limit: limit, step: step))
        return envelope { json, front in
            json.object { json in
                json.key("last")
                json.price(picture.last, front.names[market])
                json.key("time")
                json.milliseconds(picture.at)
                json.key("asks")
                FrontDepthText.write(picture.asks, front.names[market], to: &json)
                json.key("bids")
                FrontDepthText.write(picture.bids, front.names[market], to: &json)
            }
        }
    }

    private mutating func dealsReply() throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let last = try parameters.int("last_id", default: 0, in: 0...Int64.max)
        let limit = try parameters.int("limit", default: 100, in: 1...1_000)
        let deals = try inCore { core throws(ExchangeRefusal) in
            try core.publicDeals(of: market, after: UInt64(last), limit: limit)
        }
        return envelope { json, _ in
            json.array { json in
                for deal in deals {
                    json.object { json in
                        json.key("id")
                        json.uint(deal.id.raw)
                        json.key("date")
                        json.seconds(deal.at)
                        json.key("date_ms")
                        json.milliseconds(deal.at)
                        json.key("price")
                        json.shortest(deal.price)
                        json.key("amount")
                        json.shortest(deal.quantity)
                        json.key("type")
                        json.string(deal.aggressor == .buy ? "buy" : "sell" as StaticString)
                    }
                }
            }
        }
    }

    private mutating func klineReply(at now: Instant) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let limit = try parameters.int("limit", default: 100, in: 1...1_000)
        guard let word = parameters.string("type"), let period = CandlePeriod(word: word) else {
            throw .badParameter("Invalid Parameter, type")
        }
        let start = now - Interval(nanoseconds: period.length.nanoseconds * Int64(limit))
        let candles = try inCore { core throws(ExchangeRefusal) in
            try core.candles(of: market, period, from: start, to: now, limit: limit)
        }
        return envelope { json, front in
            json.array { json in
                for candle in candles { candle.write(front.names[market], isNamed: false, to: &json) }
            }
        }
    }

    private mutating func allTickers(at now: Instant) throws(FrontRefusal) -> [UInt8] {
        var tickers: [MarketTicker] = []
        for index in names.markets.indices {
            tickers.append(
                try inCore { core throws(ExchangeRefusal) in try core.ticker(of: MarketID(index)) })
        }
        return envelope { json, front in
            json.object { json in
                json.key("date")
                json.milliseconds(front.shownTime(at: now))
                json.key("ticker")
                json.object { json in
                    for (market, ticker) in zip(front.names.markets, tickers) {
                        json.key(market.name)
                        ticker.write(to: &json)
                    }
                }
            }
        }
    }
}

// MARK: - Rows

extension FrontMarket {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("name")
            json.string(name)
            json.key("min_amount")
            json.shortest(minimumAmount)
            json.key("trading_name")
            json.string(base)
            json.key("trading_decimal")
            json.int(Int64(amountDecimals))
            json.key("pricing_name")
            json.string(quote)
            json.key("pricing_decimal")
            json.int(Int64(priceDecimals))
            json.key("taker_fee_rate")
            json.shortest(takerRate)
            json.key("maker_fee_rate")
            json.shortest(makerRate)
        }
    }
}

extension MarketTicker {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("last")
            json.shortest(last)
            json.key("buy")
            json.shortest(bid.price)
            json.key("buy_amount")
            json.shortest(bid.quantity)
            json.key("sell")
            json.shortest(ask.price)
            json.key("sell_amount")
            json.shortest(ask.quantity)
            json.key("open")
            json.shortest(open)
            json.key("high")
            json.shortest(high)
            json.key("low")
            json.shortest(low)
            json.key("vol")
            json.shortest(volume)
        }
    }
}

extension PeriodCandle {
    /// Open, close, high, low: the venue's order. Pushes name the market in an eighth place.
    func write(_ market: FrontMarket, isNamed: Bool, to json: inout JSONWriter) {
        json.array { json in
            json.seconds(startsAt)
            json.decimal(open, market.priceDecimals)
            json.decimal(close, market.priceDecimals)
            json.decimal(high, market.priceDecimals)
            json.decimal(low, market.priceDecimals)
            json.shortest(volume)
            json.shortest(value)
            if isNamed { json.string(market.name) }
        }
    }
}

extension CandlePeriod {
    /// The names of REST.
    init?(word: String) {
        let words: [(String, CandlePeriod)] = [
            ("1min", .minute), ("3min", .threeMinutes), ("5min", .fiveMinutes), ("15min", .quarterHour),
            ("30min", .halfHour), ("1hour", .hour), ("2hour", .twoHours), ("4hour", .fourHours),
            ("6hour", .sixHours), ("12hour", .twelveHours), ("1day", .day), ("3day", .threeDays),
            ("1week", .week),
        ]
        guard let found = words.first(where: { $0.0 == word }) else { return nil }
        self = found.1
    }
}
