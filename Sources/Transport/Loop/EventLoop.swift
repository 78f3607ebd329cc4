import CLinux
import Glibc
import Locks
import Quantities
import Synchronization

/// What a descriptor is ready for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let input = Readiness(rawValue: clinux_in)
    package static let output = Readiness(rawValue: clinux_out)
    /// An error or a hang-up: the next call on the descriptor tells which.
    package static let failure = Readiness(rawValue: clinux_error | clinux_hangup)
}

/// Who is told that a descriptor is ready; called on the loop.
package protocol ReadySource: AnyObject {
    func ready(_ readiness: Readiness)
}

/// Who is told that a timer went off; called on the loop.
package protocol TimerTarget: AnyObject {
    func timerFired(_ id: TimerID)
}

/// One thread that waits for descriptors, timers and jobs, and is the executor of the actors that live on it.
///
/// A readable socket leads to the decision in the same call chain: whoever is called from `ready` may enter an
/// actor of this loop with `assumeIsolated`, without a hop. From other threads, `await` on such an actor
/// wakes the loop through an eventfd.
///
/// What holds at all times:
/// 1. Sources and timers are called on the loop's thread only, one after the other.
/// 2. A source that was removed is not called any more, even for what was reported in the same wait.
/// 3. Of jobs one batch runs per round, so that a task that yields again and again does not starve sockets.
///
/// The sources are confined to the thread; only jobs come from elsewhere. Hence `@unchecked Sendable`: every
/// confined property is touched behind `assertOnLoop` or by the thread itself.
package final class EventLoop: SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// Descriptors of one wait.
    private static let eventsMax = 128
    /// Bytes of one read from a socket: more than one record of TLS, few enough to be fair to other sockets.
    package static let scratchBytes = 64 << 10

    private struct Slot {
        var generation: UInt32 = 0
        var source: (any ReadySource)?
    }

    private struct Remote {
        var jobs: [UnownedJob] = []
        var calls: [@Sendable () -> Void] = []
        var isSignalled = false

        /// Whether the loop has still to be woken for what was added.
        mutating func signal() -> Bool {
            defer { isSignalled = true }
            return !isSignalled
        }
    }

    // Shared between threads.
    private let owner = Atomic<UInt>(0)
    private let isStopping = Atomic<Bool>(false)
    private let remote = Lock(Remote())
    private let wakeup: Descriptor

    // Confined to the loop's thread.
    private let epoll: Descriptor
    private let alarm: Descriptor
    private let events: UnsafeMutablePointer<epoll_event>
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    private var timers = TimerHeap<any TimerTarget>()
    private var armedFor = LoopTime.never
    private var jobs: [UnownedJob] = []
    /// The jobs of the present round; kept so that its memory is.
    private var batch: [UnownedJob] = []
    /// Whether something has come from other threads.
    private var isWoken = false
    /// Where sockets read into: shared by all connections of the loop, so that an idle one costs little.
    package let scratch: UnsafeMutableRawBufferPointer
    /// The time of the present wake-up.
    package private(set) var now = LoopTime.now

    package init() throws(SystemError) {
        epoll = Descriptor(try Self.opened(clinux_epoll_create(), "epoll_create"))
        wakeup = Descriptor(try Self.opened(clinux_eventfd(), "eventfd"))
        alarm = Descriptor(try Self.opened(clinux_timerfd(), "timerfd_create"))
        events = .allocate(capacity: Self.eventsMax)
        scratch = .allocate(byteCount: Self.scratchBytes, alignment: 64)
        try watch(wakeup.number, .input, token: Self.wakeupToken, EPOLL_CTL_ADD)
        try watch(alarm.number, .input, token: Self.alarmToken, EPOLL_CTL_ADD)
    }

    deinit {
        events.deallocate()
        scratch.deallocate()
    }

    private static func opened(_ number: Int32, _ call: String) throws(SystemError) -> Int32 {
        guard number >= 0 else { throw SystemError(call) }
        return number
    }

    package var isOnLoop: Bool { UInt(pthread_self()) == owner.load(ordering: .relaxed) }

    package func assertOnLoop() {
        precondition(isOnLoop, "connections are used on their loop's thread only")
    }
}

// MARK: - Running

