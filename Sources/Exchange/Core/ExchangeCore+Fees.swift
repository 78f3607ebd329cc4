import MarketModel
import Quantities

extension ExchangeCore {
    /// Charges the fee of a deal: in the discount asset where the account wants it and has enough, else in
    /// quote. A rate below zero is paid out in quote.
    mutating func charge(
        _ slot: Int32, _ role: Liquidity, _ money: Notional, _ quote: AssetID
    ) -> (amount: Amount, asset: AssetID) {
        let order = orders[slot].order
        let rate = role == .maker ? order.makerRate : order.takerRate
        if rate.isPositive, order.paysFeesAtDiscount,
            let fee = discountedFee(rate, order.feeDiscount, money, quote),
            ledger[order.account, discountAsset].available >= fee
        {
            pay(fee, discountAsset, order)
            orders[slot].order.discountFee += fee
            return (fee, discountAsset)
        }
        let fee = Amount(part(rate, of: money))
        pay(fee, quote, order)
        orders[slot].order.quoteFee += fee
        return (fee, quote)
    }

    /// A part of an amount of money; digits beyond the twelfth are dropped.
    func part(_ rate: FeeRate, of money: Notional) -> Notional {
        do throws(ArithmeticError) {
            return try money.times(rate, .towardZero)
        } catch {
            preconditionFailure("a part of what was paid can be paid")
        }
    }

    /// What the discount asset costs in another; nil when no market tells.
    package func discountPrice(in asset: AssetID) -> Price? {
        switch discountWays[Int(asset.index)] {
        case .none: return nil
        case .same: return Price(1)
        case .direct(let market): return rooms[market].worth
        case .across(let discount, let other):
            guard let dividend = rooms[discount].worth, let divisor = rooms[other].worth else { return nil }
            do throws(ArithmeticError) {
                let price = try Notional(reinterpreting: dividend).divided(by: divisor, .down)
                return Price(reinterpreting: price)
            } catch {
                return nil
            }
        }
    }

    private mutating func pay(_ fee: Amount, _ asset: AssetID, _ order: ExchangeOrder) {
        if fee.isZero { return }
        ledger.post(fee, asset, from: order.account, to: .fees, .fee)
        note(-fee, asset, order, .fee)
    }

    /// Money times rate times discount, over the price of the discount asset; digits beyond the twelfth are
    /// dropped at each step.
    private func discountedFee(
        _ rate: FeeRate, _ discount: FeeRate, _ money: Notional, _ quote: AssetID
    ) -> Amount? {
        guard let price = discountPrice(in: quote), price.isPositive else { return nil }
        do throws(ArithmeticError) {
            let fee = try money.times(rate, .down).times(discount, .down)
            return Amount(try fee.divided(by: price, .down))
        } catch {
            return nil
        }
    }
}
