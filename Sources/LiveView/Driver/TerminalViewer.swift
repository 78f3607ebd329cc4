import Quantities
import Runtime

/// Shows a running session on a terminal, and takes what is typed there.
///
/// The session never waits for the terminal: see `ScreenDriver`.
package final class TerminalViewer: SessionViewer {
    private var state = ViewState()
    private var meter = RateMeter()
    private let driver: ScreenDriver
    private let end: () -> Void
    private var session: SessionSnapshot?
    /// The program was stopped and goes on: time is held once, so that the market does not catch up.
    private var wasStopped = false
    private var hasEnded = false

    /// Takes the terminal over; nil when it cannot be had.
    ///
    /// - Parameter end: called once when somebody asks at the view that the session ends.
    package init?(terminal: Int32, _ look: TerminalLook, end: @escaping () -> Void) {
        guard let driver = ScreenDriver(terminal: terminal, look) else { return nil }
        self.driver = driver
        self.end = end
    }

    /// Gives the terminal back; returns what should not be lost with the picture: the warnings and alarms of
    /// the session that were still on it, oldest first.
    package func close() -> [String] {
        driver.close()
        let messages = session?.messages ?? []
        return messages.filter { $0.urgency != .note }.map {
            "\(TimeText.clock($0.at)) \(driver.glyphs.clean($0.text))"
        }
    }

    package var control: SessionControl {
        var control = SessionControl()
        control.isPaused = state.isPaused || wasStopped
        control.speed = state.speed
        return control
    }

    package func request() -> SnapshotRequest? {
        guard let look = driver.look() else { return nil }
        for key in look.keys { state.take(key, session) }
        wasStopped = look.isSpoilt && session != nil
        if state.wantsEnd, !hasEnded {
            hasEnded = true
            end()
        }
        guard driver.takesPicture() else { return nil }
        return SnapshotRequest(market: state.market, levels: SessionPicture.levels(driver.size))
    }

    package func show(_ snapshot: SessionSnapshot) {
        meter.note(snapshot)
        session = snapshot
        driver.show(SessionPicture(snapshot, state, meter, driver.glyphs).screen(driver.size))
    }
}
