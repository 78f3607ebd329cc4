import CLinux
import Glibc
import Synchronization

/// Delivers signals of the system as calls on a loop.
///
/// A handler that interrupts whatever runs may do next to nothing, so it writes the signal's number into a pipe
/// that the loop watches. This works with threads that exist already, which signalfd does not: there every
/// thread would have to block the signal from its beginning.
///
/// A signal has one source at a time. `close` puts back what was done with it before. Confined to its loop.
package final class SignalSource: ReadySource {
    private let loop: EventLoop
    private let signals: [Int32]
    private let readEnd: Descriptor
    private let writeEnd: Descriptor
    private var before: [sigaction] = []
    private var source: EventLoop.SourceID?
    private var received: ((Int32) -> Void)?

    /// - Parameters:
    ///   - signals: such as `SIGTERM` and `SIGINT`; none may have a source yet.
    ///   - received: called on the loop with the number of each signal. Signals that come faster than the loop
    ///     takes them may be told once for several, as the system does too.
    package init(
        _ loop: EventLoop, _ signals: [Int32], _ received: @escaping (Int32) -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.signals = signals
        self.received = received
        var ends: [Int32] = [-1, -1]
        guard clinux_pipe(&ends) == 0 else { throw SystemError("pipe") }
        readEnd = Descriptor(ends[0])
        writeEnd = Descriptor(ends[1])
        source = try loop.add(self, readEnd.number, for: .input)
        for number in signals {
            precondition((1...SignalPipes.last).contains(Int(number)), "\(number) is the number of a signal")
            precondition(SignalPipes.claim(number, writeEnd.number), "signal \(number) has a source already")
            var action = sigaction()
            action.__sigaction_handler.sa_handler = SignalPipes.handler
            // Calls of the system that it interrupts begin again.
            action.sa_flags = SA_RESTART
            sigemptyset(&action.sa_mask)
            var previous = sigaction()
            sigaction(number, &action, &previous)
            before.append(previous)
        }
    }

    package func ready(_ readiness: Readiness) {
        // As many as are told in one wake-up; the loop calls again for more.
        var numbers = [UInt8](repeating: 0, count: 64)
        let count = read(readEnd.number, &numbers, numbers.count)
        guard count > 0 else { return }
        for number in numbers[..<count] { received?(Int32(number)) }
    }

    /// Delivers nothing more.
    package func close() {
        loop.assertOnLoop()
        guard let source else { return }
        self.source = nil
        for (number, action) in zip(signals, before) {
            var action = action
            sigaction(number, &action, nil)
            SignalPipes.release(number)
        }
        loop.remove(source, readEnd.number)
        received = nil
    }
}

/// Which pipe takes which signal: read by a handler, which may interrupt anything.
private enum SignalPipes {
    static let last = 64

    /// By the signal's number; 0 is none, otherwise the pipe's number and one.
    ///
    /// Never freed, because a handler may run at any time; atomic, because it may run on any thread.
    private nonisolated(unsafe) static let pipes: UnsafeMutablePointer<Atomic<Int32>> = {
        let memory = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: last + 1)
        for index in 0...last { (memory + index).initialize(to: Atomic(0)) }
        return memory
    }()

    static func claim(_ number: Int32, _ pipe: Int32) -> Bool {
        pipes[Int(number)].compareExchange(
            expected: 0, desired: pipe + 1, ordering: .sequentiallyConsistent
        ).exchanged
    }

    static func release(_ number: Int32) { pipes[Int(number)].store(0, ordering: .sequentiallyConsistent) }

    /// Allocates nothing and takes no lock: the table is there before any handler is.
    static let handler: @convention(c) (Int32) -> Void = { number in
        let pipe = SignalPipes.pipes[Int(number)].load(ordering: .sequentiallyConsistent) - 1
        guard pipe >= 0 else { return }
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(pipe, &byte, 1)
        errno = code
    }
}
