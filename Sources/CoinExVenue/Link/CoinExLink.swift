import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// The link to CoinEx: the session, the feed and the executor, and what they owe each other.
///
/// A pure machine. What comes on the socket goes through the feed, and the session hears what was heard; what the
/// engine dispatches goes through the executor, and the feed learns whose numbers are whose; what the session asks for
/// is asked by REST, page by page, within the venue's rate, and becomes facts.
///
/// **Start.** The clock is asked for while the socket is opened, so that the signature is good at the first
/// try. Ready is announced when all streams stand and all open orders, balances and deals have been told as facts.
/// **Restart.** Orders of this run number are known by their names, once the engine has its orders back from the tape
/// (`remember`). Orders of earlier runs of this bot come out as found orders; whoever drives it adopts them under a
/// new id, or cancels them, or lets them be. All others are foreign: counted, and never touched.
///
/// Invariants:
/// 1. A request is asked for once; what goes on is another request under the same number, after the first has ended.
/// 2. A query that fails is no empty answer: it is asked again, or nothing is concluded.
/// 3. Stop orders are listed before resting ones: one that fires meanwhile is in the second list.
public struct CoinExLink: ~Copyable {
    /// Notices that wait to be taken; more are counted and dropped.
    package static let noticesMax = 256
    /// How long a process may go on after the newest row of its tape was written.
    static let unwrittenMax = Interval.seconds(1)

    private let anchor = Anchor()
    package let settings: CoinExLinkSettings
    package internal(set) var session: CoinExSession
    package internal(set) var executor: CoinExExecutor
    package internal(set) var feed: CoinExFeed
    package internal(set) var counts = CoinExLinkCounts()
    /// How many numbers of orders at the venue are remembered.
    package var rememberedCount: Int { feed.orders.rememberedCount }
    var caller: CoinExCaller
    /// Nil where messages come as they are.
    var gunzip: CoinExGunzip?
    var random: SeededRandom
    var notices: [CoinExLinkNotice] = []
    var droppedNotices = 0

    var queries: [CoinExOwnQuery] = []
    var lastQuery: UInt64 = 0
    /// The stop orders of a listing whose resting orders are still to come.
    var draft: OpenListing?
    /// Requests of the executor that go on when their time has come.
    var continuations: [CoinExContinuation] = []
    /// When the venue's clock is looked at next.
    var clockDue = Instant.distantFuture
    /// When orders that the tape has lost are looked for next.
    var lookBackDue = Instant.distantFuture
    /// The socket stands, and the session is told when the clock has been looked at.
    var holdsConnection = false
    var quotas = CoinExQuotaWatch()
    /// What heads of answers have told, until the ends of their requests take it along.
    var heardFacts: [VenueFact] = []
    var startedAt = Instant.distantPast
    /// When the newest deal of ours was made that is known.
    var lastDealTime = Instant.distantPast

    /// - Parameter random: for the pauses between attempts to connect.
    /// - Precondition: the table has all markets and all assets in which fees are taken, CET among them.
    package init(_ table: MarketTable, _ settings: CoinExLinkSettings, random: SeededRandom) {
        self.settings = settings
        self.random = random
        session = CoinExSession(settings.session)
        executor = CoinExExecutor(
            table, naming: settings.naming, host: settings.host, credentials: settings.credentials,
            pacingMargin: settings.pacingMargin)
        feed = CoinExFeed(
            table, settings.naming, limit: settings.bookLimit, account: settings.account,
            api: settings.api)
        // On paper what was traded in a gap would fill orders that were not there.
        feed.markets.tellsMissed = settings.isSigned
        caller = CoinExCaller(settings.subscriptions, settings.credentials, api: settings.api)
        switch settings.api {
        case .v1: gunzip = nil
        case .v2: gunzip = CoinExGunzip()
        }
        queries.reserveCapacity(CoinExOwnQuery.queriesMax)
        continuations.reserveCapacity(64)
    }
}

