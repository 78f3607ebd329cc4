import CoinExVenue
import Exchange
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

// The bot: what it is told, what it wants done, its death and its return.

extension SimulatedWorld {
    /// Tells the bot something, and carries out what it wants done then.
    func tell(_ body: (SimulatedBot, Instant) -> Void) {
        guard let bot else { return }
        let time = botTime
        tape.now = time
        body(bot, time)
        if tape.isDead { return killBot() }
        perform(bot)
        if self.bot != nil { look(at: bot) }
    }

    /// Carries out what the bot wants done, unless it dies meanwhile.
    private func perform(_ bot: SimulatedBot) {
        var left = Int.max
        bot.wire.removeAll()
        while let action = bot.session.takeAction(&bot.wire) {
            if tape.isDead { return killBot() }
            if tape.isDying, left == Int.max { left = dice[FaultKind.crash.number].below(3) }
            if left == 0 { return killBot() }
            left -= 1
            trace.add(bot.wire.bytes)
            switch action {
            case .connect: connect(bot)
            case .close: close(bot)
            case .sendText: sendText(bot.wire.bytes, from: bot)
            case .sendRequest(let request): send(request, Array(bot.wire.bytes), from: bot)
            }
            bot.wire.removeAll()
        }
        if tape.isDead || tape.isDying { killBot() }
    }

    // MARK: - Death and return

    /// The bot is gone, with all that it has not written.
    func killBot() {
        guard let bot else { return }
        let crash = crashes.isEmpty ? nil : crashes.removeFirst()
        let before = tape.entries.count
        tape.cut(losing: crash?.lost ?? 0)
        note(
            "the bot dies, \(crash.map { "\($0.moment)" } ?? "killed"), \(before - tape.entries.count) entries are lost"
        )
        if crash != nil { faultCounts.note(.crash) }
        self.bot = nil
        // The connections of a process that is gone are closed by its system.
        if let socket = bot.socket { abandon(socket) }
        queue.add(.botStarts, at: now + (crash?.pause ?? .milliseconds(500)))
    }

    func startBot() {
        guard bot == nil else { return }
        starts += 1
        tape.now = botTime
        do {
            var engine = try SimulatedBot.engine(strategies, plan, mutant)
            var past = Past()
            if starts > 1 {
                counts.restarts += 1
                truth.told.removeAll()
                if mutant != .restartsFromNothing { past = replay(into: &engine) }
            }
            let isResumed = starts > 1 && mutant != .restartsFromNothing
            note("the bot starts, \(past.unsent.count) decisions are not on the tape")
            let bot = SimulatedBot(
                engine, tape, plan, start: starts, settings: LiveSettings(), mutant: mutant)
            self.bot = bot
            for body in past.learned { bot.session.link.learn(body) }
            if isFaulty, let crash = crashes.first {
                tape.crash = (tape.entries.count + crash.entry, crash.moment)
            }
            tell { bot, time in
                if isResumed { bot.session.resume(unsent: past.unsent, at: time) }
                if !tape.isDead { bot.session.start(at: time) }
                // The switch stands outside the process, and is looked at after a start.
                if silence == Self.switchRule, !tape.isDead { bot.session.halt(.halted, at: time) }
            }
        } catch {
            violate("start", "\(error)")
        }
    }

    /// What a bot knows of the time before its death.
    struct Past {
        /// What it has decided and the tape does not have.
        var unsent: [Dispatch] = []
        /// What its link learns of orders and their names.
        var learned: [(inout CoinExLink) -> Void] = []
    }

    /// Feeds the tape to an engine.
    func replay(into engine: inout Engine<Ensemble>) -> Past {
        var past = Past()
        var waiting: [Dispatch] = []
        var taken = 0
        for (index, entry) in tape.entries.enumerated() {
            switch entry {
            case .start(let now): engine.start(at: now)
            case .advance(let now): engine.advance(to: now)
            case .event(let event):
                engine.feed(event)
                if case .connection(let change) = event { past.learned.append { $0.recall(change) } }
            case .fact(let fact, let now):
                engine.feed(fact, at: now)
                past.learned.append { $0.recall(fact) }
            case .adopt(let adoption):
                if let order = engine.adopt(adoption) {
                    past.learned.append { $0.recall(adoption.found, as: order) }
                }
            case .halt(let step, let now): engine.halt(step, at: now)
            case .resume(let gap):
                engine.resume(gap)
                past.learned.append { $0.recall(gap) }
            case .pause(let step, let now): engine.pause(step, at: now)
            case .stop(let now): engine.stop(at: now)
            case .decision(let dispatch):
                past.learned.append { $0.recall(dispatch) }
                if taken < waiting.count, waiting[taken] == dispatch {
                    taken += 1
                } else {
                    let other = taken < waiting.count ? "\(waiting[taken])" : "nothing"
                    violate("I8", "entry \(index) is \(dispatch), and its replay decides \(other)")
                    return past
                }
            }
            engine.drain { waiting.append($0) }
            for delivery in engine.floor.told { truth.take(delivery) }
            engine.floor.told.removeAll(keepingCapacity: true)
        }
        past.unsent = Array(waiting[taken...])
        return past
    }

