import Glibc
import Quantities
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// The loop as an executor, its timers and its signals.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct EventLoopTests {
    /// Lives on a loop.
    private actor Counter {
        nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
        private(set) var count = 0

        init(_ loop: EventLoop) { self.loop = loop }

        /// Whether the call was on the loop's thread.
        func add() -> Bool {
            count += 1
            return loop.isOnLoop
        }

        /// Goes to another executor and comes back.
        func addAround() async -> Bool {
            await Task.yield()
            count += 1
            return loop.isOnLoop
        }
    }

    @Test func `an actor of the loop runs on its thread, wherever it is called from`() async throws {
        let stage = try Stage()
        let counter = Counter(stage.loop)
        #expect(!stage.loop.isOnLoop)
        #expect(await counter.add())
        #expect(await counter.addAround())
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<1_000 {
                group.addTask { index.isMultiple(of: 2) ? await counter.add() : await counter.addAround() }
            }
            for await isOnLoop in group { #expect(isOnLoop) }
        }
        #expect(await counter.count == 1_002)
    }

    @Test func `a call on the loop enters the actor without waiting`() async throws {
        let stage = try Stage()
        let counter = Counter(stage.loop)
        let isOnLoop = await stage.on { counter.assumeIsolated { $0.add() } }
        #expect(isOnLoop)
        #expect(await counter.count == 1)
    }

    @Test func `a task that prefers the loop stays on it`() async throws {
        let stage = try Stage()
        let loop = stage.loop
        let counter = Counter(loop)
        let places = await Task(executorPreference: loop) {
            var places = [loop.isOnLoop]
            places.append(await counter.add())
            places.append(loop.isOnLoop)
            await Task.yield()
            places.append(loop.isOnLoop)
            return places
        }.value
        #expect(places == [true, true, true, true])
    }

    @Test func `a task that yields again and again does not keep others waiting`() async throws {
        let stage = try Stage()
        let loop = stage.loop
        let isDone = Atomic(false)
        let hasYielded = Atomic(false)
        async let yields: Void = Task(executorPreference: loop) {
            while !isDone.load(ordering: .relaxed) {
                await Task.yield()
                hasYielded.store(true, ordering: .relaxed)
            }
        }.value
        while !hasYielded.load(ordering: .relaxed) { await stage.settle() }
        // Sockets, timers and calls all go on beside it.
        let server = await stage.serve { $0.onReceive = { $0.say("answer") } }
        let client = await stage.connect(await stage.on { server.port }) { $0.onOpen = { $0.say("ask") } }
        await stage.when(client) { client.text == "answer" }
        isDone.store(true, ordering: .relaxed)
        await yields
        #expect(await stage.on { client.text } == "answer")
    }

    // MARK: Timers

    private final class Alarm: Watched, TimerTarget, @unchecked Sendable {
        var fired: [TimerID] = []
        var early = 0
        var deadlines: [TimerID: LoopTime] = [:]
        var onFire: ((TimerID) -> Void)?

        func timerFired(_ id: TimerID) {
            fired.append(id)
            if let deadline = deadlines[id], LoopTime.now < deadline { early += 1 }
            onFire?(id)
            changed()
        }
    }

    @Test func `ten thousand timers go off in order, none early, those that were cancelled never`()
        async throws
    {
        let stage = try Stage()
        let loop = stage.loop
        let alarm = await stage.on {
            let alarm = Alarm()
            for index in 0..<10_000 {
                // In an order that is not that of the deadlines.
                let deadline = loop.now + Interval.microseconds(Int64(index &* 7_919 % 10_000) * 2)
                let id = loop.setTimer(deadline, alarm)
                if index % 3 == 0 { loop.cancelTimer(id) } else { alarm.deadlines[id] = deadline }
            }
            return alarm
        }
        await stage.when(alarm) { alarm.fired.count == alarm.deadlines.count }
        await stage.on {
            #expect(alarm.fired.count == 6_666)
            #expect(alarm.early == 0)
            let order = alarm.fired.compactMap { alarm.deadlines[$0] }
            #expect(order == order.sorted())
            #expect(loop.load == (0, 0))
        }
    }

    @Test func `a timer that is set by a submitted call goes off though nothing else wakes the loop`()
        async throws
    {
        let stage = try Stage()
        let loop = stage.loop
        await withCheckedContinuation { continuation in
            loop.submit {
                let alarm = Alarm()
                alarm.onFire = { _ in continuation.resume() }
                _ = loop.setTimer(LoopTime.now + .milliseconds(20), alarm)
            }
        }
    }

    @Test func `a timer that sets itself at once again does not keep others waiting`() async throws {
        let stage = try Stage()
        let loop = stage.loop
        let (again, once) = await stage.on {
            let (again, once) = (Alarm(), Alarm())
            // Even with a deadline that has passed.
            again.onFire = { [unowned again] _ in
                if again.fired.count < 1_000 {
                    _ = loop.setTimer(LoopTime(nanoseconds: 1), again)
                }
            }
            once.onFire = { [unowned once] _ in once.early = again.fired.count }
            _ = loop.setTimer(loop.now, again)
            _ = loop.setTimer(loop.now + .nanoseconds(1), once)
            return (again, once)
        }
        await stage.when(once) { once.fired.count == 1 }
        await stage.on { #expect(once.early < 1_000, "it had its turn before the other was done") }
        await stage.when(again) { again.fired.count == 1_000 }
    }

    // MARK: Signals

    private final class Heard: Watched, @unchecked Sendable {
        var numbers: [Int32] = []
        var source: SignalSource?
    }

    @Test func `signals arrive on the loop, and end with their source`() async throws {
        let stage = try Stage()
        let loop = stage.loop
        // Real-time signals, which nobody else uses, and which are told one by one.
        let (first, second) = (firstRealTimeSignal + 5, firstRealTimeSignal + 6)
        let heard = await stage.on {
            let heard = Heard()
            heard.source = try! SignalSource(loop, [first, second]) {
                loop.assertOnLoop()
                heard.numbers.append($0)
                heard.changed()
            }
            return heard
        }
        for _ in 0..<3 { kill(getpid(), first) }
        await stage.when(heard) { heard.numbers.count == 3 }
        kill(getpid(), second)
        await stage.when(heard) { heard.numbers == [first, first, first, second] }
        await stage.on {
            heard.source?.close()
            heard.source?.close()
            #expect(loop.load == (0, 0))
            // Another source may follow.
            heard.source = try! SignalSource(loop, [first]) { _ in heard.changed() }
            heard.source?.close()
        }
        var action = sigaction()
        sigaction(first, nil, &action)
        #expect(action.__sigaction_handler.sa_handler == nil, "as it was before: the system's own way")
    }

    @Test func `a loop that is stopped ends`() async throws {
        let loop = try EventLoop()
        loop.submit { loop.stop() }
        // Returns, because it has been stopped.
        await Task.detached { loop.run() }.value
        #expect(!loop.isOnLoop)
    }
}

/// The first that the system's library leaves to programs.
private let firstRealTimeSignal: Int32 = 34
