import MarketModel
import Quantities
import Simulation

// How trades are booked: base and quote change hands, fees are paid, everybody concerned is told.

/// A trade with what it is worth and the number it has been given.
struct Trading: BitwiseCopyable, Sendable {
    var deal: PublicDeal
    var money: Notional
}

extension ExchangeCore {
    /// Books the newest trades of a market. `taker` is the slot of the client's order that made them; without
    /// one the crowd did.
    mutating func settleMatches(in market: Int, taker: Int32? = nil) {
        var index = 0
        while index < rooms[market].matches.count {
            settle(rooms[market].matches[index], in: market, taker)
            index += 1
        }
        noteDepth(market)
    }

    private mutating func settle(_ match: Match, in market: Int, _ taker: Int32?) {
        let terms = rooms[market].terms
        let trading = numbered(match, terms)
        rooms[market].note(trading.deal, money: trading.money)
        rooms[market].stops.fire(match.price, into: &fired)
        tellPublic(.deal(trading.deal))
        let maker =
            match.makerOwner == AccountID.flow.index ? nil : orders.slot(of: VenueOrderID(match.maker))
        guard taker != nil || maker != nil else { return }

        if let maker { book(trading, to: maker, .maker, terms) }
        if let taker { book(trading, to: taker, .taker, terms) }
        let makerAccount = AccountID(Int(match.makerOwner))
        let takerAccount = AccountID(Int(match.takerOwner))
        let buyer = match.aggressor == .buy ? takerAccount : makerAccount
        let seller = match.aggressor == .buy ? makerAccount : takerAccount
        let base = Amount(match.quantity)
        ledger.post(base, terms.base, from: seller, to: buyer, .trade)
        ledger.post(Amount(trading.money), terms.quote, from: buyer, to: seller, .trade)
        if let maker { complete(trading, of: maker, .maker, terms) }
        if let taker { complete(trading, of: taker, .taker, terms) }
        guard let maker else { return }
        tellMaker(maker)
    }

    private mutating func numbered(_ match: Match, _ terms: RoomTerms) -> Trading {
        let deal = PublicDeal(
            id: DealID(nextDeal), market: terms.id, at: now, aggressor: match.aggressor, price: match.price,
            quantity: match.quantity)
        nextDeal += 1
        do throws(ArithmeticError) {
            return Trading(deal: deal, money: try match.quantity.times(match.price, .down))
        } catch {
            preconditionFailure("an order that is paid for has a value")
        }
    }

    /// Takes a trade over into an order, and frees what that no longer holds.
    private mutating func book(_ trading: Trading, to slot: Int32, _ role: Liquidity, _ terms: RoomTerms) {
        let deal = trading.deal
        let isQuote = orders[slot].order.unit == .quote
        orders[slot].order.left -= isQuote ? Amount(trading.money) : Amount(deal.quantity)
        orders[slot].order.dealBase += deal.quantity
        orders[slot].order.dealQuote += trading.money
        orders[slot].order.updatedAt = now
        orders[slot].order.lastDeal = LastDeal(
            id: deal.id, at: deal.at, price: deal.price, quantity: deal.quantity, role: role)
        orders[slot].order.status = .partlyDealt
        guard orders[slot].order.isMarket else {
            return hold(slot, reserving: orders[slot].order.reserveRate)
        }
        let spent: Amount
        switch orders[slot].order.side {
        case .sell: spent = Amount(deal.quantity)
        case .buy: spent = Amount(trading.money + part(orders[slot].order.reserveRate, of: trading.money))
        }
        orders[slot].order.frozen -= spent
        ledger.freeze(-spent, orders[slot].order.account, terms.payingAsset(orders[slot].order.side))
    }

    /// Lets a limit order hold what it needs for what is left, with this fee.
    mutating func hold(_ slot: Int32, reserving rate: FeeRate) {
        orders[slot].order.reserveRate = rate
        do throws(ArithmeticError) {
            let needed = try orders[slot].order.needed(reserving: rate)
            let order = orders[slot].order
            let asset = rooms[Int(order.market.index)].terms.payingAsset(order.side)
            ledger.freeze(needed - order.frozen, order.account, asset)
            orders[slot].order.frozen = needed
        } catch {
            preconditionFailure("a part of what was paid for can be paid for")
        }
    }

    /// The owner's rows of a trade, and its fee.
    private mutating func complete(
        _ trading: Trading, of slot: Int32, _ role: Liquidity, _ terms: RoomTerms
    ) {
        let order = orders[slot].order
        let deal = trading.deal
        let sign = Int128(order.side.sign)
        let money = Amount(trading.money)
        note(Amount(raw: sign * deal.quantity.raw), terms.base, order, .trade)
        note(Amount(raw: -sign * money.raw), terms.quote, order, .trade)
        let fee = charge(slot, role, trading.money, terms.quote)
        let own = OwnDeal(
            id: deal.id, order: order.id, clientID: order.clientID, account: order.account,
            market: order.market, side: order.side, role: role, at: deal.at, price: deal.price,
            quantity: deal.quantity, money: trading.money, fee: fee.amount, feeAsset: fee.asset)
        accounts[clientPosition(order.account)].deals.append(own)
        tell(.ownDeal(own))
    }

    /// Tells what a trade did to an order that rested; ends it when it is filled.
    private mutating func tellMaker(_ slot: Int32) {
        let account = orders[slot].order.account
        if orders[slot].order.left.isZero {
            orders.leave(slot, of: &accounts[clientPosition(account)])
            let order = finish(slot, isDone: true)
            tell(.order(.finish, order))
            archive(order)
            orders.release(slot)
        } else {
            tell(.order(.update, orders[slot].order))
        }
        tellBalances(of: account)
    }

    /// Ends an order in its slot: what it still holds is free.
    mutating func finish(_ slot: Int32, isDone: Bool) -> ExchangeOrder {
        let asset = rooms[Int(orders[slot].order.market.index)].terms.payingAsset(orders[slot].order.side)
        ledger.freeze(-orders[slot].order.frozen, orders[slot].order.account, asset)
        orders[slot].order.frozen = .zero
        orders[slot].order.status = isDone ? .done : .cancelled
        orders[slot].order.updatedAt = now
        orders[slot].order.finishedAt = now
        return orders[slot].order
    }

    /// Keeps an ended order that traded.
    mutating func archive(_ order: ExchangeOrder) {
        guard order.hasTraded else { return }
        let position = clientPosition(order.account)
        let row = accounts[position].finishedOrders.next
        if let gone = accounts[position].finishedOrders.append(order) { finished[gone.id.raw] = nil }
        finished[order.id.raw] = FinishedPlace(account: order.account, row: row)
    }

    /// Where an account that is known to be a client's stands.
    func clientPosition(_ account: AccountID) -> Int {
        Int(account.index) - Int(AccountID.firstClient.index)
    }
}
