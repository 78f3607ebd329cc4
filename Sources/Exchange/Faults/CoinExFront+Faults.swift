import Quantities
import WireCodecs

// What the faults of the script do to requests and to what leaves.

extension CoinExFront {
    /// Sets faults; false, and none is set, when there would be too many.
    package mutating func addFaults(_ list: [ExchangeFault], at now: Instant) -> Bool {
        guard faults.makeRoom(for: list.count, at: now) else { return false }
        for fault in list { _ = faults.add(fault, at: now) }
        return true
    }

    /// Takes all faults away: half-open sockets hear again, requests that are late come at once.
    package mutating func clearFaults(at now: Instant) {
        faults.removeAll()
        halfOpen = [:]
        let late = lateRequests
        lateRequests = []
        for request in late { carryOut(request, at: now) }
    }

    /// The exchange's time of day, as it tells it and judges by it.
    package func shownTime(at now: Instant) -> Instant {
        if let fault = faults.holding(.clockAhead, at: now) { return now + fault.delayOrDefault }
        if let fault = faults.holding(.clockBehind, at: now) { return now - fault.delayOrDefault }
        return now
    }

    /// What begins by itself: maintenance, and its announcement.
    mutating func beginFaults(at now: Instant) {
        while let begun = faults.takeBeginning(at: now) {
            switch begun.fault.kind {
            case .maintenance:
                for index in sessions.indices where !sessions[index].isClosing {
                    end(sessionAt: index, at: now)
                }
            case .maintenanceNotice:
                let start = begun.startsAt + begun.fault.delayOrDefault
                let end = begun.endsAt == .distantFuture ? start + .minutes(10) : max(start, begun.endsAt)
                announceMaintenance(from: start, to: end, at: now)
            case .pushLost, .pushRepeated, .pushDelayed, .pushReordered, .depthFrozen, .checksumWrong,
                .requestLate, .replyLost, .slowReplies, .serverError, .rateLimited, .socketReset, .halfOpen,
                .slowTLS, .clockAhead, .clockBehind:
                preconditionFailure("these begin with an occasion")
            }
        }
    }

    // MARK: Requests

    /// More requests that are late arrive at once.
    static let lateRequestsMax = 4_096

    /// Whether a request is held back, to be carried out later.
    mutating func holdsBack(_ request: FrontRequest, number: UInt64, at now: Instant) -> Bool {
        guard faults.has(.requestLate), lateRequests.count < Self.lateRequestsMax else { return false }
        let target = request.target
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.count
        do throws(FrontRefusal) {
            if request.body.isEmpty {
                try parameters.read(
                    query: UnsafeRawBufferPointer(rebasing: target[min(mark + 1, target.count)...]))
            } else {
                try parameters.read(body: request.body)
            }
        } catch {
            // It is refused for that at once; what has lists in it is of the second generation, and comes in time.
            return false
        }
        let signer = request.signed?.key.assumingMemoryBound(to: UInt8.self) ?? parameters.text("access_id")
        let account = signer.flatMap { keys.find($0) }.map { keys[$0].account }
        guard let fault = strike(.requestLate, account, at: now) else { return false }
        let late = LateRequest(request, number: number, dueAt: now + fault.delayOrDefault)
        let place = lateRequests.firstIndex { $0.dueAt > late.dueAt } ?? lateRequests.endIndex
        lateRequests.insert(late, at: place)
        return true
    }

    /// Carries out the requests that were held back and arrive now.
    mutating func carryOutLate(until time: Instant) {
        while let first = lateRequests.first, first.dueAt <= time {
            lateRequests.removeFirst()
            carryOut(first, at: first.dueAt)
        }
    }

    private mutating func carryOut(_ late: LateRequest, at now: Instant) {
        late.withRequest { process($0, number: late.number, at: now) }
    }

    /// What a request is answered with in place of being carried out.
    mutating func refuseByFault(_ caller: FrontCaller, at now: Instant) throws(FrontRefusal) -> FrontReply? {
        if let fault = faults.holding(.maintenance, at: now) {
            if fault.status == 200 { throw .unavailable }
            return Self.gatewayReply(fault.status ?? 503)
        }
        if let fault = strike(.rateLimited, caller.account, at: now) {
            counts.refusals += 1
            var reply = refusal(.tooManyRequests, quota: caller.quota)
            if let status = fault.status { reply.status = status }
            return reply
        }
        return nil
    }

