import CoinExVenue
import MarketModel
import Quantities
import Signing
import WireCodecs

/// A request of REST as it came; the bytes are valid during the call that it is handed to.
package struct FrontRequest {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    package var method: UnsafeRawBufferPointer
    /// Path and query as on the request line: `/v1/order/pending?market=BTCUSDT&…`.
    package var target: UnsafeRawBufferPointer
    /// The value of the header `authorization`; nil without one.
    package var authorization: UnsafeRawBufferPointer?
    package var body: UnsafeRawBufferPointer
    /// What a request of the second generation is signed with; nil without it.
    package var signed: FrontSignedHead?
    /// The IPv4 address of the client as a number.
    package var address: UInt64

    package init(
        method: UnsafeRawBufferPointer, target: UnsafeRawBufferPointer,
        authorization: UnsafeRawBufferPointer? = nil, signed: FrontSignedHead? = nil,
        body: UnsafeRawBufferPointer, address: UInt64
    ) {
        self.method = method
        self.target = target
        self.authorization = authorization
        self.signed = signed
        self.body = body
        self.address = address
    }
}

extension FrontRequest {
    /// A request of HTTP: what signs it stands in other fields in either generation.
    package init(_ head: borrowing HTTPHead, body: UnsafeRawBufferPointer, address: UInt64) {
        self.init(
            method: head.method, target: head.target, authorization: nil, body: body, address: address)
        guard target.starts(with: "/v2/".utf8) else {
            authorization = head.first("authorization")
            return
        }
        guard let key = head.first("x-coinex-key"), let signature = head.first("x-coinex-sign"),
            let timestamp = head.first("x-coinex-timestamp")
        else { return }
        signed = FrontSignedHead(
            key: key, signature: signature, timestamp: timestamp,
            window: head.first("x-coinex-windowtime"))
    }
}

/// Who asks, and what for.
struct FrontCaller {
    var endpoint: FrontEndpoint
    /// Nil for public endpoints.
    var key: Int?
    var account: AccountID?
    /// The part of the path that belongs to the request.
    var part = ""
    var quota: FrontQuota?
}

extension CoinExFront {
    /// Takes a request; its reply leaves as `.reply(number, …)`, at once or later.
    package mutating func receive(_ request: FrontRequest, number: UInt64, at now: Instant) {
        advance(to: now)
        counts.requests += 1
        if !faults.isEmpty, holdsBack(request, number: number, at: now) { return }
        process(request, number: number, at: now)
    }

    /// Carries out a request that has arrived.
    mutating func process(_ request: FrontRequest, number: UInt64, at now: Instant) {
        advanceMarkets(to: now)
        var kind = FrontKind.reply(endpoint: nil)
        var account: AccountID?
        var reply = answer(request, at: now, &kind, &account)
        let leavesAt = faults.isEmpty ? now : now + spoil(&reply, account, at: now)
        // What the request caused leaves before the reply or after it.
        if settings.pushFirstShare > 0, random.chance(settings.pushFirstShare) {
            tellNews(at: now)
            outbox.put(.reply(number, reply), kind, for: nil, at: leavesAt)
        } else {
            outbox.put(.reply(number, reply), kind, for: nil, at: leavesAt)
            tellNews(at: now)
        }
    }

    private mutating func answer(
        _ request: FrontRequest, at now: Instant, _ kind: inout FrontKind, _ account: inout AccountID?
    ) -> FrontReply {
        let target = request.target
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.count
        let path = UnsafeRawBufferPointer(rebasing: target[..<mark])
        let query = UnsafeRawBufferPointer(rebasing: target[min(mark + 1, target.count)...])
        if let below = Self.belowV2(path) { return answerV2(request, below, at: now, &kind, &account) }
        guard settings.languages.contains(.v1), let below = Self.belowBase(path) else {
            return Self.gatewayReply(404)
        }
        guard addresses.take(request.address, settings.limits.address, at: now) else {
            counts.refusals += 1
            return refusal(.tooManyRequests, quota: nil)
        }
        let endpoint: FrontEndpoint
        var part = ""
        switch routes.find(request.method, below) {
        case .unknown: return Self.gatewayReply(404)
        case .otherMethod: return Self.gatewayReply(405)
        case .endpoint(let found, let start):
            endpoint = found
            if let start {
                part = String(decoding: UnsafeRawBufferPointer(rebasing: below[start...]), as: UTF8.self)
            }
        }
        kind = .reply(endpoint: endpoint.rawValue)
        var caller = FrontCaller(endpoint: endpoint, part: part)
        do throws(FrontRefusal) {
            try read(request, query, endpoint)
            if endpoint.isSigned { try admit(request, &caller, at: now) }
            account = caller.account
            if !faults.isEmpty, let reply = try refuseByFault(caller, at: now) { return reply }
            let error = faults.isEmpty ? nil : errorByFault(caller.account, at: now)
            if let error, !error.isCarriedOut { return error.reply }
            let body = try perform(caller, at: now)
            if let error { return error.reply }
            return FrontReply(body: body, quota: caller.quota)
        } catch {
            counts.refusals += 1
            return refusal(error, quota: caller.quota)
        }
    }

