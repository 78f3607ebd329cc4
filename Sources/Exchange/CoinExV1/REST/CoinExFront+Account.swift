import MarketModel
import Quantities
import WireCodecs

// Balances, fees and records of one account; what this exchange does not have is empty or not permitted.

extension CoinExFront {
    mutating func performAccount(
        _ caller: FrontCaller, _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch caller.endpoint {
        case .balances, .oldBalances: return try balances(account)
        case .balanceHistory: return try balanceHistory(account)
        case .deposits: return try deposits(account)
        case .marketFee:
            let market = try requireMarket()
            let rates = try inCore { core throws(ExchangeRefusal) in
                try core.rates(of: account, in: market)
            }
            return envelope { json, _ in rates.write(to: &json) }
        case .tradeFees: return try tradeFees(account)
        case .settings:
            if let isDiscounted = try parameters.bool("cet_discount") {
                try inCore { core throws(ExchangeRefusal) in try core.setFeesAtDiscount(isDiscounted, account)
                }
            }
            return envelope { json, _ in json.object { _ in } }
        case .poolBalances, .investmentBalances, .creditBalances:
            return envelope { json, _ in json.array { _ in } }
        case .withdrawals, .loanHistory:
            let page = try parameters.pageOrFirst()
            return envelope { json, _ in json.page(PageOf<Deposit>(), page) { _, _ in } }
        case .marginTransferHistory, .contractTransferHistory, .investmentTransferHistory:
            _ = try parameters.page(limitMax: 1_000)
            return envelope { json, _ in json.records(PageOf<Deposit>()) { _, _ in } }
        case .depositAddress, .newDepositAddress:
            guard names.asset(caller.part) != nil else { throw .unknownAsset }
            return envelope { json, _ in
                json.object { json in
                    json.key("coin_address")
                    json.string("local-\(account.index)")
                    json.key("is_bitcoin_cash")
                    json.bool(false)
                }
            }
        case .cancelWithdrawal:
            // There are none; but who may not is told that first.
            guard let key = caller.key, keys[key].mayWithdraw else { throw .notPermitted }
            throw .badParameter("Invalid Parameter, coin_withdraw_id")
        default:  // open set: margin, credit, futures and withdrawals, which are not had here
            throw .notPermitted
        }
    }

    private mutating func balances(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let balances = try inCore { core throws(ExchangeRefusal) in try core.balances(of: account) }
        return envelope { json, front in front.write(balances, to: &json) }
    }

    /// Coins of which there is nothing are left out.
    func write(_ balances: [AssetBalance], to json: inout JSONWriter) {
        json.object { json in
            for balance in balances where !balance.total.isZero {
                json.key(names[balance.asset])
                json.object { json in
                    json.key("available")
                    json.shortest(balance.available)
                    json.key("frozen")
                    json.shortest(balance.frozen)
                }
            }
        }
    }

    private mutating func balanceHistory(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let page = try parameters.page()
        try parameters.checkAccount()
        var filter = RowFilter()
        filter.asset = try assetOrNil("asset")
        filter.business = try business()
        try parameters.times(into: &filter)
        let wanted = filter
        let rows = try inCore { core throws(ExchangeRefusal) in
            try core.balanceChanges(of: account, wanted, page.request)
        }
        return envelope { json, front in
            json.page(rows, page) { json, row in
                json.object { json in
                    json.key("time")
                    json.seconds(row.at)
                    json.key("account")
                    json.int(0)
                    json.key("business")
                    json.string(row.business.word)
                    json.key("business_id")
                    json.uint(row.reference)
                    json.key("asset")
                    json.string(front.names[row.asset])
                    json.key("change")
                    json.shortest(row.change)
                    json.key("balance")
                    json.shortest(row.balance)
                }
            }
        }
    }

    private func business() throws(FrontRefusal) -> BalanceBusiness? {
        guard let word = parameters.string("business") else { return nil }
        guard let business = BalanceBusiness.allCases.first(where: { "\($0.word)" == word }) else {
            // A business that nothing is booked under here.
            guard ["withdraw", "maker_cash_back"].contains(word) else {
                throw .badParameter("Invalid Parameter, business")
            }
            return .transfer
        }
        return business
    }

    private mutating func deposits(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let page = try parameters.pageOrFirst()
        var filter = RowFilter()
        filter.asset = try assetOrNil("coin_type")
        let wanted = filter
        let rows = try inCore { core throws(ExchangeRefusal) in
            try core.deposits(of: account, wanted, page.request)
        }
        return envelope { json, front in
            json.page(rows, page) { json, deposit in front.write(deposit, to: &json) }
        }
    }

    private func write(_ deposit: Deposit, to json: inout JSONWriter) {
        json.object { json in
            json.key("coin_deposit_id")
            json.uint(deposit.id)
            json.key("create_time")
            json.seconds(deposit.at)
            for name: StaticString in ["amount", "actual_amount", "amount_display", "actual_amount_display"] {
                json.key(name)
                json.shortest(deposit.amount)
            }
            json.key("confirmations")
            json.int(1)
            json.key("tx_id")
            json.string("local-\(deposit.id)")
            json.key("coin_address")
            json.string("local-\(deposit.account.index)")
            json.key("coin_type")
            json.string(names[deposit.asset])
            json.key("smart_contract_name")
            json.string("" as StaticString)
            json.key("transfer_method")
            json.string("local" as StaticString)
            json.key("status")
            json.string("finish" as StaticString)
            for name: StaticString in ["remark", "explorer", "add_explorer"] {
                json.key(name)
                json.string("" as StaticString)
            }
        }
    }

    private mutating func tradeFees(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let rates = try inCore { core throws(ExchangeRefusal) in try core.rates(of: account, in: MarketID(0))
        }
        return envelope { json, _ in
            json.object { json in
                json.key("spot")
                json.object { json in
                    json.key("ALL")
                    rates.write(to: &json)
                }
                json.key("perpetual")
                json.object { json in
                    json.key("ALL")
                    rates.write(to: &json)
                }
            }
        }
    }
}

extension FeeRates {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("taker")
            json.shortest(taker)
            json.key("maker")
            json.shortest(maker)
        }
    }
}

extension BalanceBusiness {
    var word: StaticString {
        switch self {
        case .deposit: "deposit"
        case .transfer: "sub_transfer"
        case .trade: "trade"
        case .fee: "trade_fee"
        }
    }
}