    /// The page in place of the reply to a request.
    mutating func errorByFault(
        _ account: AccountID?, at now: Instant
    ) -> (reply: FrontReply, isCarriedOut: Bool)? {
        guard let fault = strike(.serverError, account, at: now) else { return nil }
        return (Self.gatewayReply(fault.status ?? 502), fault.isCarriedOut)
    }

    /// What becomes of a reply on its way out.
    mutating func spoil(_ reply: inout FrontReply, _ account: AccountID?, at now: Instant) -> Interval {
        if strike(.replyLost, account, at: now) != nil { reply = .lost }
        return strike(.slowReplies, account, at: now)?.delayOrDefault ?? .zero
    }

    mutating func strike(
        _ kind: ExchangeFaultKind, _ account: AccountID?, at now: Instant
    ) -> ExchangeFault? {
        guard faults.has(kind) else { return nil }
        let occasion = FaultScript.Occasion(
            account: account.flatMap { people.row($0)?.name }, push: nil, now: now)
        let market = parameters.text("market").map { String(decoding: $0, as: UTF8.self) }
        return faults.strike(kind, occasion) { $0 == market }
    }

    // MARK: Sockets

    /// The pause between the bytes of the handshake with a client that comes now; nil for none.
    package mutating func handshakePause(at now: Instant) -> Interval? {
        faults.strike(lasting: .slowTLS, at: now)?.delayOrDefault
    }

    /// Whether a ping of WebSocket is answered.
    package mutating func answersPing(of id: FrontSessionID, at now: Instant) -> Bool {
        guard !faults.isEmpty, let index = sessionIndex(id) else { return true }
        return !isHalfOpen(sessionAt: index, at: now)
    }

    /// Whether nothing comes from or goes to a client.
    mutating func isHalfOpen(sessionAt index: Int, at now: Instant) -> Bool {
        guard faults.has(.halfOpen) else { return false }
        let id = sessions[index].id
        if let end = halfOpen[id] {
            if now < end { return true }
            halfOpen[id] = nil
        }
        guard faults.strike(.halfOpen, occasion(sessionAt: index, at: now)) != nil else { return false }
        halfOpen[id] = faults.end(of: .halfOpen, at: now) ?? .distantFuture
        return true
    }

    /// Whether a client's connection ends now.
    mutating func isReset(sessionAt index: Int, at now: Instant) -> Bool {
        guard faults.has(.socketReset) else { return false }
        return faults.strike(.socketReset, occasion(sessionAt: index, at: now)) != nil
    }

    private func occasion(
        sessionAt index: Int, _ push: FrontFamily? = nil, at now: Instant
    ) -> FaultScript.Occasion {
        FaultScript.Occasion(
            account: sessions[index].account.flatMap { people.row($0)?.name }, push: push, now: now)
    }

    private mutating func strike(
        _ kind: ExchangeFaultKind, _ occasion: FaultScript.Occasion, _ bytes: [UInt8]
    ) -> ExchangeFault? {
        guard faults.has(kind), let family = occasion.push else { return nil }
        let isOfBooks = kind == .depthFrozen || kind == .checksumWrong
        if isOfBooks, family != .depth { return nil }
        let names = names
        return faults.strike(kind, occasion) { Self.isAbout($0, family, bytes, names) }
    }

    /// Sends a push as the faults want it.
    mutating func sendSpoilt(
        _ bytes: [UInt8], _ family: FrontFamily, toSessionAt index: Int, at now: Instant
    ) {
        if isHalfOpen(sessionAt: index, at: now) { return }
        let occasion = occasion(sessionAt: index, family, at: now)
        if strike(.depthFrozen, occasion, bytes) != nil { return }
        if strike(.pushLost, occasion, bytes) != nil { return }
        var message = bytes
        if strike(.checksumWrong, occasion, bytes) != nil {
            FaultText.spoilChecksum(&message)
        }
        var copies = 1
        if strike(.pushRepeated, occasion, bytes) != nil { copies = 2 }
        var delay = Interval.zero
        var mayOvertake = false
        if let fault = strike(.pushDelayed, occasion, bytes) {
            delay = fault.delayOrDefault
        }
        if let fault = strike(.pushReordered, occasion, bytes) {
            delay = fault.delayOrDefault
            mayOvertake = true
        }
        let id = sessions[index].id
        message = packed(message, forSessionAt: index)
        for _ in 0..<copies {
            outbox.put(
                .message(id, message), .push(family), for: id, at: now, delay: delay,
                mayOvertake: mayOvertake)
        }
        if isReset(sessionAt: index, at: now) { reset(sessionAt: index, at: now) }
    }

