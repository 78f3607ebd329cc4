import Configuration
import Quantities
import StrategyKit
import TradingCore

extension SessionRun {
    /// How long the session sleeps at most while somebody looks at it.
    private static var napMax: Interval { .milliseconds(25) }

    /// Shows the session to its viewer, and waits until it is time for a moment of the market.
    ///
    /// It waits for longer while the viewer holds time; then the pace starts anew from this moment.
    func attend(
        _ viewer: any SessionViewer, _ desk: borrowing Desk, _ floor: borrowing TradingFloor, at now: Instant
    ) {
        show(viewer, desk, floor, at: now)
        var isHeld = false
        while !isInterrupted(), !isHaltPending {
            let control = viewer.control
            if control.isPaused {
                isHeld = true
            } else if isHeld {
                isHeld = false
                pace.restart(at: now)
            }
            if let speed = control.speed, pace.speed != nil, pace.speed != speed {
                pace.change(to: speed, at: now)
            }
            let left = isHeld ? Self.napMax : pace.left(until: now)
            if left <= .zero { return }
            pace.nap(min(left, Self.napMax))
            show(viewer, desk, floor, at: now)
        }
    }

    private func show(
        _ viewer: any SessionViewer, _ desk: borrowing Desk, _ floor: borrowing TradingFloor, at now: Instant
    ) {
        guard let news, let request = viewer.request() else { return }
        let progress = SessionSnapshot.Progress(
            now: now, start: input.start, end: input.end, wallTime: pace.elapsed, speed: pace.speed,
            isPaused: viewer.control.isPaused, events: eventCount, decisions: floor.chain.count)
        viewer.show(SessionSnapshot(request, parts, progress, news, recorder.curve, desk, floor))
    }
}