    /// The path below `/v1`; nil for any other.
    private static func belowBase(_ path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let base: StaticString = "/v1"
        guard path.count > 3, path.prefix(3).elementsEqual(base.bytes), path[3] == UInt8(ascii: "/") else {
            return nil
        }
        return UnsafeRawBufferPointer(rebasing: path[3...])
    }

    /// What the gateway in front of the venue says: no envelope.
    static func gatewayReply(_ status: Int) -> FrontReply {
        let text =
            switch status {
            case 404: "Not Found"
            case 405: "Method Not Allowed"
            case 502: "Bad Gateway"
            case 503: "Service Unavailable"
            case 504: "Gateway Time-out"
            default: "Internal Server Error"
            }
        let page = "<html><head><title>\(status) \(text)</title></head><body>\(text)</body></html>\n"
        return FrontReply(status: status, type: "text/html", body: Array(page.utf8))
    }

    /// Parameters travel in the query, or in the body of POST and PUT; those take a query where there is no body.
    private mutating func read(
        _ request: FrontRequest, _ query: UnsafeRawBufferPointer, _ endpoint: FrontEndpoint
    ) throws(FrontRefusal) {
        if endpoint.hasBody, !request.body.isEmpty {
            try parameters.read(body: request.body)
        } else {
            try parameters.read(query: query)
        }
    }

    // MARK: Who asks

    private mutating func admit(
        _ request: FrontRequest, _ caller: inout FrontCaller, at now: Instant
    ) throws(FrontRefusal) {
        guard let accessID = parameters.text("access_id"), let row = keys.find(accessID) else {
            throw .unknownKey
        }
        try checkSignature(request.authorization, row)
        guard let text = parameters.text("tonce"), let tonce = FrontNumber.int(text) else {
            throw .staleTonce
        }
        let account = try admit(row, tonce: tonce, address: request.address, at: now)
        caller.key = row
        caller.account = account
        if caller.endpoint.isTrading, !keys[row].mayTrade { throw .notPermitted }
        if caller.endpoint.isMainOnly, !people.isMain(account) { throw .notPermitted }
        try takeQuota(&caller, account, at: now)
    }

    private mutating func checkSignature(
        _ authorization: UnsafeRawBufferPointer?, _ row: Int
    ) throws(FrontRefusal) {
        let secret = keys[row].secret
        guard let authorization, signature.isRight(authorization, of: &parameters, with: secret) else {
            throw .wrongSignature
        }
    }

    /// Whether a key that has signed may come in.
    func admit(
        _ row: Int, tonce: Int64, address: UInt64, at now: Instant
    ) throws(FrontRefusal) -> AccountID {
        guard let signed = Instant(checkedMilliseconds: tonce),
            (signed - shownTime(at: now)).nanoseconds.magnitude
                <= settings.tonceTolerance.nanoseconds.magnitude
        else { throw .staleTonce }
        if let end = keys[row].expiresAt, end <= now { throw .expiredKey }
        guard keys[row].addresses.isEmpty || keys[row].addresses.contains(FrontAddress.text(address)) else {
            throw .addressNotAllowed
        }
        let account = keys[row].account
        if people.isFrozen(account) { throw .notPermitted }
        return account
    }

    private mutating func takeQuota(
        _ caller: inout FrontCaller, _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) {
        let group = caller.endpoint.group
        guard let limit = settings.limits.groups[group],
            let slot = CoinExRateGroup.allCases.firstIndex(of: group)
        else { return }
        let count = CoinExRateGroup.allCases.count
        let result = windows[account.index, default: FrontWindows(count: count)].take(slot, limit, at: now)
        caller.quota = result?.quota
        if result?.isAllowed == false { throw .tooManyRequests }
    }

    // MARK: What is answered

    mutating func refusal(_ refusal: FrontRefusal, quota: FrontQuota?) -> FrontReply {
        let isTooMany = refusal.code == FrontRefusal.tooManyRequests.code
        let body = envelope(code: refusal.code, message: refusal.message) { json, _ in
            json.object { _ in }
        }
        return FrontReply(
            status: isTooMany ? settings.limits.refusalStatus : refusal.status, body: body, quota: quota)
    }

    /// The bytes of an envelope; `write` puts in the data.
    mutating func envelope(
        code: Int = 0, message: StaticString = "Ok",
        _ write: (inout JSONWriter, borrowing CoinExFront) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 0)
        swap(&json, &self.json)
        json.reset()
        json.object { json in
            json.key("code")
            json.int(Int64(code))
            json.key("data")
            write(&json, self)
            json.key("message")
            json.string(message)
        }
        let bytes = json.withBytes { Array($0) }
        swap(&json, &self.json)
        return bytes
    }
}

/// Addresses of IPv4 as numbers.
enum FrontAddress {
    static func text(_ address: UInt64) -> String {
        "\(address >> 24 & 0xFF).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
    }
}

extension StaticString {
    var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