/// What came of the messages and answers that a link was given.
package struct CoinExLinkCounts: BitwiseCopyable, Equatable, Sendable {
    package var messages = 0
    /// Messages that came when no connection was wanted any more.
    package var lateMessages = 0
    package var foreignMessages = 0
    package var unreadableMessages = 0
    /// Ends of requests that were not under way.
    package var strayAnswers = 0
    /// Own deals of orders that are not of this run.
    package var foreignDeals = 0
    /// In the last listing: orders of other programs.
    package var foreignOrders = 0

    package init() {}
}

/// A request of the executor that goes on, not before a time.
struct CoinExContinuation: BitwiseCopyable, Sendable {
    var request: UInt64
    var kind: LinkRequest.Kind
    var notBefore: Instant
}

// MARK: - Wanted or not

extension CoinExLink: VenueLink {
    public var isReady: Bool { session.isReady }

    public var nextDue: Instant {
        var due = min(session.nextDue, min(clockDue, lookBackDue))
        for query in queries where !isBlocked(query) { due = min(due, query.notBefore ?? .distantFuture) }
        for next in continuations { due = min(due, next.notBefore) }
        return due
    }

    public mutating func start(at now: Instant, into output: inout LinkOutput) {
        startedAt = now
        expectReplacements()
        if settings.isSigned {
            clockDue = .distantFuture
            begin(.clock, at: now)
        }
        perform(session.start(at: now), at: now, &output)
        sendDue(at: now, &output)
    }

    public mutating func stop(at now: Instant, into output: inout LinkOutput) {
        holdsConnection = false
        clockDue = .distantFuture
        lookBackDue = .distantFuture
        perform(session.stop(), at: now, &output)
    }

    public mutating func advance(to now: Instant, into output: inout LinkOutput) {
        if session.nextDue <= now { perform(session.advance(to: now), at: now, &output) }
        if clockDue <= now {
            clockDue = .distantFuture
            begin(.clock, at: now)
        }
        if lookBackDue <= now { lookBack(at: now) }
        sendDue(at: now, &output)
    }
}

// MARK: - The socket

extension CoinExLink {
    public mutating func opened(at now: Instant, into output: inout LinkOutput) {
        // A signature with a wrong time would be refused, and cost a minute.
        if queries.contains(where: { $0.kind == .clock }), executor.clock.uncertainty(at: now) == nil {
            holdsConnection = true
        } else {
            perform(session.connected(at: now), at: now, &output)
        }
    }

    public mutating func closed(at now: Instant, into output: inout LinkOutput) {
        holdsConnection = false
        perform(session.disconnected(at: now, &random), at: now, &output)
    }

    public mutating func received(
        _ message: UnsafeBufferPointer<UInt8>, at now: Instant, into output: inout LinkOutput
    ) {
        counts.messages += 1
        guard session.isUp else {
            counts.lateMessages += 1
            return
        }
        guard gunzip != nil else { return take(message, at: now, &output) }
        guard let plain = gunzip?.plain(message) else {
            return takeUnreadable(.damagedPacking, at: now, &output)
        }
        take(plain, at: now, &output)
    }

    private mutating func take(
        _ message: UnsafeBufferPointer<UInt8>, at now: Instant, _ output: inout LinkOutput
    ) {
        let first = output.facts.count
        do throws(CoinExFeedError) {
            let arrival = try feed.receive(
                message, at: now, events: &output.events, facts: &output.facts)
            switch arrival {
            case .push(let stream, let market):
                session.heard(stream, market, at: now)
                if !feed.markets.gaps.isEmpty { askForTrades(at: now, &output) }
                if output.facts.count > first { noteTold(output.facts[first...]) }
            case .damaged(let market): perform(session.bookDamaged(market, at: now), at: now, &output)
            case .reply(let id, let failure):
                perform(session.replied(id, failure, at: now), at: now, &output)
            case .foreign: counts.foreignMessages += 1
            }
        } catch {
            takeUnreadable(error, at: now, &output)
        }
    }