    // MARK: - What the venue sends

    func takeOutputs() {
        while let output = front.take(at: now) {
            switch output {
            case .reply(let id, let reply): self.reply(id, reply)
            case .message(let session, let bytes):
                bytes.withUnsafeBytes { trace.add($0) }
                push(bytes, to: session)
            case .close(let session), .reset(let session):
                if let id = socket(of: session) { queue.add(.socketEnds(id), at: now + way()) }
            }
        }
    }

    // MARK: - The switch

    /// P15, by which a bot that was halted places nothing.
    static let switchRule = "P15"

    /// Somebody throws the bot's switch. A bot that is away sees it when it is back.
    func throwSwitch() {
        note("the switch is thrown")
        silence = Self.switchRule
        tell { $0.session.halt(.halted, at: $1) }
    }

    /// P12, by which a bot that is told to stop does.
    static let stopRule = "P12"

    // MARK: - A look at the bot

    /// After everything that the bot was told.
    private func look(at bot: SimulatedBot) {
        for delivery in bot.session.takeTold() {
            truth.take(delivery)
            describe(delivery)
        }
        for alert in bot.session.takeEngineAlerts() { take(alert) }
        for alert in bot.session.takeAlerts() {
            note("alert \(alert.kind)")
            take(alert.kind)
        }
        for notice in bot.session.link.takeNotices() {
            note("notice: \(notice)")
            if case .tradesMissed(let market) = notice.kind { truth.noteMissedTrades(of: market) }
        }
        if let double = truth.double { violate("I6", "deal \(double) was told twice") }
    }

    /// Lists of deals tell whole seconds, so that one right after the first balances looks as if it came before them:
    /// a residue by itself is no violation. What the account has is compared at the end.
    private func take(_ alert: LiveAlert.Kind) {
        switch alert {
        case .residue: counts.residues += 1
        // Somebody has traded by hand, and says so.
        case .paused: if plan.faults.contains(.byHand) { tell { $0.session.arm(at: $1) } }
        case .lifted: break
        case .stray(let order): violate("I7", "\(order) is over, and the venue lists it")
        }
    }

    private func take(_ alert: Alert) {
        note("alert \(alert.kind)")
        switch alert.kind {
        case .contradiction(let order): violate("I6", "\(order) is over, and more was filled than booked")
        case .overflow: violate("I4", "a number of the venue does not fit")
        case .ladder, .switched, .orderUncertain, .dealsMissing, .feeNotValued, .rateLimited,
            .requestsDropped,
            .tooManyRefusals, .strategyFailed, .badQuote, .crossedBook:
            break
        }
    }

    private func count(_ order: OwnOrder) {
        switch order.state {
        case .active(.unknown): counts.uncertain += 1
        case .closed(.rejected(let refusal)): if refusal.isAboutNumbers { counts.malformed += 1 }
        case .active, .closed: break
        }
    }

    private func describe(_ delivery: TradingFloor.Delivery) {
        switch delivery {
        case .order(let order):
            count(order)
            note(
                "\(order.id) \(order.side) \(order.quantity) at \(order.price): \(order.state), filled \(order.filled)"
            )
        case .fill(let fill, mid: _):
            note("\(fill.order) fills \(fill.quantity) at \(fill.price), deal \(fill.deal.raw)")
        case .balance: break
        case .bookState(let change): note("the book of \(change.market.index) is \(change.state)")
        }
    }
}

extension Refusal {
    /// Whether the venue refused the order for a number in it that we should have known to be wrong.
    fileprivate var isAboutNumbers: Bool {
        switch self {
        case .venueInsufficientBalance, .venueBelowMinimum, .venueBadParameter: true
        case .priceOffTick, .quantityOffLot, .quantityBelowMinimum, .notionalBelowMinimum,
            .quantityNotPositive, .priceNotPositive, .overflow, .sumOfOtherOrder, .orderQuantityLimit,
            .orderNotionalLimit, .priceBand, .openOrderLimit, .positionLimit, .orderRateLimit,
            .errorRateLimit, .insufficientBalance, .selfMatch, .staleBook, .reduceOnly, .halted, .notReady,
            .strategyStopped, .unknownOrder, .queueFull, .unknownMarket, .withdrawn, .neverSent,
            .watchedMarket,
            .venuePriceOutOfBand, .venueWouldTake, .venueNotFillable, .venueNoLiquidity,
            .venueInvalidStopPrice, .venueOrderNotFound, .venueRateLimited, .venueNotPermitted, .venueOther:
            false
        }
    }
}
