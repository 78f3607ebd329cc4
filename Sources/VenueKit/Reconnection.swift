import Quantities

/// How long to wait between attempts to connect.
///
/// The pause is drawn at random between half of and a full bound, which doubles from `first` to `longest` with
/// every failure: a venue that comes back is not stormed by all its clients in the same moment.
public struct ReconnectionTiming: Equatable, BitwiseCopyable, Sendable {
    /// The bound of the first pause.
    public var first = Interval.milliseconds(250)
    public var longest = Interval.seconds(30)
    /// A connection that stood for this long is a good one: the next failure begins with `first` again.
    public var steadyAfter = Interval.seconds(30)

    public init() {}
}

/// When to connect, and when again: the machine of one connection to a venue.
///
/// It reads no clock and draws from the generator that it is given. Its driver carries out the action that a
/// method returns, and reports what became of it.
public struct Reconnection: Sendable {
    /// What the driver is to do.
    public enum Action: Equatable, Sendable {
        case none
        /// Open a connection, and report `opened` or `ended`.
        case connect
        /// Call `elapsed` at the time.
        case wait(until: Instant)
        /// Close the connection in good order; `ended` is still reported.
        case close
    }

    private enum State: Equatable, Sendable {
        /// Not wanted. Can transition to: `connecting` when it is wanted.
        case idle
        /// An attempt is under way. Can transition to: `up` when it opened, `waiting` when it ended,
        /// `leaving` when it is not wanted any more.
        case connecting
        /// Can transition to: `waiting` when it ended, `leaving` when it is not wanted any more.
        case up(since: Instant)
        /// Between attempts. Can transition to: `connecting` when the time has come, `idle` when it is not
        /// wanted any more.
        case waiting(until: Instant)
        /// Ended by us, or about to be. Can transition to: `idle` when it ended, `rejoining` when it is wanted
        /// again.
        case leaving
        /// Ended by us and wanted again. Can transition to: `connecting` when it ended.
        case rejoining
    }

    private let timing: ReconnectionTiming
    private var state = State.idle
    /// The bound of the next pause.
    private var bound: Interval
    /// Attempts that failed one after the other.
    public private(set) var failures = 0

    public init(_ timing: ReconnectionTiming = ReconnectionTiming()) {
        self.timing = timing
        bound = timing.first
    }

    /// Whether a connection stands.
    public var isUp: Bool {
        switch state {
        case .up: true
        case .idle, .connecting, .waiting, .leaving, .rejoining: false
        }
    }

    /// A connection is wanted from here on.
    public mutating func start() -> Action {
        switch state {
        case .idle:
            state = .connecting
            return .connect
        case .leaving:
            state = .rejoining
            return .none
        case .connecting, .up, .waiting, .rejoining: return .none
        }
    }

    /// No connection is wanted any more.
    public mutating func stop() -> Action {
        switch state {
        case .idle, .leaving: return .none
        case .waiting:
            state = .idle
            return .none
        case .rejoining:
            state = .leaving
            return .none
        case .connecting, .up:
            state = .leaving
            return .close
        }
    }

    /// The attempt has led to a connection.
    public mutating func opened(at now: Instant) -> Action {
        switch state {
        case .connecting:
            state = .up(since: now)
            return .none
        // It was too late to keep it from opening.
        case .leaving, .rejoining: return .close
        case .idle, .up, .waiting: return .none
        }
    }

    /// The attempt has failed, or the connection is over.
    ///
    /// - Parameter pauseMin: what the venue asks for at least, such as with `Retry-After`.
    public mutating func ended(
        at now: Instant, pauseMin: Interval = .zero, _ random: inout SeededRandom
    ) -> Action {
        switch state {
        case .up(let since):
            if now - since >= timing.steadyAfter { reset() }
            return wait(from: now, pauseMin, &random)
        case .connecting: return wait(from: now, pauseMin, &random)
        case .leaving:
            state = .idle
            reset()
            return .none
        case .rejoining:
            state = .connecting
            return .connect
        case .idle, .waiting: return .none
        }
    }

    /// The time that was asked for has come.
    public mutating func elapsed(at now: Instant) -> Action {
        switch state {
        case .waiting(let until):
            guard now >= until else { return .wait(until: until) }
            state = .connecting
            return .connect
        case .idle, .connecting, .up, .leaving, .rejoining: return .none
        }
    }

    private mutating func wait(
        from now: Instant, _ pauseMin: Interval, _ random: inout SeededRandom
    ) -> Action {
        failures += 1
        let half = bound.nanoseconds / 2
        let pause = Interval(nanoseconds: half + Int64(Double(half) * random.uniform()))
        bound = min(bound + bound, timing.longest)
        let until = now + max(pause, pauseMin)
        state = .waiting(until: until)
        return .wait(until: until)
    }

    private mutating func reset() {
        failures = 0
        bound = timing.first
    }
}
