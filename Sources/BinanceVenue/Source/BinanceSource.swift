import MarketModel
import Quantities
import VenueKit
import WireCodecs

package typealias BinanceSpotSource = BinanceSource<BinanceFeed>
package typealias BinanceOptionsSource = BinanceSource<BinanceOptionsFeed>

/// Market data of Binance, of spot or of options, by any number of streams.
///
/// Each lane of the plan is a session with its own connections. Books of changes are joined to whole ones, which are
/// asked for by HTTP: one market after the other, as the venue's limit allows, and again when one came too old. What
/// two connections of a rotation both bring is given out once.
package struct BinanceSource<Feed: BinanceMarketFeed>: MarketSource {
    private let plan: BinanceSourcePlan
    private var sessions: [BinanceSession<BinanceCall>] = []
    private var feed: Feed
    private var duplicates: BinanceDuplicates
    private var snapshots: BinanceSnapshots
    private var random: SeededRandom
    /// Whether the last that was announced is that the data can be relied on.
    private var isAnnounced = false
    /// Counts questions, so that late answers are told from new ones.
    private var lastRequest: UInt64 = 0
    /// The question of each market, by the market's number; 0 where there is none.
    private var requests: [UInt64]
    /// What was wrong with the last message that could not be read: the same is told once.
    private var lastFault: String?

    /// How long the answer with a whole book may take.
    package static var snapshotTimeout: Interval { .seconds(10) }

    package init(
        _ feed: Feed, _ plan: BinanceSourcePlan, settings: BinanceSessionSettings, random: SeededRandom
    ) {
        self.plan = plan
        self.feed = feed
        self.random = random
        let markets = (plan.listings.map { Int($0.market.index) }.max() ?? -1) + 1
        duplicates = BinanceDuplicates(markets: markets)
        snapshots = BinanceSnapshots(markets: markets)
        requests = Array(repeating: 0, count: markets)
        for lane in plan.lanes {
            guard let calls = settings.subscriptions(to: lane.streams) else {
                preconditionFailure("a plan's lane has no more streams than a connection")
            }
            sessions.append(BinanceSession(calls, settings))
        }
    }

    package var nextDue: Instant {
        sessions.reduce(snapshots.nextDue) { min($0, $1.nextDue) }
    }

    package var isReady: Bool { sessions.allSatisfy(\.isReady) }

    /// Messages of two connections that were given out once.
    package var repeated: Int { duplicates.dropped }
}

// MARK: - What the driver reports

extension BinanceSource {
    package mutating func start(at now: Instant, into output: inout SourceOutput) {
        for lane in sessions.indices { take(sessions[lane].start(at: now), lane, at: now, &output) }
    }

    package mutating func stop(at now: Instant, into output: inout SourceOutput) {
        for lane in sessions.indices { take(sessions[lane].stop(), lane, at: now, &output) }
    }

    package mutating func advance(to now: Instant, into output: inout SourceOutput) {
        for lane in sessions.indices where sessions[lane].nextDue <= now {
            take(sessions[lane].advance(to: now, &random), lane, at: now, &output)
        }
        askForBooks(at: now, &output)
    }

    package mutating func opened(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        let lane = SourceSocket.lane(socket)
        take(sessions[lane].connected(SourceSocket.number(socket), at: now), lane, at: now, &output)
    }

    package mutating func closed(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        let lane = SourceSocket.lane(socket)
        take(
            sessions[lane].disconnected(SourceSocket.number(socket), at: now, &random), lane, at: now, &output
        )
    }

    package mutating func heard(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        sessions[SourceSocket.lane(socket)].heard(SourceSocket.number(socket), pongSent: true, at: now)
    }

    package mutating func received(
        _ message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant,
        into output: inout SourceOutput
    ) {
        let lane = SourceSocket.lane(socket)
        let number = SourceSocket.number(socket)
        sessions[lane].heard(number, at: now)
        let first = output.events.count
        let control: BinanceControl?
        do throws(BinanceSourceFault) {
            control = try feed.take(message, at: now, into: &output.events)
        } catch {
            output.events.removeSubrange(first...)
            tell(error, &output)
            return
        }
        if output.events.count > first { duplicates.filter(&output.events, from: first) }
        if let market = feed.awaitsSnapshot {
            snapshots.isWanted(market, at: now)
            askForBooks(at: now, &output)
        }
        switch control {
        case .reply(let reply): take(reply, lane, number, at: now, &output)
        case .shutdown: take(sessions[lane].toldOfShutdown(number, at: now), lane, at: now, &output)
        case nil: break
        }
    }

