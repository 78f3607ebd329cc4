import Locks
import Quantities
import Transport
import WireCodecs

/// Waits in a test's task for something that happens on a loop.
final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiter: CheckedContinuation<Value, Never>?
    }

    private let state = Lock(State())

    /// The first value counts.
    func send(_ value: Value) {
        let waiter = state.withLock { state in
            guard let waiter = state.waiter else {
                if state.value == nil { state.value = value }
                return nil as CheckedContinuation<Value, Never>?
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: value)
    }

    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state in
                    if state.value == nil { state.waiter = continuation }
                    defer { state.value = nil }
                    return state.value
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }
}

/// Sends back what comes.
final class EchoHandler: StreamHandler {
    private(set) var ends: [StreamEnd] = []

    func streamDidOpen(_ stream: Stream) {}

    func stream(_ stream: Stream, didReceive input: inout WireBuffer) {
        stream.write(input.bytes)
        input.removeAll()
        stream.flush()
    }

    func streamDidDrain(_ stream: Stream) {}
    func stream(_ stream: Stream, didEnd end: StreamEnd) { ends.append(end) }
}

/// Sends a message when the connection is open, gathers what comes back, and reports.
final class AskingHandler: StreamHandler {
    private let message: [UInt8]
    private var answer: [UInt8] = []
    private let done: Signal<Result<[UInt8], StreamEnd>>

    init(_ message: [UInt8], _ done: Signal<Result<[UInt8], StreamEnd>>) {
        self.message = message
        self.done = done
    }

    func streamDidOpen(_ stream: Stream) {
        message.withUnsafeBytes { stream.write($0) }
        stream.flush()
    }

    func stream(_ stream: Stream, didReceive input: inout WireBuffer) {
        answer += Array(input.bytes)
        input.removeAll()
        guard answer.count == message.count else { return }
        stream.finish()
        done.send(.success(answer))
    }

    func streamDidDrain(_ stream: Stream) {}
    func stream(_ stream: Stream, didEnd end: StreamEnd) { done.send(.failure(end)) }
}
