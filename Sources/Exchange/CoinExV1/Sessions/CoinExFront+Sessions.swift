import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

extension CoinExFront {
    /// A client has connected by WebSocket; nil when there are too many.
    package mutating func openSession(
        address: UInt64, api: CoinExAPI = .v1, at now: Instant
    ) -> FrontSessionID? {
        advance(to: now)
        guard settings.languages.contains(api), sessions.count < settings.sessionsMax,
            faults.holding(.maintenance, at: now) == nil
        else {
            return nil
        }
        lastSession += 1
        counts.sessions += 1
        let id = FrontSessionID(number: lastSession)
        sessions.append(FrontSession(id, address: address, api: api))
        if api == .v2 { sessionsOfV2 += 1 }
        return id
    }

    /// The connection has ended; nothing more is sent to it.
    package mutating func closeSession(_ id: FrontSessionID) {
        guard let index = sessionIndex(id) else { return }
        if sessions.remove(at: index).api == .v2 { sessionsOfV2 -= 1 }
        outbox.forget(id)
        halfOpen[id] = nil
        noteListeners()
    }

    /// Whether so much waits to be sent that pictures which replace each other are left out.
    package mutating func setCongested(_ isCongested: Bool, _ id: FrontSessionID) {
        guard let index = sessionIndex(id) else { return }
        sessions[index].isCongested = isCongested
    }

    /// Sessions that live, and those that have signed.
    package var sessionCounts: (all: Int, signed: Int) {
        (sessions.count, sessions.count { $0.account != nil })
    }

    /// Takes a text message; answers and pushes leave as `.message`.
    package mutating func receive(_ text: UnsafeRawBufferPointer, from id: FrontSessionID, at now: Instant) {
        advance(to: now)
        guard let index = sessionIndex(id), !sessions[index].isClosing else { return }
        counts.calls += 1
        if !faults.isEmpty {
            if isHalfOpen(sessionAt: index, at: now) { return }
            if isReset(sessionAt: index, at: now) { return reset(sessionAt: index, at: now) }
        }
        if sessions[index].api == .v2 { return receiveV2(text, sessionAt: index, at: now) }
        guard let call = FrontCall(text) else {
            // Without a reply, as the venue does it.
            end(sessionAt: index, at: now)
            return
        }
        let method = FrontMethod(rawValue: call.name)
        var follow: [(family: FrontFamily, bytes: [UInt8])] = []
        do throws(FrontCallRefusal) {
            guard let method else { throw .unknownMethod }
            try admit(method, sessionAt: index, at: now)
            let arguments = FrontArguments(values: call.parameters)
            let result = try perform(method, arguments, sessionAt: index, &follow, at: now)
            answer(call, result, sessionAt: index, at: now)
            for push in follow { send(push.bytes, push.family, toSessionAt: index, at: now) }
        } catch {
            refuse(call, error, sessionAt: index, at: now)
            if error.closes { end(sessionAt: index, at: now) }
        }
        tellNews(at: now)
    }

    func sessionIndex(_ id: FrontSessionID) -> Int? {
        var range = 0..<sessions.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if sessions[middle].id == id { return middle }
            range = sessions[middle].id < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// Ends a connection behind what it was sent.
    mutating func end(sessionAt index: Int, at now: Instant) {
        sessions[index].isClosing = true
        outbox.putClose(sessions[index].id, at: now)
    }

    private mutating func admit(
        _ method: FrontMethod, sessionAt index: Int, at now: Instant
    ) throws(FrontCallRefusal) {
        if method.isLimited, let slot = FrontMethod.slots[method] {
            let result = sessions[index].windows.take(slot, settings.limits.calls, at: now)
            if result?.isAllowed == false { throw .tooQuick }
        }
        if method.isPrivate, sessions[index].account == nil { throw .requiresAuthentication }
    }

    // MARK: Answers

    private mutating func answer(
        _ call: FrontCall, _ result: FrontResult, sessionAt index: Int, at now: Instant
    ) {
        var json = JSONWriter(capacity: 0)
        swap(&json, &self.json)
        json.reset()
        json.object { json in
            json.key("error")
            json.null()
            json.key("result")
            switch result {
            case .acknowledgement:
                acknowledgements += 1
                if settings.acknowledgement.isObject(acknowledgements) {
                    json.success()
                } else {
                    json.string("success" as StaticString)
                }
            case .success: json.success()
            case .value(let bytes): bytes.withUnsafeBufferPointer { json.rawValue($0) }
            }
            json.key("id")
            json.int(call.id)
        }
        let bytes = json.withBytes { Array($0) }
        swap(&json, &self.json)
        put(bytes, call, sessionAt: index, at: now)
    }

    private mutating func refuse(
        _ call: FrontCall, _ refusal: FrontCallRefusal, sessionAt index: Int, at now: Instant
    ) {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.key("error")
            json.object { json in
                json.key("code")
                json.int(Int64(refusal.code))
                json.key("message")
                json.string(refusal.message)
            }
            json.key("result")
            json.null()
            json.key("id")
            json.int(call.id)
        }
        put(json.withBytes { Array($0) }, call, sessionAt: index, at: now)
    }

    private mutating func put(_ bytes: [UInt8], _ call: FrontCall, sessionAt index: Int, at now: Instant) {
        let id = sessions[index].id
        let method = FrontMethod(rawValue: call.name)?.rawValue
        outbox.put(.message(id, bytes), .answer(method: method), for: id, at: now)
    }
}

/// What a call is answered with.
enum FrontResult {
    /// Of a subscription or its end: both shapes that the venue has.
    case acknowledgement
    case success
    /// The text of a JSON value.
    case value([UInt8])

    static func value(_ write: (inout JSONWriter) -> Void) -> FrontResult {
        var json = JSONWriter(capacity: 1_024)
        write(&json)
        return .value(json.withBytes { Array($0) })
    }
}
