import Journal
import Locks
import Quantities
import TestSupport
import Testing

@testable import Runtime

@Suite(.ownThread, .timeLimit(.minutes(1)))
struct TapeFlushingTests {
    /// Counts flushes, the second of which may fail.
    private final class Disk: Sendable {
        private let count = Lock(0)
        let fails: Bool

        init(fails: Bool = false) { self.fails = fails }

        var flushes: Int { count.withLock { $0 } }

        func flush() throws(TapeError) {
            let number = count.withLock { count in
                count += 1
                return count
            }
            if fails, number == 2 { throw .synchronize(errno: 5) }
        }
    }

    private func flushing(_ disk: Disk) throws -> TapeFlushing {
        try TapeFlushing(every: .milliseconds(5)) { () throws(TapeError) in try disk.flush() }
    }

    @Test func `what is noted is flushed, and nothing without`() async throws {
        let disk = Disk()
        let flushing = try flushing(disk)
        for number in 1...3 {
            #expect(flushing.note() == nil)
            while disk.flushes < number { await Task.yield() }
        }
        flushing.end()
        // Three notes, three flushes: between them nothing was new.
        #expect(disk.flushes == 3)
    }

    @Test func `a flush that fails is told, and the last`() async throws {
        let disk = Disk(fails: true)
        let flushing = try flushing(disk)
        var failure: TapeError?
        while failure == nil {
            failure = flushing.note()
            await Task.yield()
        }
        #expect(failure == .synchronize(errno: 5))
        flushing.end()
        #expect(disk.flushes == 2)
    }

    @Test func `it ends at once, and twice`() throws {
        let flushing = try TapeFlushing(every: .minutes(60)) { () throws(TapeError) in }
        #expect(flushing.note() == nil)
        flushing.end()
        flushing.end()
        #expect(flushing.note() == nil)
    }

    @Test func `a tape that its thread cannot flush is broken`() async throws {
        let scratch = ScratchFolder()
        let writer = try TapeWriter(creating: scratch.file("tape"), metadata: [], policy: .process)
        var tape = TapeObserver(writer)
        try tape.startFlushing(every: .milliseconds(1)) { () throws(TapeError) in
            throw .synchronize(errno: 5)
        }
        var now = Instant(nanoseconds: 1)
        while !tape.isBroken {
            tape.willStop(at: now)
            now = now + .milliseconds(1)
            await Task.yield()
        }
        #expect(tape.failure as? TapeError == .synchronize(errno: 5))
    }
}
