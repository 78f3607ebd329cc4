import MarketModel
import Quantities
import Signing
import WireCodecs

/// The local exchange as a client of CoinEx sees it: requests and messages in, replies and pushes out.
///
/// It speaks both generations of the interface over one core. What is said here is said of the first; where the second
/// differs, a file of `CoinExV2` has its words.
///
/// It has no clock, no socket and no file. Whoever drives it hands in what clients send, with the time; calls
/// `advance` when `nextDue` has come; and after every call takes what leaves:
///
/// ```swift
/// front.receive(request, number: 7, at: now)
/// while let output = front.take(at: now) { … }   // .reply(7, …), .message(session, …), .close(session)
/// ```
///
/// The same definition, settings and calls give the same output, to the byte.
///
/// 1. Everything that leaves passes through the outbox, where its fate is decided: when it leaves, how often, in
///    which order. So the reply to an order may come before its pushes or after them.
/// 2. What one call has caused is told before the next one is looked at.
/// 3. Nothing that a client sends ends the exchange: it is refused as the venue refuses.
package struct CoinExFront: ~Copyable {
    package let settings: FrontSettings
    package internal(set) var core: ExchangeCore
    let names: FrontNames
    let orderText: FrontOrderText
    let pushText: FrontPushText
    let textV2: FrontTextV2

    var keys = FrontKeys()
    /// Names of accounts and of their main accounts, by their numbers.
    var people = FrontPeople()
    var outbox: FrontOutbox
    /// In the order of their coming.
    var sessions: [FrontSession] = []
    /// Where the sessions of an account stand among all, for those who have signed.
    var signedSessions: [AccountID: [Int]] = [:]
    var views: [FrontDepthView] = []
    /// What is to be told at the next tick, by market.
    var pending: [FrontPendingMarket]
    /// Whether anybody wants what is told by the tick.
    var hasListeners = false
    var hasDealListeners = false
    /// Sessions that speak the second generation.
    var sessionsOfV2 = 0
    var nextTick: Instant
    /// Numbers of sessions, from 1.
    var lastSession: UInt64 = 0
    var tickCount = 0
    var acknowledgements = 0

    // Memory that is used again.
    var json = JSONWriter(capacity: 4_096)
    var depthText = FrontDepthText()
    var parameters = FrontParameters()
    var signature = FrontSignature()
    var routes = FrontRoutes()
    var news: [ExchangeNews] = []

    var addresses = FrontAddresses()
    /// By account and group.
    var windows: [UInt32: FrontWindows] = [:]
    /// The same for the second generation, which has limits of its own.
    var windowsV2: [UInt32: FrontWindows] = [:]
    /// Of main accounts: their sub-accounts share them.
    var longPeriods: [UInt32: FrontLongPeriods] = [:]
    var gzip = FrontGzip()
    var random: SeededRandom
    /// What is made to go wrong.
    package internal(set) var faults: FaultScript
    /// Sockets that hear and say nothing, with the end of that.
    var halfOpen: [FrontSessionID: Instant] = [:]
    /// In the order of their arriving.
    var lateRequests: [LateRequest] = []
    /// What the exchange has taken part in, for whoever watches it.
    package internal(set) var counts = FrontCounts()
    private let anchor = Anchor()

    /// Opens the exchange.
    ///
    /// A key whose account does not exist is left out.
    package init(_ definition: ExchangeDefinition, _ settings: FrontSettings) throws(DefinitionError) {
        self.settings = settings
        var definition = definition
        definition.markets = definition.markets.map(FrontMarket.completed)
        core = try ExchangeCore(definition)
        names = FrontNames(markets: definition.markets.map(FrontMarket.init), assets: core.assets)
        orderText = FrontOrderText(names: names, discountAsset: definition.discountAsset)
        pushText = FrontPushText(names: names, discountAsset: definition.discountAsset)
        textV2 = FrontTextV2(names: names)
        outbox = FrontOutbox(settings.fates)
        pending = Array(repeating: FrontPendingMarket(), count: definition.markets.count)
        nextTick = definition.startsAt + settings.tickEvery
        random = SeededRandom(seed: settings.seed)
        faults = FaultScript(seed: settings.seed)
        for account in definition.accounts {
            guard let id = core.account(named: account.name) else { continue }
            people.add(account.name, id, main: account.main.flatMap { core.account(named: $0) })
        }
        for key in settings.keys {
            guard let account = core.account(named: key.account) else { continue }
            var row = FrontKey(key.accessID, secret: key.secret, account: account)
            row.mayTrade = key.mayTrade
            row.mayWithdraw = key.mayWithdraw
            row.addresses = key.addresses
            row.createdAt = definition.startsAt
            _ = keys.add(row)
        }
        for fault in settings.faults { _ = faults.add(fault, at: definition.startsAt) }
    }
}