    /// The session hears which orders the private stream has told of, and the executor whose numbers are whose.
    mutating func noteTold(_ facts: ArraySlice<VenueFact>) {
        for fact in facts {
            switch fact {
            case .progress(let progress):
                session.pushed(progress.order)
                executor.directory.note(progress.venueOrder, is: progress.order)
            case .deal(let deal): saw(deal)
            case .accepted, .refused, .actionRefused, .outcomeUnknown, .neverSent, .absent, .balance,
                .rateLimited, .orderPause:
                break
            }
        }
    }

    mutating func saw(_ deal: Deal) {
        session.saw(deal.id)
        lastDealTime = max(lastDealTime, deal.venueTime)
    }

    /// What a message told that cannot be read is lost: if it may have been of our orders, they are asked for.
    private mutating func takeUnreadable(
        _ error: CoinExFeedError, at now: Instant, _ output: inout LinkOutput
    ) {
        counts.unreadableMessages += 1
        tell(.unreadable(error))
        if error.stream?.isPrivate ?? true { perform(session.lostPushes(), at: now, &output) }
    }

    /// Carries out what the session wants done.
    mutating func perform(
        _ actions: [CoinExSessionAction], at now: Instant, _ output: inout LinkOutput
    ) {
        if actions.isEmpty { return }
        for action in actions {
            switch action {
            case .connect: output.ask(.connect)
            case .close: output.ask(.close)
            case .call(let id, let call): send(call, id, at: now, &output)
            case .query(let id, let query): begin(query, id, at: now)
            case .announce(let state): announce(state, at: now, &output)
            case .distrustBooks: feed.markets.distrustBooks(at: now, into: &output.events)
            case .expectHistory: feed.markets.expectHistory()
            case .tell(let fault): take(fault, at: now)
            }
        }
        sendDue(at: now, &output)
    }

    private mutating func send(
        _ call: CoinExSessionCall, _ id: Int64, at now: Instant, _ output: inout LinkOutput
    ) {
        let venueTime = executor.clock.time(at: now)
        if caller.write(call, id: id, venueTime: venueTime, to: &output.wire) {
            output.ask(.sendText)
        } else if case .subscribe(let stream) = call {
            // Its reply does not come, and the session says so in time.
            tell(.subscriptionTooLong(stream))
        }
    }

    private mutating func announce(
        _ state: ConnectionChange.State, at now: Instant, _ output: inout LinkOutput
    ) {
        switch state {
        case .connecting, .ready: break
        // What was not asked yet is asked anew when the next connection stands.
        case .lost: queries.removeAll { $0.isWaiting && $0.sessionQuery != nil }
        }
        output.events.append(
            .connection(
                ConnectionChange(
                    state: state, venueTime: executor.clock.time(at: now), receivedAt: now)))
    }

    private mutating func take(_ fault: CoinExSessionFault, at now: Instant) {
        tell(.session(fault))
        switch fault {
        // The clock may be the reason.
        case .signRefused: clockDue = min(clockDue, now)
        case .connectTimeout, .callTimeout, .noPong, .streamRefused, .streamSilent, .orderNotPushed,
            .bookDamaged, .queryFailed:
            break
        }
    }
}

// MARK: - Notices

extension CoinExLink {
    mutating func tell(_ kind: CoinExLinkNotice.Kind) {
        if notices.count < Self.noticesMax {
            notices.append(CoinExLinkNotice(kind: kind))
        } else {
            droppedNotices += 1
        }
    }

    public mutating func takeNotices() -> [CoinExLinkNotice] {
        guard !notices.isEmpty else { return [] }
        if droppedNotices > 0 { notices.append(CoinExLinkNotice(kind: .dropped(droppedNotices))) }
        droppedNotices = 0
        defer { notices = [] }
        return notices
    }

    /// Takes what the executor has to say.
    mutating func relayNotices(at now: Instant) {
        if executor.notices.isEmpty { return }
        for notice in executor.takeNotices() {
            tell(.orders(notice))
            switch notice {
            case .clockIsOff: clockDue = min(clockDue, now)
            case .keyRefused, .venueTrouble, .unreadable, .wrongOrder, .feeAssetUnknown, .nameless: break
            }
        }
    }
}
