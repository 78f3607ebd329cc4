import Exchange
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore

// The end of a world: faults stop, the bot recovers, stops, and its books are held against the venue's.

extension SimulatedWorld {
    /// How long the bot may take to be joined and to quote again.
    package static let recoveryMax = Interval.seconds(60)
    /// How long it stays away when the venue has refused its signature.
    static let refusalPause = Interval.seconds(60)
    /// How long an order may stay unknown: a request can be carried out for a minute after it was sent, and the
    /// questions about it are a minute apart by then.
    static let proofMax = Interval.seconds(130)
    /// How long stopping may take.
    static let stoppingMax = Interval.seconds(30)

    /// Lets the whole world happen.
    package func run() {
        if let stopsAt = plan.stopsAt { return stop(inFaultsAt: stopsAt) }
        run(to: plan.duration)
        guard violations.isEmpty else { return }
        calm()
        recover()
        run(to: now - start + plan.calmTrading)
        guard violations.isEmpty else { return }
        stop()
        guard violations.isEmpty else { return }
        compare()
        guard violations.isEmpty else { return }
        checkReplay()
        checkSecondStart()
    }

    /// From here on nothing fails any more.
    func calm() {
        isCalm = true
        if !plan.killsUntilTheEnd {
            crashes = []
            tape.crash = nil
            // That it is gone is one of the faults.
            if bot == nil { queue.add(.botStarts, at: now) }
        }
        note("faults stop")
        for id in sockets.keys.sorted() where sockets[id]?.silentFrom != .distantFuture {
            queue.add(.socketEnds(id), at: now)
        }
    }

    /// S7: the bot is whole again in time.
    private func recover() {
        var end = now - start + Self.recoveryMax
        // A clock that is minutes off is refused as well, where the time that was asked for did not come.
        if plan.faults.contains(.signRefused) || plan.faults.contains(.clockOff) {
            end = end + Self.refusalPause
        }
        wait(until: end) { self.unrecovered() }
        note("recovered")
        wait(until: max(end, now - start + Self.proofMax)) { self.bot?.session.unsettled() }
        note("settled")
    }

    /// Lets the world go on until there is no reason to wait any more.
    private func wait(until end: Interval, _ reason: () -> String?) {
        while violations.isEmpty, let reason = reason() {
            guard now - start < end else { return violate("S7", "faults have stopped, and \(reason)") }
            run(to: min(end, now - start + .seconds(1)))
        }
    }

    /// Why the bot is not whole; nil when it is.
    private func unrecovered() -> String? {
        guard let bot else { return "there is no bot" }
        guard bot.session.phase == .running else { return "it is \(bot.session.phase)" }
        guard bot.session.link.isReady else { return "its link is not ready" }
        for (index, strategy) in strategies.enumerated() where strategy.quotes && silence == nil {
            if !bot.session.isQuoting(StrategyID(index)) { return "\(strategy.name) does not quote" }
        }
        return nil
    }

    private func stop() {
        note("the bot is told to stop")
        silence = Self.stopRule
        let end = now - start + (plan.killsUntilTheEnd ? Self.proofMax : Self.stoppingMax)
        while violations.isEmpty, bot?.session.outcome == nil, now - start < end {
            // One that was killed before this was on its tape knows nothing of it.
            if bot?.session.isEnding == false { tell { $0.session.stop(at: $1) } }
            run(to: min(end, now - start + .milliseconds(100)))
            if plan.killsUntilTheEnd, bot?.session.outcome?.isClean == false { endProcess() }
        }
        writes = tape.writes
        guard let outcome = bot?.session.outcome else {
            return violate(Self.stopRule, "the bot has not stopped in time")
        }
        if !outcome.isClean { violate(Self.stopRule, "the bot has not stopped cleanly: \(outcome)") }
    }

    /// P12: told to stop while all goes wrong, it places nothing more, ends in time, and says what may still stand;
    /// what it could not prove, the next process does.
    private func stop(inFaultsAt time: Interval) {
        run(to: time)
        guard violations.isEmpty else { return }
        note("the bot is told to stop, while faults go on")
        silence = Self.stopRule
        let end = now - start + Self.stoppingMax
        tell { $0.session.stop(at: $1) }
        while violations.isEmpty, bot?.session.outcome == nil, now - start < end {
            run(to: min(end, now - start + .milliseconds(100)))
        }
        guard violations.isEmpty else { return }
        guard let outcome = bot?.session.outcome else {
            return violate(Self.stopRule, "the bot has not ended in time")
        }
        if outcome.isClean {
            for (rule, text) in truth.differences(front.core, account) { violate(rule, text) }
        } else if outcome.unresolved.isEmpty, outcome.unexpected.isEmpty, outcome.isVerified {
            violate(Self.stopRule, "it does not say what may still stand: \(outcome)")
        }
        calm()
        endProcess()
        let proven = now - start + Self.proofMax
        while violations.isEmpty, bot?.session.outcome?.isClean != true, now - start < proven {
            run(to: min(proven, now - start + .milliseconds(100)))
            if let outcome = bot?.session.outcome, !outcome.isClean { endProcess() }
        }
        guard violations.isEmpty else { return }
        guard bot?.session.outcome?.isClean == true else {
            return violate(Self.stopRule, "the next process does not bring it to its end")
        }
        // One that was stopped before it had joined has nothing to compare.
        if bot?.session.engine.hasStarted == true { compare() }
        if violations.isEmpty { checkReplay() }
    }