    package mutating func answered(
        _ request: UInt64, _ answer: SourceAnswer, at now: Instant, into output: inout SourceOutput
    ) {
        guard let index = requests.firstIndex(of: request) else { return }
        requests[index] = 0
        let market = MarketID(index)
        switch answer {
        case .answered(200, let body):
            let first = output.events.count
            do throws(BinanceSourceFault) {
                try feed.take(snapshot: body, of: market, at: now, into: &output.events)
            } catch {
                output.events.removeSubrange(first...)
                tell(error, &output)
            }
            if feed.isBookLive(market) {
                snapshots.isLive(market)
            } else {
                snapshots.failed(market, at: now)
            }
        case .answered(let status, _):
            // 418 is what an address gets that went on after 429.
            if status == 429 || status == 418 { snapshots.refusedForRate(at: now) }
            snapshots.failed(market, at: now)
            output.actions.append(.tell("the book of \(symbol(market)) was refused with status \(status)"))
        case .failed: snapshots.failed(market, at: now)
        }
        askForBooks(at: now, &output)
    }
}

// MARK: - What follows

extension BinanceSource {
    private func symbol(_ market: MarketID) -> String {
        plan.listings.first { $0.market == market }?.symbol ?? ""
    }

    private mutating func askForBooks(at now: Instant, _ output: inout SourceOutput) {
        while let market = snapshots.next(at: now) {
            lastRequest += 1
            requests[Int(market.index)] = lastRequest
            let symbol = symbol(market)
            output.actions.append(
                .request(
                    SourceRequest(
                        number: lastRequest, target: Feed.snapshotTarget(symbol), subject: symbol,
                        deadline: now + Self.snapshotTimeout)))
        }
    }

    private mutating func take(
        _ reply: BinanceReply, _ lane: Int, _ number: UInt64, at now: Instant, _ output: inout SourceOutput
    ) {
        var refusal: Int64?
        if case .refused(let words) = reply.outcome {
            refusal = words.code
            output.actions.append(.tell("the venue refused a call: \(words.message) (\(words.code))"))
        }
        guard case .number(let id) = reply.id else { return }
        take(
            sessions[lane].replied(number, id: id, refusal: refusal, at: now, &random), lane, at: now, &output
        )
    }

    private mutating func take(
        _ actions: [BinanceSessionAction<BinanceCall>], _ lane: Int, at now: Instant,
        _ output: inout SourceOutput
    ) {
        for action in actions {
            switch action {
            case .connect(let number):
                output.actions.append(
                    .connect(SourceSocket.number(lane: lane, number), target: plan.lanes[lane].target))
            case .close(let number):
                output.actions.append(.close(SourceSocket.number(lane: lane, number)))
            case .send(let number, let id, let call):
                var json = JSONWriter(capacity: 256)
                call.write(id: id, to: &json)
                output.actions.append(
                    .send(SourceSocket.number(lane: lane, number), json.withBytes { Array($0) }))
            case .announce(let state): announce(state, at: now, &output)
            case .tell(let fault): output.actions.append(.tell("\(plan.lanes[lane].target): \(fault)"))
            }
        }
    }

    private mutating func announce(
        _ state: ConnectionChange.State, at now: Instant, _ output: inout SourceOutput
    ) {
        switch state {
        case .connecting: if !isAnnounced { output.actions.append(.announce(.connecting)) }
        case .ready:
            guard !isAnnounced, isReady else { return }
            isAnnounced = true
            output.actions.append(.announce(.ready))
        case .lost:
            guard isAnnounced else { return }
            isAnnounced = false
            feed.disconnect(at: now, reason: .disconnected, into: &output.events)
            output.actions.append(.announce(.lost))
        }
    }

    private mutating func tell(_ fault: BinanceSourceFault, _ output: inout SourceOutput) {
        guard fault.text != lastFault else { return }
        lastFault = fault.text
        output.actions.append(.tell("a message cannot be read: \(fault.text)"))
    }
}
