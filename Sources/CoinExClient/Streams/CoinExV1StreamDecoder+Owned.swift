import CoinExVenue
import MarketModel
import Quantities

// What the decoder holds until the next message, as values of their own.

extension CoinExStreamOrderEvent {
    init(_ event: CoinExV1OrderEvent) {
        self =
            switch event {
            case .put: .put
            case .update: .update
            case .finish: .finish
            }
    }
}

extension CoinExV1StreamDecoder {
    /// Nil for a push that this client knows nothing of.
    func event(_ method: CoinExV1Method) -> CoinExStreamEvent? {
        guard let stream = method.stream else { return nil }
        switch stream {
        case .depth: return .book(book)
        case .deals: return .deals(market: text(market), deals.map(row))
        case .ownDeals: return .ownDeals(market: text(market), deals.map(row))
        case .state: return .states(states.map(row))
        case .kline: return .candles(candles.map(row))
        case .index: return .indexes(indexes.map(row))
        case .asset: return .balances(assets.map(row))
        case .notice: return .notice(notice)
        case .stop, .bestPrices: return nil
        case .order:
            if method == .orderUpdateStop { return stops.first.map { .stop(stopEvent, row($0)) } }
            return orders.first.map { .order(CoinExStreamOrderEvent(orderEvent), row($0)) }
        }
    }

    func reply(_ result: CoinExV1Result) -> CoinExStreamReply {
        switch result {
        case .done: .done
        case .time(let seconds): .time(seconds)
        case .candles: .candles(candles.map(row))
        case .state: states.first.map { .state(row($0)) } ?? .done
        case .deals: .deals(deals.map(row))
        case .ownDeals: .ownDeals(deals.map(row), page)
        case .depth: .book(book)
        case .orders: .orders(orders.map(row), page)
        case .stopOrders: .stops(stops.map(row), page)
        case .assets: .balances(assets.map(row))
        case .indexes: .indexes(indexes.map(row))
        }
    }

    private var book: CoinExStreamBook {
        func side(_ range: Range<Int>) -> [Level] {
            levels[range].map { Level(price: $0.price, quantity: $0.quantity) }
        }
        return CoinExStreamBook(
            market: text(depth.market), isWhole: depth.isFull, bids: side(depth.bids), asks: side(depth.asks),
            last: depth.last, time: depth.time, checksum: depth.checksum)
    }

    private func row(_ deal: CoinExV1Deal) -> CoinExStreamDeal {
        CoinExStreamDeal(
            id: deal.id, time: deal.time, price: deal.price, amount: deal.amount, side: deal.side,
            order: deal.orderID == 0 ? nil : VenueOrderID(deal.orderID), clientID: text(deal.clientID))
    }

    private func row(_ order: CoinExV1Order) -> CoinExStreamOrder {
        CoinExStreamOrder(
            id: VenueOrderID(order.id), market: text(order.market), isMarketOrder: order.isMarketOrder,
            side: order.side, account: order.account, options: order.options, created: order.created,
            changed: order.changed, price: order.price, amount: order.amount, left: order.left,
            filled: order.dealStock, filledMoney: order.dealMoney, baseFee: order.stockFee,
            quoteFee: order.moneyFee, otherFee: order.assetFee, otherFeeAsset: text(order.feeAsset),
            clientID: text(order.clientID), stop: order.stopID == 0 ? nil : VenueOrderID(order.stopID))
    }

    private func row(_ stop: CoinExV1StopOrder) -> CoinExStreamStop {
        CoinExStreamStop(
            id: VenueOrderID(stop.id), market: text(stop.market), isMarketOrder: stop.isMarketOrder,
            side: stop.side, account: stop.account, changed: stop.changed, stopPrice: stop.stopPrice,
            price: stop.price, amount: stop.amount, status: stop.status, clientID: text(stop.clientID))
    }

    private func row(_ asset: CoinExV1Asset) -> CoinExStreamBalance {
        CoinExStreamBalance(
            coin: text(asset.coin), account: asset.account, available: asset.available, frozen: asset.frozen)
    }

    private func row(_ state: CoinExV1State) -> CoinExStreamState {
        CoinExStreamState(
            market: text(state.market), last: state.last, open: state.open, high: state.high, low: state.low,
            volume: state.volume, value: state.deal)
    }

    private func row(_ candle: CoinExV1Candle) -> CoinExStreamCandle {
        CoinExStreamCandle(
            market: text(candle.market), start: candle.start, open: candle.open, close: candle.close,
            high: candle.high, low: candle.low, volume: candle.volume, value: candle.value)
    }

    private func row(_ index: CoinExV1Index) -> CoinExStreamIndex {
        CoinExStreamIndex(market: text(index.market), price: index.price)
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
