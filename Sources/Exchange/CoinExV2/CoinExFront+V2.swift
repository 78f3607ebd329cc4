import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

// Requests of the second generation: who asks, and what is answered.

extension CoinExFront {
    /// The path below `/v2`; nil for any other.
    static func belowV2(_ path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let base: StaticString = "/v2"
        guard path.count > 3, path.prefix(3).elementsEqual(base.bytes), path[3] == UInt8(ascii: "/") else {
            return nil
        }
        return UnsafeRawBufferPointer(rebasing: path[3...])
    }

    /// - Parameter below: the path below `/v2`, without a query.
    mutating func answerV2(
        _ request: FrontRequest, _ below: UnsafeRawBufferPointer, at now: Instant, _ kind: inout FrontKind,
        _ account: inout AccountID?
    ) -> FrontReply {
        guard settings.languages.contains(.v2) else { return Self.gatewayReply(404) }
        guard addresses.take(request.address, settings.limits.address, at: now) else {
            return refusalV2(.tooManyRequests, quota: nil)
        }
        let method = String(decoding: request.method, as: UTF8.self)
        let path = String(decoding: below.prefix(256), as: UTF8.self)
        guard let endpoint = FrontEndpointV2(rawValue: "\(method) \(path)") else {
            let isKnown = FrontEndpointV2.allCases.contains { $0.rawValue.hasSuffix(" \(path)") }
            if FrontEndpointV2.isAbsent(path) { return refusalV2(.spotAlone, quota: nil) }
            return isKnown ? refusalV2(.wrongMethod, quota: nil) : Self.gatewayReply(404)
        }
        kind = .reply(endpoint: endpoint.rawValue)
        var quota: FrontQuota?
        do throws(FrontRefusal) {
            let list = try read(request, endpoint)
            if endpoint.group != .market {
                account = try admit(request, endpoint, list?.count ?? 1, &quota, at: now)
            }
            if !faults.isEmpty, let reply = refuseByFaultV2(account, quota, at: now) { return reply }
            let error = faults.isEmpty ? nil : errorByFault(account, at: now)
            if let error, !error.isCarriedOut { return error.reply }
            let body = try perform(endpoint, list ?? [], account, at: now)
            if let error { return error.reply }
            return FrontReply(body: body, quota: quota)
        } catch {
            return refusalV2(error, quota: quota)
        }
    }

