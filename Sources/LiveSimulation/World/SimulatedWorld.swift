import CoinExVenue
import Exchange
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// A bot and a venue in one thread and one virtual time, with a network between them that fails as the seed wants.
///
/// ```
/// strategies ─ engine ─ session ─ link ═ bytes ═ network, faults ═ bytes ═ front ─ core
/// ```
///
/// All but the network is what trades for real: the bot's bytes of HTTP and WebSocket are read by the venue's readers
/// and the other way round. The same plan and strategies give the same world, to the last event.
///
/// What is held to be true is checked after every step and, when all has come to rest, against the venue's own books.
package final class SimulatedWorld {
    package let plan: SimulationPlan
    let strategies: [SimulatedStrategy]
    let start = SimulatedMarkets.start
    package internal(set) var now: Instant
    var front: CoinExFront
    let account: AccountID
    var bot: SimulatedBot?
    /// How often the bot was started.
    var starts = 0
    let tape = WorldTape()
    var queue = EventQueue<WorldEvent>()
    var requests: [UInt64: WorldRequest] = [:]
    var lastRequest: UInt64 = 0
    var sockets: [UInt64: WorldSocket] = [:]
    var lastSocket: UInt64 = 0
    /// A sequence of its own for each kind of fault, and one for the ways.
    var dice: [SeededRandom]
    var ways: SeededRandom
    let faultCounts = FaultCounts()
    /// Faults have been told to stop, whatever the plan says.
    var isCalm = false
    var crashes: [SimulationPlan.Crash]

    var truth: WorldTruth
    // For the messages of the second generation.
    var packer = FrontGzip()
    var unpacker = CoinExGunzip()
    /// Of the decisions, when all is over.
    package internal(set) var hash = ""
    /// Of every byte that travelled, and when.
    var trace = WorldHash()
    /// The bot may place nothing more, and this is the rule that says so: it was told to stop, or its switch was
    /// thrown.
    var silence: String?
    /// Writes of the tape until the bot had stopped.
    package internal(set) var writes: [Int] = []
    var log: WorldLog
    package internal(set) var violations: [SimulationViolation] = []
    package internal(set) var counts = SimulationCounts()
    /// What stands between link and engine in tests of the tests.
    let mutant: SimulatedMutant?

    package init(
        _ plan: SimulationPlan, _ strategies: [SimulatedStrategy], mutant: SimulatedMutant? = nil,
        linesMax: Int = 400
    ) throws {
        log = WorldLog(linesMax: linesMax)
        self.plan = plan
        self.strategies = strategies
        self.mutant = mutant
        now = start
        let source = SeededRandom(seed: plan.seed)
        dice = FaultKind.allCases.map { source.stream(400 + UInt64($0.number)) }
        ways = source.stream(2)
        crashes = plan.crashes
        truth = WorldTruth(plan.api, margin: plan.pacingMargin)
        var settings = SimulatedMarkets.settings(plan)
        settings.fates = WorldFates(plan, start: start, counts: faultCounts)
        front = try CoinExFront(SimulatedMarkets.definition(plan), settings)
        guard let account = front.core.account(named: SimulatedMarkets.account) else {
            preconditionFailure("the definition has the account")
        }
        self.account = account
        truth.begin(front.core, account, strategies)
        for window in plan.windows[FaultKind.maintenance.number] where plan.faults.contains(.maintenance) {
            queue.add(.maintenanceBegins, at: start + window.lowerBound)
        }
        if plan.faults.contains(.byHand) { queue.add(.orderByHand, at: start + .seconds(20)) }
        if plan.faults.contains(.forcedCancel) { queue.add(.cancelByHand, at: start + .seconds(10)) }
        if let haltsAt = plan.haltsAt { queue.add(.switchThrown, at: start + haltsAt) }
        queue.add(.botStarts, at: start)
    }

    /// Lets the world go on to a time since its start, or to the first violation.
    package func run(to end: Interval) {
        while violations.isEmpty, step(until: start + end) {}
    }

    /// Lets the next thing happen; false when nothing does until then.
    func step(until end: Instant) -> Bool {
        let botDue = bot.map { venueTime($0.session.nextDue) } ?? .distantFuture
        let due = min(queue.nextDue, min(front.nextDue, botDue))
        guard due <= end else {
            now = max(now, end)
            return false
        }
        noteStep(due)
        now = max(now, due)
        trace.add(UInt64(bitPattern: now.nanoseconds))
        if queue.nextDue <= now {
            if let event = queue.pop() { handle(event) }
        } else if front.nextDue <= now {
            front.advance(to: now)
        } else {
            tell { $0.session.advance(to: $1) }
        }
        takeOutputs()
        return true
    }

    /// A world in which time stands still would never end.
    private func noteStep(_ due: Instant) {
        counts.steps += 1
        counts.stepsAtOnce = due > now ? 0 : counts.stepsAtOnce + 1
        if counts.stepsAtOnce > 200_000 { violate("time", "it stands still") }
    }

    private func handle(_ event: WorldEvent) {
        switch event {
        case .requestArrives(let id): arrive(id)
        case .replyArrives(let id, let bytes): takeReply(id, bytes)
        case .requestFails(let id, let isSent): end(id, isSent ? .maybeSent : .neverSent)
        case .socketOpens(let id): open(id)
        case .socketRefused(let id): tellClosed(id)
        case .bytesReachServer(let id, let bytes): takeAtServer(id, bytes)
        case .bytesReachClient(let id, let bytes): takeAtClient(id, bytes)
        case .socketEnds(let id): endSocket(id)
        case .staleMessage(let id, let bytes): send(bytes, on: id)
        case .maintenanceBegins: beginMaintenance()
        case .orderByHand: placeByHand()
        case .cancelByHand: cancelByHand()
        case .switchThrown: throwSwitch()
        case .botStarts: startBot()
        }
    }

    // MARK: - Faults

    var isFaulty: Bool { !isCalm && now < start + plan.duration }

    /// Whether a fault strikes now; each kind draws for itself.
    func strikes(_ kind: FaultKind) -> Bool {
        let strength = plan.strength(kind)
        guard strength > 0, isFaulty, dice[kind.number].chance(strength) else { return false }
        faultCounts.note(kind)
        return true
    }

    func draw(_ kind: FaultKind, _ range: ClosedRange<Interval>) -> Interval {
        let width = range.upperBound.nanoseconds - range.lowerBound.nanoseconds
        return range.lowerBound + Interval(nanoseconds: Int64(dice[kind.number].below(Int(width) + 1)))
    }

    /// How long a message is under way.
    func way() -> Interval {
        let width = plan.latency.upperBound.nanoseconds - plan.latency.lowerBound.nanoseconds
        return plan.latency.lowerBound + Interval(nanoseconds: Int64(ways.below(Int(width) + 1)))
    }

    func isUnderMaintenance() -> Bool { isFaulty && plan.strikes(.maintenance, at: now - start) }

    /// Until when a way is clogged that a message takes now; requests and sockets are not clogged alike.
    func clogEnd(forSockets: Bool) -> Instant {
        guard isFaulty, plan.faults.contains(.clog) else { return now }
        var end = now
        for window in plan.windows[FaultKind.clog.number] {
            let length = window.upperBound - window.lowerBound
            let shift = forSockets ? Interval(nanoseconds: length.nanoseconds / 2) : .zero
            let clogged = start + window.lowerBound + shift..<start + window.upperBound + shift
            if clogged.contains(now) { end = max(end, clogged.upperBound) }
        }
        if end > now { faultCounts.note(.clog) }
        // A socket that stayed clogged when faults have stopped would be one more fault, until its pings tell.
        return forSockets ? max(now, min(end, start + plan.duration)) : end
    }

    // MARK: - Clocks

    /// The time that the bot's clock shows.
    var botTime: Instant { now + plan.skew }

    func venueTime(_ botTime: Instant) -> Instant {
        botTime == .distantFuture ? botTime : botTime - plan.skew
    }

    // MARK: - What is noted

    func note(_ line: @autoclosure () -> String) {
        if log.isKept { log.add("\(Self.seconds(now - start)) \(line())") }
    }

    func violate(_ rule: String, _ text: String) {
        note("VIOLATION \(rule): \(text)")
        if violations.isEmpty, log.isKept {
            for (rule, text) in truth.differences(front.core, account) { note("\(rule) differs: \(text)") }
        }
        violations.append(SimulationViolation(rule: rule, text: text, at: now - start))
    }

    static func seconds(_ interval: Interval) -> String {
        let milliseconds = interval.nanoseconds / 1_000_000
        let rest = milliseconds % 1_000
        return "\(milliseconds / 1_000).\(rest < 10 ? "00" : rest < 100 ? "0" : "")\(rest)"
    }

    /// The newest lines of what happened, oldest first.
    package var lines: [String] { log.all }

    package func faultCount(_ kind: FaultKind) -> Int { faultCounts.counts[kind.number] }
}

/// What went on in a world.
package struct SimulationCounts: Equatable, Sendable {
    package var steps = 0
    package var stepsAtOnce = 0
    package var requests = 0
    package var messages = 0
    package var orders = 0
    package var fills = 0
    package var restarts = 0
    /// Alerts that the account does not agree with the deals.
    package var residues = 0
    /// Requests that the venue itself found too many.
    package var excesses = 0
    /// Orders that the venue refused for their numbers: price, quantity, minimum or balance.
    package var malformed = 0
    /// Orders whose fate was unknown for a while.
    package var uncertain = 0
    /// Requests that left for placements and for cancels.
    package var placements = 0
    package var cancels = 0
    /// Public trades that the bot was told of, and those that it missed while it was there.
    package var trades = 0
    package var missedTrades = 0

    package init() {}
}