/// What has gone through the exchange.
package struct FrontCounts: Equatable, Sendable {
    package var requests = 0
    /// Requests that were answered with a code other than zero.
    package var refusals = 0
    package var calls = 0
    package var pushes = 0
    package var sessions = 0
}

// MARK: - Time

extension CoinExFront {
    /// When something happens by itself, or leaves; `distantFuture` if never.
    package var nextDue: Instant {
        var due = core.nextDue
        if let leaving = outbox.nextDue { due = min(due, leaving) }
        if hasListeners { due = min(due, nextTick) }
        if let late = lateRequests.first { due = min(due, late.dueAt) }
        return min(due, faults.nextDue)
    }

    /// Lets everything happen up to a time. Time does not go back.
    package mutating func advance(to time: Instant) {
        if !faults.isEmpty {
            carryOutLate(until: time)
            beginFaults(at: time)
        }
        advanceMarkets(to: time)
    }

    mutating func advanceMarkets(to time: Instant) {
        skipTicks(until: time)
        while hasListeners, nextTick <= time {
            let tick = nextTick
            advanceCore(to: tick)
            publish(at: tick)
            nextTick = tick + settings.tickEvery
        }
        advanceCore(to: time)
    }

    /// Brings an event of a recording into a market whose flow is one: see `ExchangeCore.replay`.
    package mutating func replay(
        _ event: MarketEvent, in market: MarketID, at now: Instant
    ) throws(ExchangeRefusal) {
        advance(to: now)
        try core.replay(event, in: market, at: now)
        tellNews(at: now)
    }

    /// Takes the next thing that leaves; nil when nothing is due.
    package mutating func take(at now: Instant) -> FrontOutput? { outbox.take(at: now) }

    private mutating func advanceCore(to time: Instant) {
        while !core.advance(to: time) { tellNews(at: core.now) }
        tellNews(at: time)
    }

    /// Where nobody listens no tick is missed.
    private mutating func skipTicks(until time: Instant) {
        guard !hasListeners, nextTick <= time else { return }
        let missed = (time - nextTick).nanoseconds / settings.tickEvery.nanoseconds
        nextTick = nextTick + Interval(nanoseconds: (missed + 1) * settings.tickEvery.nanoseconds)
    }

    /// Notes what the sessions want as a whole, whenever that has changed.
    mutating func noteListeners() {
        signedSessions.removeAll(keepingCapacity: true)
        for index in sessions.indices {
            if let account = sessions[index].account { signedSessions[account, default: []].append(index) }
        }
        hasListeners = sessions.contains { $0.listensToTicks }
        hasDealListeners = sessions.contains { !$0.deals.isNone }
        // Pictures that nobody wants are not kept.
        views.removeAll { view in !sessions.contains { $0.depth.contains { $0.view == view.key } } }
        if !hasDealListeners {
            for index in pending.indices { pending[index].deals.removeAll() }
        }
    }
}

extension FrontSession {
    var listensToTicks: Bool {
        !depth.isEmpty || !deals.isNone || !state.isNone || !index.isNone || kline != nil
            || !bestPrices.isNone
    }
}