    /// Parameters travel in the query of GET and in the body of POST.
    ///
    /// - Returns: the parts of a request of several, as they came: JSON objects, or numbers.
    private mutating func read(
        _ request: FrontRequest, _ endpoint: FrontEndpointV2
    ) throws(FrontRefusal) -> [UnsafeBufferPointer<UInt8>]? {
        let target = request.target
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.count
        guard request.method.first == UInt8(ascii: "P") else {
            try parameters.read(
                query: UnsafeRawBufferPointer(rebasing: target[min(mark + 1, target.count)...]))
            return nil
        }
        guard let name = endpoint.list else {
            try parameters.read(body: request.body)
            return nil
        }
        parameters.removeAll()
        var parts: [UnsafeBufferPointer<UInt8>] = []
        var market: String?
        var json = JSONCursor(request.body.assumingMemoryBound(to: UInt8.self))
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                if name ~= key {
                    try json.array { json throws(JSONError) in
                        if parts.count <= FrontBatch.countMax { parts.append(try json.rawValue()) }
                    }
                } else if "market" ~= key {
                    market = try json.string()
                }
            }
            try json.finish()
        } catch {
            throw .badParameter("Invalid Parameter: the body is no JSON object with a list")
        }
        guard (1...FrontBatch.countMax).contains(parts.count) else {
            throw .badParameter("Invalid Parameter: too few or too many at once")
        }
        if let market { parameters.add("market", market) }
        return parts
    }

    // MARK: Who asks

    private mutating func admit(
        _ request: FrontRequest, _ endpoint: FrontEndpointV2, _ charge: Int, _ quota: inout FrontQuota?,
        at now: Instant
    ) throws(FrontRefusal) -> AccountID {
        guard let head = request.signed else {
            throw FrontRefusal(code: FrontRefusal.wrongSignature.code, message: "the request is not signed")
        }
        guard let row = keys.find(head.key.assumingMemoryBound(to: UInt8.self)) else { throw .unknownKey }
        let parts = [request.method, request.target, request.body, head.timestamp]
        guard FrontSignatureV2.isRight(head.signature, of: parts, with: keys[row].secret) else {
            throw .wrongSignature
        }
        guard let time = FrontNumber.int(head.timestamp.assumingMemoryBound(to: UInt8.self)) else {
            throw .staleTonce
        }
        let window = head.window.flatMap { FrontNumber.int($0.assumingMemoryBound(to: UInt8.self)) }
        guard let signed = Instant(checkedMilliseconds: time),
            (signed - shownTime(at: now)).nanoseconds.magnitude
                <= Interval.milliseconds(min(max(window ?? 5_000, 1), 60_000)).nanoseconds.magnitude
        else { throw .staleTonce }
        let account = try admit(row, tonce: time, address: request.address, at: now)
        if endpoint.isTrading, !keys[row].mayTrade { throw .notPermitted }
        if endpoint == .cancelWithdrawal, !keys[row].mayWithdraw { throw .notPermitted }
        // What several orders are charged for is taken one by one.
        for _ in 0..<charge { try takeQuota(endpoint.group, account, &quota, at: now) }
        return account
    }

    private mutating func takeQuota(
        _ group: CoinExRateGroup, _ account: AccountID, _ quota: inout FrontQuota?, at now: Instant
    ) throws(FrontRefusal) {
        guard settings.limits.groups[group] != nil, let limit = group.limit(in: .v2),
            let slot = CoinExRateGroup.allCases.firstIndex(of: group)
        else { return }
        let count = CoinExRateGroup.allCases.count
        let result = windowsV2[account.index, default: FrontWindows(count: count)].take(slot, limit, at: now)
        quota = result?.quota
        var isAllowed = result?.isAllowed ?? true
        if isAllowed, !settings.limits.longPeriods.isEmpty {
            let owner = (try? core.main(of: account)) ?? account
            let periods = longPeriods[owner.index, default: FrontLongPeriods()].take(
                settings.limits.longPeriods, isFree: group == .cancel || group == .batch, at: now)
            quota?.longPeriods = periods.left
            isAllowed = periods.isAllowed
        }
        if !isAllowed { throw .tooManyRequests }
    }

    // MARK: What goes wrong by script

    private mutating func refuseByFaultV2(
        _ account: AccountID?, _ quota: FrontQuota?, at now: Instant
    ) -> FrontReply? {
        if let fault = faults.holding(.maintenance, at: now) {
            if fault.status == 200 { return refusalV2(.unavailable, quota: quota) }
            return Self.gatewayReply(fault.status ?? 503)
        }
        if let fault = strike(.rateLimited, account, at: now) {
            var reply = refusalV2(.tooManyRequests, quota: quota)
            if let status = fault.status { reply.status = status }
            return reply
        }
        return nil
    }

    // MARK: What is answered

    private mutating func refusalV2(_ refusal: FrontRefusal, quota: FrontQuota?) -> FrontReply {
        counts.refusals += 1
        let isTooMany = refusal.code == FrontRefusal.tooManyRequests.code
        let code = refusal.code >= 3_000 ? refusal.code : refusal.codeV2
        let body = envelopeV2(code: code, message: refusal.message) { json, _ in json.object { _ in } }
        return FrontReply(
            status: isTooMany ? settings.limits.refusalStatus : refusal.status, body: body, quota: quota)
    }

    /// The bytes of an envelope; `write` puts in the data.
    mutating func envelopeV2(
        code: Int = 0, message: StaticString = "OK", pagination: (total: Int, hasNext: Bool)? = nil,
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
            if let pagination {
                json.key("pagination")
                json.object { json in
                    json.key("total")
                    json.int(Int64(pagination.total))
                    json.key("has_next")
                    json.bool(pagination.hasNext)
                }
            }
            json.key("message")
            json.string(message)
        }
        let bytes = json.withBytes { Array($0) }
        swap(&json, &self.json)
        return bytes
    }

    /// Carries out a request that was admitted, and returns the body of its reply.
    private mutating func perform(
        _ endpoint: FrontEndpointV2, _ list: [UnsafeBufferPointer<UInt8>], _ account: AccountID?,
        at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        if let list = endpoint.emptyList { return emptyReplyV2(list) }
        guard let account else { return try performPublicV2(endpoint, at: now) }
        switch endpoint.group {
        case .place, .cancel, .batch: return try performTradingV2(endpoint, list, account, at: now)
        case .query, .history: return try performQueryV2(endpoint, account)
        case .account, .loan: return try performAccountV2(endpoint, account)
        case .market: return try performPublicV2(endpoint, at: now)
        }
    }
}