    /// Ends a connection without a word; what waits for it is lost.
    mutating func reset(sessionAt index: Int, at now: Instant) {
        let id = sessions[index].id
        sessions[index].isClosing = true
        outbox.putReset(id, at: now)
    }

    /// Whether a push is about a market: it names it or, if it is about balances, one of its assets.
    private static func isAbout(
        _ market: String, _ family: FrontFamily, _ bytes: [UInt8], _ names: FrontNames
    ) -> Bool {
        guard family == .asset else { return FaultText.contains("\"\(market)\"", in: bytes) }
        guard let id = names.market(market) else { return false }
        return [names[id].base, names[id].quote].contains { FaultText.contains("{\"\($0)\":", in: bytes) }
    }
}

/// A request that arrives late.
struct LateRequest: Sendable {
    let number: UInt64
    let dueAt: Instant
    private let method: [UInt8]
    private let target: [UInt8]
    private let authorization: [UInt8]?
    /// What a request of the second generation is signed with: key, signature, time and window.
    private let signed: [[UInt8]]?
    private let body: [UInt8]
    private let address: UInt64

    init(_ request: FrontRequest, number: UInt64, dueAt: Instant) {
        self.number = number
        self.dueAt = dueAt
        method = Array(request.method)
        target = Array(request.target)
        authorization = request.authorization.map { Array($0) }
        signed = request.signed.map {
            [Array($0.key), Array($0.signature), Array($0.timestamp), $0.window.map { Array($0) } ?? []]
        }
        body = Array(request.body)
        address = request.address
    }

    func withRequest(_ use: (FrontRequest) -> Void) {
        method.withUnsafeBytes { method in
            target.withUnsafeBytes { target in
                body.withUnsafeBytes { body in
                    (authorization ?? []).withUnsafeBytes { text in
                        var request = FrontRequest(
                            method: method, target: target, authorization: authorization == nil ? nil : text,
                            body: body, address: address)
                        withSigned { signed in
                            request.signed = signed
                            use(request)
                        }
                    }
                }
            }
        }
    }

    private func withSigned(_ use: (FrontSignedHead?) -> Void) {
        guard let signed else { return use(nil) }
        signed[0].withUnsafeBytes { key in
            signed[1].withUnsafeBytes { signature in
                signed[2].withUnsafeBytes { timestamp in
                    signed[3].withUnsafeBytes { window in
                        use(
                            FrontSignedHead(
                                key: key, signature: signature, timestamp: timestamp,
                                window: window.isEmpty ? nil : window))
                    }
                }
            }
        }
    }
}

/// Looks into messages that are to be spoilt.
enum FaultText {
    static func contains(_ text: String, in bytes: [UInt8]) -> Bool { place(of: text, in: bytes) != nil }

    /// Changes one digit of the checksum, if there is one.
    static func spoilChecksum(_ bytes: inout [UInt8]) {
        let name = "\"checksum\":"
        guard let start = place(of: name, in: bytes) else { return }
        var place = start + name.utf8.count
        while place < bytes.count, !(0x30...0x39).contains(bytes[place]) { place += 1 }
        guard place < bytes.count else { return }
        // Neither a leading zero nor the digit that was there.
        bytes[place] = bytes[place] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
    }

    /// Where a text begins; simple search, messages are short.
    private static func place(of text: String, in bytes: [UInt8]) -> Int? {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        var place = 0
        while let found = bytes[place...].firstIndex(of: first), found + wanted.count <= bytes.count {
            if bytes[found..<found + wanted.count].elementsEqual(wanted) { return found }
            place = found + 1
        }
        return nil
    }
}
