import Quantities
import Transport

/// Shows a running exchange to a viewer, a few times a second.
///
/// Confined to its loop.
final class ExchangeWatch: TimerTarget {
    private static let pause = Interval.milliseconds(25)

    private let loop: EventLoop
    private unowned let host: ExchangeHost
    private let viewer: any ExchangeViewer
    private let address: String
    private let end: () -> Void
    private var timer: TimerID?

    /// - Parameter end: called when somebody asks at the view that the exchange ends.
    init(
        _ loop: EventLoop, _ host: ExchangeHost, _ viewer: any ExchangeViewer, address: String,
        end: @escaping () -> Void
    ) {
        self.loop = loop
        self.host = host
        self.viewer = viewer
        self.address = address
        self.end = end
        arm()
    }

    /// Gives the terminal back.
    func close() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        viewer.close()
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        if let accounts = viewer.request() {
            viewer.show(host.snapshot(accounts: accounts, address: address))
        }
        // It may close us: nothing comes after it.
        if viewer.wantsEnd { end() } else { arm() }
    }

    private func arm() { timer = loop.setTimer(loop.now + Self.pause, self) }
}