    /// A process that comes to an end by itself writes what it has; another one starts soon.
    private func endProcess() {
        tape.write()
        killBot()
    }

    // MARK: - Comparing

    /// I4 to I7: the venue's books and the bot's.
    private func compare() {
        for fault in front.core.audit().faults { violate("I4", "the venue's audit: \(fault)") }
        guard let bot else { return }
        for (index, name) in SimulatedMarkets.table.assets.enumerated() {
            guard let asset = front.core.asset(named: name) else { continue }
            let total = WorldTruth.total(front.core, account, asset)
            let held = bot.session.engine.desk.balances[index].total
            if held != total { violate("I5", "the venue has \(total) \(name), the bot \(held)") }
            let explained =
                SimulatedMarkets.deposit(name) + truth.change(of: AssetID(index))
                + WorldTruth.handChange(of: asset, front.core, account)
            if explained != total {
                violate("I4", "the venue has \(total) \(name), deals and fees make \(explained)")
            }
        }
        for index in SimulatedMarkets.names.indices {
            let held = truth.held(front.core, account, MarketID(index))
            var sum = Quantity.zero
            for strategy in strategies.indices {
                let place = strategy * SimulatedMarkets.names.count + index
                sum += bot.session.engine.desk.positions[place].quantity
            }
            let byHand = WorldTruth.handChange(of: front.core.base(of: MarketID(index)), front.core, account)
            if Amount(sum) + byHand != held {
                violate(
                    "I5", "\(SimulatedMarkets.names[index]): the venue has \(held), the positions are \(sum)")
            }
        }
        for (rule, text) in truth.differences(front.core, account) { violate(rule, text) }
        checkTrades()
        counts.fills = truth.told.count
        counts.orders = bot.session.engine.floor.counters.placements
    }

    /// I8: the tape leads to the same decisions.
    private func checkReplay() {
        guard let bot else { return }
        let told = truth.told
        truth.told = [:]
        do {
            var engine = try SimulatedBot.engine(strategies, plan, mutant)
            let unsent = replay(into: &engine).unsent
            if !unsent.isEmpty { violate("I8", "the replay decides \(unsent.count) more") }
            let (now, then) = (engine.floor.chain.text, bot.session.engine.floor.chain.text)
            if now != then { violate("I8", "the replay's hash is \(now), not \(then)") }
            if truth.told != told { violate("I8", "the replay tells other fills") }
            hash = now
        } catch {
            violate("I8", "\(error)")
        }
    }

    /// I9: another start finds nothing to do: it goes on with the end that the tape has, and is over.
    private func checkSecondStart() {
        guard violations.isEmpty else { return }
        let told = truth.told
        let orders = bot?.session.engine.floor.counters.placements
        endProcess()
        let end = now - start + .seconds(40)
        while violations.isEmpty, bot?.session.outcome == nil, now - start < end {
            run(to: min(end, now - start + .milliseconds(100)))
        }
        guard violations.isEmpty else { return }
        guard let bot, let outcome = bot.session.outcome else {
            return violate("I9", "a second start does not come to an end")
        }
        if !outcome.isClean { violate("I9", "a second start leaves \(outcome)") }
        if truth.told != told {
            violate("I9", "a second start tells of \(truth.told.count - told.count) more fills")
        }
        if bot.session.engine.floor.counters.placements != orders {
            violate("I9", "a second start places orders")
        }
        for (rule, text) in truth.differences(front.core, account) { violate(rule, text) }
    }
}

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    /// Which order is not settled; nil when all are.
    func unsettled() -> String? {
        for index in engine.desk.orders.active.indices {
            let slot = Int(engine.desk.orders.active[index])
            let order = engine.desk.orders.slots[slot]
            switch order.state {
            case .active(.unknown): return "\(order.id) is unknown"
            case .active(.submitting) where engine.desk.now - order.updatedAt > .seconds(5):
                return "\(order.id) has no answer"
            case .active(.open) where engine.floor.evidence[slot].dealt < engine.floor.evidence[slot].reported:
                return "\(order.id) misses deals"
            case .active, .closed: continue
            }
        }
        return nil
    }

    /// Whether the rule that it is to be silent by holds for it: a stop that was not on its tape when it died is
    /// forgotten.
    func isSilent(by rule: String) -> Bool { rule != SimulatedWorld.stopRule || isEnding }

    /// Whether it has been told to stop.
    var isEnding: Bool {
        switch phase {
        case .idle, .joining, .running: false
        case .stopping, .verifying, .ended: true
        }
    }

    /// Whether a strategy has orders at the venue, or is done.
    func isQuoting(_ strategy: StrategyID) -> Bool {
        guard engine.desk.statuses[Int(strategy.index)].isRunning else { return true }
        for index in engine.desk.orders.active.indices {
            let slot = Int(engine.desk.orders.active[index])
            if engine.desk.orders.slots[slot].strategy == strategy { return true }
        }
        return false
    }
}
