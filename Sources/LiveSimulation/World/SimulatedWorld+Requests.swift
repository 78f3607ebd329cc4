import CoinExVenue
import Exchange
import LiveTrading
import MarketModel
import Quantities
import VenueKit
import WireCodecs

// Requests: from the bot over the network to the venue, and their replies back.

extension SimulatedWorld {
    /// The bot sends a request.
    func send(_ request: LinkRequest, _ bytes: [UInt8], from bot: SimulatedBot) {
        counts.requests += 1
        let line = Self.firstLine(bytes)
        guard let group = CoinExFront.rateGroup(of: line) else {
            return violate("HTTP", "nothing at the venue answers to: \(line)")
        }
        truth.noteDeparture(in: group, at: now)
        if let excess = truth.excess { violate("I3", excess) }
        switch request.kind {
        case .order:
            counts.placements += 1
            if let silence, bot.session.isSilent(by: silence) {
                violate(silence, "an order leaves: \(line)")
            }
        case .cancel: counts.cancels += 1
        case .query: break
        }
        note("\(Self.name(request.kind)) \(request.number & 0xFFFF_FFFF): \(line)")
        let id = begin(WorldRequest(start: bot.start, number: request.number, bytes: bytes))
        let deadline = venueTime(request.deadline)
        queue.add(.requestFails(id, isSent: true), at: max(now, deadline))
        if strikes(.requestRefused) {
            return queue.add(.requestFails(id, isSent: false), at: now + way())
        }
        if strikes(.requestLost) { return }
        var arrival = now + way()
        if strikes(.requestLate) { arrival = now + draw(.requestLate, .seconds(5) ... .seconds(50)) }
        queue.add(.requestArrives(id), at: max(arrival, clogEnd(forSockets: false)))
    }

    func begin(_ request: WorldRequest) -> UInt64 {
        lastRequest += 1
        requests[lastRequest] = request
        return lastRequest
    }

    /// The bytes of a request have come to the venue.
    func arrive(_ id: UInt64) {
        guard let request = requests[id] else { return }
        if isUnderMaintenance() {
            faultCounts.note(.maintenance)
            return answer(id, status: 503, Self.page(503))
        }
        if request.start > 0 {
            if strikes(.rateLimited) { return answerRateLimited(id) }
            if strikes(.serverError), dice[FaultKind.serverError.number].chance(0.5) {
                return answerServerError(id)
            }
        }
        var reader = HTTPReader.requests()
        var input = WireBuffer(capacity: request.bytes.count)
        request.bytes.withUnsafeBytes { input.append($0) }
        var body: [UInt8] = []
        do throws(HTTPFault) {
            reading: while true {
                switch try reader.next(&input) {
                case .incomplete:
                    return violate("HTTP", "a request is not whole: \(Self.firstLine(request.bytes))")
                case .head, .interim: continue
                case .body(let piece): body += piece
                case .end, .upgraded: break reading
                }
            }
        } catch {
            return violate("HTTP", "a request cannot be read: \(error)")
        }
        body.withUnsafeBytes { body in
            front.receive(FrontRequest(reader.head, body: body, address: 0x7F00_0001), number: id, at: now)
        }
        truth.look(front.core, account, isModification: Self.isModification(request.bytes))
        if let fault = truth.fault { violate(fault.rule, fault.text) }
    }

    /// The venue's reply to a request leaves.
    func reply(_ id: UInt64, _ reply: FrontReply) {
        guard let request = requests[id], request.start > 0 else {
            requests[id] = nil
            return
        }
        if isExcess(reply) { noteExcess(request) }
        if strikes(.replyLost) { return }
        if strikes(.serverError) { return answerServerError(id) }
        var body = reply.body
        if strikes(.replyGarbled) {
            let cut = dice[FaultKind.replyGarbled.number].below(body.count + 1)
            body = cut.isMultiple(of: 2) ? Array(body.prefix(cut)) : Self.page(200)
        }
        answer(id, status: reply.status, body, reply.quota)
    }

    /// I3: the venue's own windows are never exceeded, unless the network has made a crowd of what left evenly: that
    /// it leaves so is looked at in any case, see `WorldTruth.noteDeparture`.
    private func noteExcess(_ request: WorldRequest) {
        counts.excesses += 1
        if plan.faults.contains(.requestLate) || plan.faults.contains(.clog) { return }
        if plan.latency.upperBound - plan.latency.lowerBound > plan.pacingMargin { return }
        violate("I3", "the venue finds this one too many: \(Self.firstLine(request.bytes))")
    }

