import CoinExVenue
import MarketModel
import Quantities

// What the decoder of the second generation holds until the next message, as values of their own.

extension CoinExV2StreamDecoder {
    /// Nil for a push that this client makes nothing of.
    func event(_ push: CoinExV2Push) -> CoinExStreamEvent? {
        switch push {
        case .depth: .book(book)
        case .deals: .deals(market: text(market), deals.map(row))
        case .bbo: .bestPrices(row(bestPrices))
        case .state: .states(states.map(row))
        case .index:
            .indexes([CoinExStreamIndex(market: text(index.market), price: index.price)])
        case .order: .order(CoinExStreamOrderEvent(orderEvent), row(order))
        case .stop: .stop(CoinExV1StopEvent(stopEvent), row(stop))
        case .userDeals: .ownDeals(market: text(userDeal.market), [row(userDeal)])
        case .balance: .balances(balances.map(row))
        case .notice: nil
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

    private func row(_ deal: CoinExV2Deal) -> CoinExStreamDeal {
        CoinExStreamDeal(
            id: deal.id, time: deal.time, price: deal.price, amount: deal.amount, side: deal.side,
            order: nil, clientID: "")
    }

    private func row(_ own: CoinExV2UserDeal) -> CoinExStreamDeal {
        CoinExStreamDeal(
            id: own.deal.id, time: own.deal.time, price: own.deal.price, amount: own.deal.amount,
            side: own.deal.side, order: VenueOrderID(own.orderID), clientID: text(own.clientID))
    }

    private func row(_ best: CoinExV2BestPrices) -> CoinExStreamBestPrices {
        CoinExStreamBestPrices(
            market: text(best.market), bid: best.bid, bidSize: best.bidSize, ask: best.ask,
            askSize: best.askSize, time: best.time)
    }

    /// Margin accounts have names in this generation, not numbers: theirs is 1, that of spot 0.
    private func account(_ marginMarket: UnsafeBufferPointer<UInt8>) -> Int64 { marginMarket.isEmpty ? 0 : 1 }

    private func row(_ order: CoinExV2StreamOrder) -> CoinExStreamOrder {
        CoinExStreamOrder(
            id: VenueOrderID(order.id), market: text(order.market), isMarketOrder: order.type == .market,
            side: order.side, account: account(order.marginMarket), options: order.type.options,
            created: order.created, changed: order.changed, price: order.price, amount: order.amount,
            left: order.unfilled, filled: order.filled, filledMoney: order.filledValue,
            baseFee: order.baseFee, quoteFee: order.quoteFee, otherFee: order.discountFee, otherFeeAsset: "",
            clientID: text(order.clientID), stop: nil)
    }

    private func row(_ stop: CoinExV2StreamStop) -> CoinExStreamStop {
        let status: CoinExV1StopStatus =
            switch stopEvent {
            case .put, .cancel: .waiting
            case .active: stop.status.elementsEqual("active_fail".utf8) ? .failed : .activated
            }
        return CoinExStreamStop(
            id: VenueOrderID(stop.id), market: text(stop.market), isMarketOrder: stop.type == .market,
            side: stop.side, account: account(stop.marginMarket), changed: stop.changed,
            stopPrice: stop.triggerPrice, price: stop.price, amount: stop.amount, status: status,
            clientID: text(stop.clientID))
    }

    private func row(_ balance: CoinExV2StreamBalance) -> CoinExStreamBalance {
        CoinExStreamBalance(
            coin: text(balance.coin), account: account(balance.marginMarket), available: balance.available,
            frozen: balance.frozen)
    }

    private func row(_ state: CoinExV2State) -> CoinExStreamState {
        CoinExStreamState(
            market: text(state.market), last: state.last, open: state.open, high: state.high, low: state.low,
            volume: state.volume, value: state.value)
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension CoinExStreamOrderEvent {
    init(_ event: CoinExV2OrderEvent) {
        self =
            switch event {
            case .put: .put
            case .update: .update
            case .modify: .modify
            case .finish: .finish
            }
    }
}

extension CoinExV1StopEvent {
    fileprivate init(_ event: CoinExV2StopEvent) {
        self =
            switch event {
            case .put: .put
            case .active: .active
            case .cancel: .cancel
            }
    }
}

extension CoinExV2OrderType {
    fileprivate var options: CoinExV1OrderOptions {
        switch self {
        case .limit, .market: []
        case .makerOnly: .makerOnly
        case .immediateOrCancel: .immediateOrCancel
        case .fillOrKill: .fillOrKill
        }
    }
}
