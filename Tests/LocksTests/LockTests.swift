import Glibc
import Locks
import Synchronization
import Testing

@Suite struct LockTests {
    @Test func `a body has the value to itself`() {
        let shared = Shared()
        let threads = (0..<4).map { _ in Self.thread(shared) }
        for thread in threads { pthread_join(thread, nil) }
        let found = shared.lock.withLock { $0 }
        #expect(found.turns == 4 * Shared.turnsEach)
        #expect(found.overlaps == 0)
    }

    @Test func `an error of the body leaves the lock open`() throws {
        struct Full: Error {}
        let lock = Lock(1)
        #expect(throws: Full.self) {
            try lock.withLock { (value: inout Int) throws(Full) in
                value = 2
                throw Full()
            }
        }
        #expect(lock.withLock { $0 } == 2)
    }

    @Test func `the value ends with the lock`() {
        final class Guest: Sendable {
            let ended: Ended
            init(_ ended: Ended) { self.ended = ended }
            deinit { ended.flag.store(true, ordering: .releasing) }
        }
        final class Ended: Sendable {
            let flag = Atomic(false)
            var isSet: Bool { flag.load(ordering: .acquiring) }
        }
        let ended = Ended()
        do {
            let lock = Lock(Guest(ended))
            #expect(!lock.withLock { $0.ended.isSet })
        }
        #expect(ended.isSet)
    }

    private final class Shared: Sendable {
        static let turnsEach = 20_000

        struct State {
            var isInside = false
            var turns = 0
            var overlaps = 0
        }

        let lock = Lock(State())
    }

    private static func thread(_ shared: Shared) -> pthread_t {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(shared).toOpaque()
        pthread_create(
            &thread, nil,
            { argument in
                let shared = Unmanaged<Shared>.fromOpaque(argument!).takeRetainedValue()
                for _ in 0..<Shared.turnsEach {
                    shared.lock.withLock { state in
                        if state.isInside { state.overlaps += 1 }
                        state.isInside = true
                        state.turns += 1
                        state.isInside = false
                    }
                }
                return nil
            }, argument)
        return thread
    }
}