    private func isExcess(_ reply: FrontReply) -> Bool {
        // The words of a refusal are few, and those of a list many.
        let code: StaticString = plan.api == .v1 ? "\"code\":213" : "\"code\":4213"
        return reply.body.count < 200 && reply.body.begins(with: code, within: 200)
    }

    private func answerRateLimited(_ id: UInt64) {
        if dice[FaultKind.rateLimited.number].chance(0.5) {
            answer(id, status: 429, Self.page(429))
        } else {
            let code = plan.api == .v1 ? 213 : 4_213
            answer(id, status: 200, Array(#"{"code":\#(code),"data":{},"message":"too quick"}"#.utf8))
        }
    }

    private func answerServerError(_ id: UInt64) {
        switch dice[FaultKind.serverError.number].below(4) {
        case 0: answer(id, status: 500, Self.page(500))
        case 1: answer(id, status: 502, Self.page(502))
        case 2: answer(id, status: 504, Self.page(504))
        default:
            let code = plan.api == .v1 ? 36 : 4_002
            answer(id, status: 200, Array(#"{"code":\#(code),"data":{},"message":"service timeout"}"#.utf8))
        }
    }

    private func answer(_ id: UInt64, status: Int, _ body: [UInt8], _ quota: FrontQuota? = nil) {
        var wire = WireBuffer(capacity: body.count + 256)
        wire.beginResponse(status)
        for field in quota?.fields ?? [] { wire.field(field.name, field.value) }
        wire.field("content-type", "application/json")
        wire.field("content-length", body.count)
        wire.endHead()
        body.withUnsafeBytes { wire.append($0) }
        var bytes = Array(wire.bytes)
        if strikes(.replyCut) {
            bytes.removeLast(1 + dice[FaultKind.replyCut.number].below(bytes.count))
        }
        var arrival = now + way()
        if strikes(.slowReplies) { arrival = now + draw(.slowReplies, .milliseconds(500) ... .seconds(60)) }
        queue.add(.replyArrives(id, bytes), at: max(arrival, clogEnd(forSockets: false)))
    }

    /// The bytes of a reply have come to the bot.
    func takeReply(_ id: UInt64, _ bytes: [UInt8]) {
        guard let request = requests[id], !request.isOver else {
            requests[id] = nil
            return
        }
        var reader = HTTPReader.responses()
        var input = WireBuffer(capacity: bytes.count)
        bytes.withUnsafeBytes { input.append($0) }
        var body: [UInt8] = []
        do throws(HTTPFault) {
            reading: while true {
                switch try reader.next(&input) {
                case .incomplete: return end(id, .maybeSent)
                case .head, .interim: continue
                case .body(let piece): body += piece
                case .end, .upgraded: break reading
                }
            }
        } catch {
            return violate("HTTP", "a reply cannot be read: \(error)")
        }
        let status = reader.head.status
        note("answer \(request.number & 0xFFFF_FFFF): \(status) \(Self.text(body, 300))")
        if let quota = CoinExQuota(reader.head) { tellQuota(quota, of: request) }
        if mutant == .failureIsEmpty, status >= 500, Self.firstLine(request.bytes).hasPrefix("GET") {
            let isOfOne = Self.firstLine(request.bytes).contains("/order-status")
            body = Array((isOfOne ? Self.noSuchOrder : Self.emptyPage(plan.api)).utf8)
            return body.withUnsafeBufferPointer { end(id, .answered(status: 200, body: $0)) }
        }
        if mutant == .serverErrorIsRefusal, status >= 500 { return end(id, .neverSent) }
        body.withUnsafeBufferPointer { end(id, .answered(status: status, body: $0)) }
    }

    /// Tells the bot what the head of an answer says of the venue's limits.
    private func tellQuota(_ quota: CoinExQuota, of request: WorldRequest) {
        guard bot?.start == request.start else { return }
        tell { bot, now in bot.session.link.learn { $0.heard(quota, of: request.number, at: now) } }
    }

    private static let noSuchOrder = #"{"code":3600,"data":{},"message":"Order not found"}"#

    private static func emptyPage(_ api: CoinExAPI) -> String {
        switch api {
        case .v1: #"{"code":0,"data":{"count":0,"curr_page":1,"data":[],"has_next":false},"message":"Ok"}"#
        case .v2: #"{"code":0,"data":[],"pagination":{"total":0,"has_next":false},"message":"OK"}"#
        }
    }

    /// Tells the bot of the end of a request, unless it has been told.
    func end(_ id: UInt64, _ outcome: RequestOutcome) {
        guard var request = requests[id], !request.isOver else { return }
        request.isOver = true
        requests[id] = request
        guard let bot, bot.start == request.start else { return }
        switch outcome {
        case .neverSent: note("request \(request.number & 0xFFFF_FFFF) was never sent")
        case .maybeSent:
            note("request \(request.number & 0xFFFF_FFFF) has no answer")
            if mutant == .resendsOnTimeout, Self.isPlacement(request.bytes) {
                let again = begin(
                    WorldRequest(start: bot.start, number: request.number, bytes: request.bytes))
                queue.add(.requestArrives(again), at: now + way())
                queue.add(.requestFails(again, isSent: true), at: now + .seconds(5))
                return
            }
        case .answered: break
        }
        tell { $0.session.ended(request.number, outcome, at: $1) }
    }

    // MARK: - By hand

    /// Somebody places an order in the account, far from the market.
    func placeByHand() {
        guard isFaulty else { return }
        faultCounts.note(.byHand)
        var random = dice[FaultKind.byHand.number]
        let side = random.chance(0.5) ? CoinExSide.buy : .sell
        let market = SimulatedMarkets.names[random.below(SimulatedMarkets.names.count)]
        queue.add(.orderByHand, at: now + .seconds(Int64(5 + random.below(60))))
        dice[FaultKind.byHand.number] = random
        let price = side == .buy ? Price(1) : Price(1_000_000)
        var writer = CoinExRequestWriter(
            CoinExHost(api: plan.api), credentials: SimulatedMarkets.credentials)
        var wire = WireBuffer()
        let amount = Amount(raw: 10_000_000_000)
        let time = now.nanoseconds / 1_000_000
        switch plan.api {
        case .v1:
            let order = CoinExPlaceOrder(side, amount, .limit(price, .normal), in: market)
            writer.write(order, tonce: time, into: &wire)
        case .v2:
            let terms = CoinExV2OrderTerms(side, amount, .limit(price, .limit), in: market)
            writer.write(CoinExV2PlaceOrder(terms), tonce: time, into: &wire)
        }
        let id = begin(WorldRequest(start: 0, number: 0, bytes: Array(wire.bytes)))
        queue.add(.requestArrives(id), at: now)
    }

    /// Somebody cancels an order of the bot.
    func cancelByHand() {
        guard isFaulty else { return }
        var random = dice[FaultKind.forcedCancel.number]
        queue.add(.cancelByHand, at: now + .milliseconds(Int64(1_000 + random.below(20_000))))
        let page = PageRequest(limit: 10_000)
        let rows = (try? front.core.pendingOrders(of: account, RowFilter(), page).rows) ?? []
        let own = rows.filter { !$0.clientID.isEmpty }
        if !own.isEmpty {
            faultCounts.note(.forcedCancel)
            let order = own[random.below(own.count)]
            let market = SimulatedMarkets.names[Int(order.market.index)]
            note("order \(order.id.raw) is cancelled by hand")
            var writer = CoinExRequestWriter(
                CoinExHost(api: plan.api), credentials: SimulatedMarkets.credentials)
            var wire = WireBuffer()
            let time = now.nanoseconds / 1_000_000
            switch plan.api {
            case .v1: writer.write(CoinExCancelOrder(order.id, in: market), tonce: time, into: &wire)
            case .v2: writer.write(CoinExV2.cancel(order.id, in: market), tonce: time, into: &wire)
            }
            let id = begin(WorldRequest(start: 0, number: 0, bytes: Array(wire.bytes)))
            queue.add(.requestArrives(id), at: now)
        }
        dice[FaultKind.forcedCancel.number] = random
    }

    // MARK: - Words

    private static func page(_ status: Int) -> [UInt8] {
        Array(
            "<html><head><title>\(status)</title></head><body>\(HTTPStatus.reason(status))</body></html>".utf8
        )
    }

    private static func name(_ kind: LinkRequest.Kind) -> String {
        switch kind {
        case .cancel: "cancel"
        case .order: "order"
        case .query: "query"
        }
    }

    static func text(_ bytes: [UInt8], _ most: Int) -> String {
        String(decoding: bytes.prefix(most), as: UTF8.self)
    }

    /// The request line, and the body behind it.
    static func firstLine(_ bytes: [UInt8]) -> String {
        let line = bytes.prefix { $0 != 0x0D }
        guard bytes.last == UInt8(ascii: "}"), let start = bytes.firstIndex(of: UInt8(ascii: "{")) else {
            return String(decoding: line, as: UTF8.self)
        }
        return String(decoding: line.dropLast(9), as: UTF8.self) + " "
            + String(decoding: bytes[start...], as: UTF8.self)
    }

    static func isPlacement(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "POST ".utf8) }

    static func isModification(_ bytes: [UInt8]) -> Bool {
        firstLine(bytes).contains("/modify")
    }
}
