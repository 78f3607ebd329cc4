import MarketModel
import Quantities
import Signing
import WireCodecs

// What a main account may do with its sub-accounts.

extension CoinExFront {
    mutating func performFamily(
        _ caller: FrontCaller, _ main: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch caller.endpoint {
        case .subAccounts: return try subAccounts(main)
        case .registerSubAccount: return try registerSubAccount(main)
        case .freezeSubAccount: return try setFrozen(true, main)
        case .unfreezeSubAccount: return try setFrozen(false, main)
        case .subBalances: return try subBalances(main)
        case .subTransfer: return try subTransfer(main, at: now)
        case .universalTransfer: return try universalTransfer(main, at: now)
        case .subTransferHistory: return try transferHistory(main)
        case .subKeys, .subKey, .newSubKey, .changeSubKey, .deleteSubKey:
            return try performKeys(caller, main, at: now)
        default:  // open set: authorisations of other people, whom this exchange does not have
            throw .notPermitted
        }
    }

    /// The sub-account that a parameter names.
    func requireSubAccount(
        of main: AccountID, _ name: StaticString = "sub_user_name"
    ) throws(FrontRefusal) -> FrontPeople.Row {
        let text = String(decoding: try parameters.require(name), as: UTF8.self)
        guard let row = people.subAccount(text, of: main) else { throw .notRelated }
        return row
    }

    private mutating func done() -> [UInt8] { envelope { json, _ in json.object { _ in } } }

    private mutating func subAccounts(_ main: AccountID) throws(FrontRefusal) -> [UInt8] {
        let page = try parameters.page()
        let isFrozen = try parameters.bool("frozen")
        let name = parameters.string("sub_user_name")
        let all = people.subAccounts(of: main).filter { row in
            (isFrozen == nil || row.isFrozen == isFrozen) && (name == nil || row.name == name)
        }
        let rows = Self.page(all, page)
        return envelope { json, _ in
            json.object { json in
                json.key("curr_page")
                json.int(Int64(page.number))
                json.key("has_next")
                json.bool(page.number * page.limit < all.count)
                json.key("per_page")
                json.int(Int64(page.limit))
                json.key("total_page")
                json.int(Int64((all.count + page.limit - 1) / page.limit))
                json.key("count")
                json.int(Int64(rows.count))
                json.key("data")
                json.array { json in for row in rows { row.write(to: &json) } }
                json.key("total")
                json.int(Int64(all.count))
            }
        }
    }

    static func page<Row>(_ rows: [Row], _ page: FrontPage) -> [Row] {
        Array(rows.dropFirst((page.number - 1) * page.limit).prefix(page.limit))
    }

    private mutating func registerSubAccount(_ main: AccountID) throws(FrontRefusal) -> [UInt8] {
        let name = String(decoding: try parameters.require("sub_user_name"), as: UTF8.self)
        guard ShortText(name) != nil else { throw .badParameter("Invalid Parameter, sub_user_name") }
        guard people.subAccounts(of: main).count < FrontPeople.subAccountsMax else {
            throw .badParameter("Too many sub accounts")
        }
        let account = try inCore { core throws(ExchangeRefusal) in
            try core.addAccount(named: name, main: main)
        }
        people.add(name, account, main: main)
        return done()
    }

    private mutating func setFrozen(_ isFrozen: Bool, _ main: AccountID) throws(FrontRefusal) -> [UInt8] {
        let account = try requireSubAccount(of: main).id
        people.change(account) { $0.isFrozen = isFrozen }
        return done()
    }

    private mutating func subBalances(_ main: AccountID) throws(FrontRefusal) -> [UInt8] {
        let wanted = try assetOrNil("coin_type")
        let rows =
            parameters.text("sub_user_name") == nil
            ? people.subAccounts(of: main) : [try requireSubAccount(of: main)]
        var balances: [[AssetBalance]] = []
        for row in rows {
            let all = try inCore { core throws(ExchangeRefusal) in try core.balances(of: row.id) }
            balances.append(all.filter { wanted == nil || $0.asset == wanted })
        }
        return envelope { json, front in
            json.object { json in
                for (row, balances) in zip(rows, balances) {
                    json.key(row.name)
                    front.write(balances, to: &json)
                }
            }
        }
    }

    // MARK: Transfers

    /// `in` is to the main account, `out` from it.
    private mutating func subTransfer(
        _ main: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        let sub = try requireSubAccount(of: main, "transfer_account").id
        let asset = try requireAsset("coin_type")
        let amount = try parameters.positive("amount", as: Amount.self)
        switch parameters.string("transfer_side") {
        case "in":
            try inCore { core throws(ExchangeRefusal) in
                _ = try core.transfer(amount, asset, from: sub, to: main, at: now)
            }
        case "out":
            try inCore { core throws(ExchangeRefusal) in
                _ = try core.transfer(amount, asset, from: main, to: sub, at: now)
            }
        default:  // open set: texts
            throw .badParameter("Invalid Parameter, transfer_side is in or out")
        }
        return done()
    }

    private mutating func universalTransfer(
        _ main: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        for name: StaticString in ["from_account_type", "to_account_type"] {
            guard String(decoding: try parameters.require(name), as: UTF8.self) == "SPOT" else {
                throw .notPermitted
            }
        }
        guard parameters.text("from_user_name") != nil || parameters.text("to_user_name") != nil else {
            throw .badParameter("Invalid Parameter, from nobody to nobody")
        }
        let giver =
            parameters.text("from_user_name") == nil
            ? main : try requireSubAccount(of: main, "from_user_name").id
        let taker =
            parameters.text("to_user_name") == nil ? main : try requireSubAccount(of: main, "to_user_name").id
        let asset = try requireAsset("asset")
        let amount = try parameters.positive("amount", as: Amount.self)
        try inCore { core throws(ExchangeRefusal) in
            _ = try core.transfer(amount, asset, from: giver, to: taker, at: now)
        }
        return done()
    }

    private mutating func transferHistory(_ main: AccountID) throws(FrontRefusal) -> [UInt8] {
        let page = try parameters.page(limitMax: 500)
        var filter = RowFilter()
        filter.asset = try assetOrNil("coin_type")
        try parameters.times(into: &filter)
        let wanted = filter
        let account = parameters.text("sub_user_name") == nil ? main : try requireSubAccount(of: main).id
        let rows = try inCore { core throws(ExchangeRefusal) in
            try core.transfers(of: account, wanted, page.request)
        }
        return envelope { json, front in
            json.page(rows, page) { json, row in
                json.object { json in
                    json.key("time")
                    json.seconds(row.at)
                    json.key("transfer_from")
                    json.string(row.from == main ? "" : front.people.row(row.from)?.name ?? "")
                    json.key("transfer_to")
                    json.string(row.to == main ? "" : front.people.row(row.to)?.name ?? "")
                    json.key("coin_type")
                    json.string(front.names[row.asset])
                    json.key("amount")
                    json.shortest(row.amount)
                    json.key("status")
                    json.string("success" as StaticString)
                }
            }
        }
    }
}

extension FrontPeople.Row {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("user_name")
            json.string(name)
            json.key("permissions")
            json.array { json in for permission in permissions { json.string(permission) } }
            json.key("frozen")
            json.bool(isFrozen)
            json.key("managed")
            json.bool(false)
            json.key("balance_usd")
            json.string("0" as StaticString)
        }
    }
}
