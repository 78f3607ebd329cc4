import Quantities
import Signing
import WireCodecs

// The keys of sub-accounts.

extension CoinExFront {
    mutating func performKeys(
        _ caller: FrontCaller, _ main: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch caller.endpoint {
        case .newSubKey:
            let sub = try requireSubAccount(of: main).id
            return try newKey(sub, at: now)
        case .subKeys: return try keyPage(try requireSubAccount(of: main).id)
        case .subKey: return keyReply(try requireKey(caller.part, main), showsSecret: true)
        case .changeSubKey:
            let id = try requireKey(caller.part, main).id
            let mayTrade = try parameters.bool("allow_trade")
            let remark = parameters.string("remark")
            let addresses = parameters.string("allowed_ips").map(Self.addresses)
            _ = keys.change(id) { key in
                if let mayTrade { key.mayTrade = mayTrade }
                if let remark { key.remark = remark }
                if let addresses { key.addresses = addresses }
            }
            return keyReply(try requireKey(caller.part, main), showsSecret: true)
        default:  // open set: the one that is left, to delete a key
            _ = keys.remove(try requireKey(caller.part, main).id)
            return envelope { json, _ in json.object { _ in } }
        }
    }

    private func requireKey(_ part: String, _ main: AccountID) throws(FrontRefusal) -> FrontKey {
        guard let id = Int64(part), let key = keys.key(id), people.row(key.account)?.main == main else {
            throw .badParameter("Invalid Parameter, user_auth_id")
        }
        return key
    }

    private mutating func newKey(_ sub: AccountID, at now: Instant) throws(FrontRefusal) -> [UInt8] {
        guard let mayTrade = try parameters.bool("allow_trade"), let list = parameters.string("allowed_ips")
        else { throw .badParameter("Invalid Parameter, a required one is missing") }
        var key = FrontKey(hexadecimal(digits: 32), secret: hexadecimal(digits: 48), account: sub)
        key.mayTrade = mayTrade
        key.addresses = Self.addresses(list)
        guard key.addresses.count <= 50 else { throw .badParameter("Invalid Parameter, allowed_ips") }
        key.remark = parameters.string("remark") ?? ""
        key.createdAt = now
        guard let id = keys.add(key), let added = keys.key(id) else { throw .badParameter("Too many keys") }
        return keyReply(added, showsSecret: true)
    }

    /// Digits from the seed: the keys of this exchange guard nothing.
    private mutating func hexadecimal(digits: Int) -> String {
        var text = ""
        while text.count < digits {
            let word = String(random.next(), radix: 16, uppercase: true)
            text += word
        }
        return String(text.prefix(digits))
    }

    /// What stands between quotes in `['1.1.1.1', '1.1.1.2']`.
    private static func addresses(_ list: String) -> [String] {
        list.split(separator: "'").map(String.init).filter { $0.first?.isNumber == true }
    }

    private mutating func keyPage(_ sub: AccountID) throws(FrontRefusal) -> [UInt8] {
        let page = try parameters.page()
        let all = keys.rows.filter { $0.account == sub }
        let rows = PageOf<Int64>(rows: Self.page(all, page).map(\.id), total: all.count)
        return envelope { json, front in
            json.page(rows, page) { json, id in
                if let key = front.keys.key(id) { key.write(showsSecret: false, to: &json) }
            }
        }
    }

    private mutating func keyReply(_ key: FrontKey, showsSecret: Bool) -> [UInt8] {
        envelope { json, _ in key.write(showsSecret: showsSecret, to: &json) }
    }
}

extension FrontKey {
    func write(showsSecret: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.key("user_auth_id")
            json.int(id)
            json.key("create_time")
            json.seconds(createdAt)
            json.key("remark")
            json.string(remark)
            json.key("access_id")
            json.string(accessID)
            json.key("allowed_ips")
            json.array { json in for address in addresses { json.string(address) } }
            json.key("allow_withdraw")
            json.bool(mayWithdraw)
            json.key("allow_trade")
            json.bool(mayTrade)
            json.key("is_expires")
            json.bool(expiresAt != nil)
            json.key("expired_time")
            json.int(expiresAt?.wholeSeconds ?? 0)
            if showsSecret {
                json.key("secret_key")
                json.string(secretText)
            }
        }
    }
}
