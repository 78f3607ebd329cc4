import CoinExVenue
import Quantities

/// What a seed makes of a run: its length, its ways, which faults it has and how strong they are.
///
/// Every kind of fault draws from a sequence of its own, so that one can be switched off and the others stay.
package struct SimulationPlan: Sendable {
    package var seed: UInt64
    /// How long faults go on; after it all is well until the end.
    package var duration: Interval
    package var faults: FaultSet
    /// Per kind, 0 to 1: how often it strikes.
    package var strengths: [Double]
    /// Per kind: when it strikes, for those that do it for a while; counted from the start.
    package var windows: [[Range<Interval>]]
    /// Of a message one way, without faults.
    package var latency: ClosedRange<Interval>
    /// By how much the bot's clock is ahead of the venue's.
    package var skew = Interval.zero
    /// Entries of the tape after which the bot is killed, each counted from its last start.
    package var crashes: [Crash] = []
    /// Events of each market in a second.
    package var eventsPerSecond: Double
    /// How often the venue tells of books and deals.
    package var tick: Interval
    package var feesAtDiscount: Bool
    /// How long the bot goes on trading after faults have stopped and it is whole again.
    package var calmTrading = Interval.seconds(60)
    /// By how much requests keep away from the edges of the venue's windows.
    package var pacingMargin = Interval.milliseconds(50)
    /// When somebody throws the bot's switch, counted from the start; nil is never.
    package var haltsAt: Interval?
    /// When the bot is told to stop while faults go on, counted from the start; nil is after them.
    package var stopsAt: Interval?
    /// Whether kills go on when all other faults have stopped, until the bot has ended.
    package var killsUntilTheEnd = false
    /// The generation of the interface that bot and venue speak.
    package var api = CoinExAPI.v1

    /// Where a kill falls.
    package struct Crash: Equatable, Sendable {
        package enum Moment: UInt8, CaseIterable, Sendable {
            /// What was to be written is lost.
            case beforeWriting
            /// Some bytes of it are there, and no checksum that holds: it is lost as well.
            case tornWriting
            /// The entry is written, and what it asked for has not left.
            case afterWriting
            /// Some of what was asked for has left.
            case betweenActions
        }

        /// Counted from the last start of the bot.
        package var entry: Int
        package var moment: Moment
        /// How long the bot is gone.
        package var pause: Interval
        /// Entries that were written and are lost all the same, with the machine's power.
        package var lost: Int

        package init(entry: Int, moment: Moment, pause: Interval, lost: Int = 0) {
            self.entry = entry
            self.moment = moment
            self.pause = pause
            self.lost = lost
        }
    }

    /// - Parameters:
    ///   - without: kinds that are left out, whatever the seed wants.
    ///   - duration: nil is as the seed wants, 2 to 10 minutes.
    package init(seed: UInt64, duration: Interval? = nil, without excluded: FaultSet = FaultSet()) {
        self.seed = seed
        let source = SeededRandom(seed: seed)
        var random = source.stream(1)
        self.duration = .seconds(Int64(120 + random.below(480)))
        latency = .milliseconds(1) ... .milliseconds(Int64(5 + random.below(120)))
        eventsPerSecond = 2 + random.uniform() * 8
        tick = .milliseconds([200, 500, 1_000][random.below(3)])
        feesAtDiscount = random.chance(0.3)
        // Some seeds have few faults, some many.
        let share = 0.1 + 0.6 * random.uniform()
        if let duration { self.duration = duration }
        faults = FaultSet()
        strengths = []
        windows = []
        for kind in FaultKind.allCases {
            var dice = source.stream(100 + UInt64(kind.number))
            if dice.chance(share) { faults.insert(kind) }
            if excluded.contains(kind) { faults.remove(kind) }
            strengths.append(kind.strengthMax * dice.uniform())
            windows.append(kind.isLasting ? Self.windows(within: self.duration, &dice) : [])
        }
        if faults.contains(.clockOff) {
            var dice = source.stream(200)
            let milliseconds = dice.chance(0.5) ? 5_000 : 120_000
            skew = .milliseconds(Int64(dice.below(2 * milliseconds + 1) - milliseconds))
        }
        if faults.contains(.crash) {
            var dice = source.stream(201)
            crashes = (0...dice.below(5)).map { _ in Self.crash(&dice) }
        }
    }

    private static func windows(
        within duration: Interval, _ dice: inout SeededRandom
    ) -> [Range<Interval>] {
        (0...dice.below(2)).map { _ in
            let start = Interval.seconds(Int64(dice.below(Int(duration.seconds))))
            return start..<start + .seconds(Int64(5 + dice.below(dice.chance(0.5) ? 20 : 150)))
        }
    }

    private static func crash(_ dice: inout SeededRandom) -> Crash {
        Crash(
            entry: 1 + dice.below([20, 200, 2_000][dice.below(3)]),
            moment: Crash.Moment.allCases[dice.below(Crash.Moment.allCases.count)],
            pause: .milliseconds(Int64(100 + dice.below(dice.chance(0.3) ? 90_000 : 5_000))))
    }

    /// Switches a kind of fault off.
    package mutating func remove(_ kind: FaultKind) {
        faults.remove(kind)
        switch kind {
        case .crash: crashes = []
        case .clockOff: skew = .zero
        case .pushLost, .pushRepeated, .pushDelayed, .pushReordered, .depthFrozen, .checksumWrong,
            .snapshotStale,
            .messageGarbled, .requestRefused, .requestLost, .requestLate, .replyLost, .replyCut,
            .replyGarbled,
            .serverError, .rateLimited, .slowReplies, .socketReset, .halfOpen, .connectRefused, .signRefused,
            .maintenance, .clog, .byHand, .forcedCancel:
            break
        }
    }

    package func strength(_ kind: FaultKind) -> Double {
        faults.contains(kind) ? strengths[kind.number] : 0
    }

    /// Whether a lasting fault strikes at a time since the start.
    package func strikes(_ kind: FaultKind, at time: Interval) -> Bool {
        faults.contains(kind) && time < duration && windows[kind.number].contains { $0.contains(time) }
    }
}

extension FaultKind {
    /// How often it strikes at most: of all pushes, of all requests, or a second.
    var strengthMax: Double {
        switch self {
        case .pushLost: 0.3
        case .pushRepeated: 0.5
        case .pushDelayed: 0.02
        case .pushReordered: 0.3
        case .checksumWrong, .snapshotStale: 0.02
        case .messageGarbled: 0.02
        case .requestRefused, .requestLost, .requestLate: 0.15
        case .replyLost, .replyCut, .replyGarbled, .serverError: 0.15
        case .rateLimited: 0.1
        case .slowReplies: 0.2
        case .socketReset, .halfOpen: 0.03
        case .connectRefused: 0.6
        case .signRefused: 0.5
        case .depthFrozen, .clockOff, .maintenance, .clog, .crash: 1
        case .byHand, .forcedCancel: 0.1
        }
    }

    /// Whether it strikes for a while, rather than now and then.
    var isLasting: Bool {
        switch self {
        case .depthFrozen, .maintenance, .clog: true
        case .pushLost, .pushRepeated, .pushDelayed, .pushReordered, .checksumWrong, .snapshotStale,
            .messageGarbled, .requestRefused, .requestLost, .requestLate, .replyLost, .replyCut,
            .replyGarbled,
            .serverError, .rateLimited, .slowReplies, .socketReset, .halfOpen, .connectRefused, .signRefused,
            .clockOff, .crash, .byHand, .forcedCancel:
            false
        }
    }
}