extension EventLoop {
    /// Runs on a thread of its own until `stop`.
    package static func start(_ name: String) throws(SystemError) -> EventLoop {
        let loop = try EventLoop()
        // Owned before the thread runs, so that nobody finds the loop without one.
        let argument = Unmanaged.passRetained(loop)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            throw SystemError("pthread_create", code: result)
        }
        pthread_setname_np(thread, String(name.prefix(15)))
        pthread_detach(thread)
        return loop
    }

    /// Runs on the calling thread until `stop`.
    package func run() {
        let previous = owner.exchange(UInt(pthread_self()), ordering: .relaxed)
        precondition(previous == 0, "a loop runs on one thread")
        while !isStopping.load(ordering: .relaxed) {
            let count = epoll_wait(epoll.number, events, Int32(Self.eventsMax), jobs.isEmpty ? -1 : 0)
            // A signal's handler may have run; anything else is a broken loop.
            precondition(count >= 0 || errno == EINTR, "waiting for descriptors works")
            now = LoopTime.now
            if count > 0 {
                for index in 0..<Int(count) { deliver(events[index]) }
            }
            fireTimers()
            if isWoken { runRemote() }
            if !jobs.isEmpty { runJobs() }
            // Behind everything that may have set a timer: nothing else might wake the loop.
            armTimers()
        }
        owner.store(0, ordering: .relaxed)
    }

    /// Ends `run` after the present round. May be called on any thread.
    ///
    /// Jobs that come later never run: tasks that wait for an actor of this loop are to be ended before.
    package func stop() {
        isStopping.store(true, ordering: .relaxed)
        wake()
    }

    private func deliver(_ event: epoll_event) {
        switch event.data.u64 {
        case Self.wakeupToken:
            drain(wakeup.number)
            isWoken = true
        case Self.alarmToken:
            drain(alarm.number)
            armedFor = .never
        default:
            let (slot, generation) = Self.parts(event.data.u64)
            guard slots[slot].generation == generation, let source = slots[slot].source else { return }
            source.ready(Readiness(rawValue: event.events))
        }
    }

    private func drain(_ number: Int32) {
        var count: UInt64 = 0
        _ = read(number, &count, 8)
    }

    private func fireTimers() {
        // What is set meanwhile waits for the next round, so that who sets a timer in each call starves nobody.
        let round = timers.round
        while let (id, target) = timers.popDue(at: now, in: round) { target.timerFired(id) }
    }

    private func armTimers() {
        // An alarm that is set too early is left: most timers are cancelled, and each has a later deadline than
        // the one before it, so that now and then a wake-up for nothing saves two calls per request.
        guard timers.next < armedFor else { return }
        armedFor = timers.next
        // Zero would disarm; a deadline that has passed goes off at once.
        clinux_timerfd_arm(alarm.number, max(1, armedFor.nanoseconds))
    }
}

// MARK: - Jobs

extension EventLoop {
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOnLoop {
            jobs.append(job)
            return
        }
        let isFirst = remote.withLock { remote in
            remote.jobs.append(job)
            return remote.signal()
        }
        if isFirst { wake() }
    }

    /// Calls the body on the loop in its next round. May be called on any thread.
    package func submit(_ body: @escaping @Sendable () -> Void) {
        let isFirst = remote.withLock { remote in
            remote.calls.append(body)
            return remote.signal()
        }
        if isFirst { wake() }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func checkIsolated() { assertOnLoop() }

    package func isIsolatingCurrentContext() -> Bool? { isOnLoop }

    private func wake() {
        var one: UInt64 = 1
        _ = write(wakeup.number, &one, 8)
    }

    private func runRemote() {
        isWoken = false
        let calls = remote.withLock { remote in
            remote.isSignalled = false
            jobs += remote.jobs
            remote.jobs.removeAll(keepingCapacity: true)
            defer { remote.calls = [] }
            return remote.calls
        }
        for call in calls { call() }
    }

    private func runJobs() {
        // What these add runs in the next round.
        swap(&jobs, &batch)
        for index in batch.indices {
            batch[index].runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
        batch.removeAll(keepingCapacity: true)
    }
}

// MARK: - Sources and timers

extension EventLoop {
    /// A registered source.
    package struct SourceID: BitwiseCopyable, Hashable, Sendable {
        fileprivate var slot: Int
        fileprivate var generation: UInt32
    }

    private static let wakeupToken = UInt64.max
    private static let alarmToken = UInt64.max - 1

    private static func token(_ id: SourceID) -> UInt64 { UInt64(id.slot) << 32 | UInt64(id.generation) }

    private static func parts(_ token: UInt64) -> (slot: Int, generation: UInt32) {
        (Int(token >> 32), UInt32(truncatingIfNeeded: token))
    }

    /// Watches a descriptor; its owner removes the source before closing it.
    package func add(
        _ source: any ReadySource, _ descriptor: Int32, for readiness: Readiness
    ) throws(SystemError) -> SourceID {
        assertOnLoop()
        let slot: Int
        if let last = freeSlots.popLast() {
            slot = last
        } else {
            slot = slots.count
            slots.append(Slot())
        }
        let id = SourceID(slot: slot, generation: slots[slot].generation)
        do throws(SystemError) {
            try watch(descriptor, readiness, token: Self.token(id), EPOLL_CTL_ADD)
        } catch {
            freeSlots.append(slot)
            throw error
        }
        slots[slot].source = source
        return id
    }

    /// Changes what a source is called for.
    package func change(
        _ id: SourceID, _ descriptor: Int32, to readiness: Readiness
    ) {
        assertOnLoop()
        do throws(SystemError) {
            try watch(descriptor, readiness, token: Self.token(id), EPOLL_CTL_MOD)
        } catch {
            preconditionFailure("a watched descriptor can be changed: \(error)")
        }
    }

    package func remove(_ id: SourceID, _ descriptor: Int32) {
        assertOnLoop()
        guard slots[id.slot].generation == id.generation else { return }
        clinux_epoll_control(epoll.number, EPOLL_CTL_DEL, descriptor, 0, 0)
        slots[id.slot].generation &+= 1
        slots[id.slot].source = nil
        freeSlots.append(id.slot)
    }

    private func watch(
        _ number: Int32, _ readiness: Readiness, token: UInt64, _ operation: Int32
    ) throws(SystemError) {
        guard clinux_epoll_control(epoll.number, operation, number, readiness.rawValue, token) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    /// Calls the target once at or after the deadline, never in the present round. It is kept until then.
    package func setTimer(_ deadline: LoopTime, _ target: any TimerTarget) -> TimerID {
        assertOnLoop()
        // A deadline that has passed queues behind those that were set before.
        return timers.set(max(deadline, now), target)
    }

    package func cancelTimer(_ id: TimerID) {
        assertOnLoop()
        timers.cancel(id)
    }

    /// Sources that are watched and timers that are pending, for tests of leaks.
    package var load: (sources: Int, timers: Int) { (slots.count - freeSlots.count, timers.count) }
}
