import Quantities

/// Lets a stream send its handshake byte by byte, as a slow way or a hostile peer would.
final class StreamDrip: TimerTarget {
    private weak var stream: Stream?
    private let loop: EventLoop
    private let pause: Interval
    private var timer: TimerID?

    /// - Parameter pause: between bytes.
    init(_ stream: Stream, every pause: Interval) {
        self.stream = stream
        loop = stream.loop
        self.pause = pause
    }

    /// Something waits to be sent.
    func begin() {
        guard timer == nil else { return }
        timer = loop.setTimer(loop.now + pause, self)
    }

    func end() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        if stream?.sendDrop() == true { begin() }
    }
}
