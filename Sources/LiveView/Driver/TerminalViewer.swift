import Glibc
import Quantities
import Runtime

/// Shows a running session on a terminal, and takes what is typed there.
///
/// It draws about ten times a second, and at once after a key. A terminal that does not take a picture in time
/// misses the next ones: the session never waits for it.
package final class TerminalViewer: SessionViewer {
    private var state = ViewState()
    private var meter = RateMeter()
    private var keys = KeyReader()
    private var writer: ScreenWriter
    private let glyphs: Glyphs
    private let end: () -> Void
    private var session: SessionSnapshot?
    /// The rest of a picture that the terminal has not taken yet.
    private var unsent: ArraySlice<UInt8> = []
    private var size = SessionPicture.smallest
    private var nextLook: Int64 = 0
    private var nextPicture: Int64 = 0
    /// The program was stopped and goes on: time is held once, so that the market does not catch up.
    private var wasStopped = false
    private var hasEnded = false

    private static let lookPause: Int64 = 20_000_000
    private static let picturePause: Int64 = 100_000_000

    /// Takes the terminal over; nil when it cannot be had.
    ///
    /// - Parameter end: called once when somebody asks at the view that the session ends.
    package init?(terminal: Int32, _ look: TerminalLook, end: @escaping () -> Void) {
        guard ScreenLease.take(terminal: terminal) else { return nil }
        writer = ScreenWriter(look.palette)
        glyphs = look.glyphs
        self.end = end
    }

    /// Gives the terminal back; returns what should not be lost with the picture: the warnings and alarms of
    /// the session that were still on it, oldest first.
    package func close() -> [String] {
        fflush(nil)
        ScreenLease.giveBack()
        let messages = session?.messages ?? []
        return messages.filter { $0.urgency != .note }.map {
            "\(TimeText.clock($0.at)) \(glyphs.clean($0.text))"
        }
    }

    package var control: SessionControl {
        var control = SessionControl()
        control.isPaused = state.isPaused || wasStopped
        control.speed = state.speed
        return control
    }

    package func request() -> SnapshotRequest? {
        let now = Self.now()
        guard now >= nextLook else { return nil }
        nextLook = now + Self.lookPause
        wasStopped = false
        var isDue = now >= nextPicture
        let typed = ScreenLease.typed()
        for key in typed.isEmpty ? keys.rest() : keys.keys(typed) {
            if key == .redraw { writer.forget() }
            state.take(key, session)
            isDue = true
        }
        if state.wantsEnd, !hasEnded {
            hasEnded = true
            end()
        }
        if ScreenLease.takeSpoilt() {
            writer.forget()
            unsent = []
            wasStopped = session != nil
            isDue = true
        }
        if let size = ScreenLease.size, size != self.size {
            self.size = size
            isDue = true
        }
        guard isDue, flush() else { return nil }
        nextPicture = now + Self.picturePause
        return SnapshotRequest(market: state.market, levels: SessionPicture.levels(size))
    }

    package func show(_ snapshot: SessionSnapshot) {
        meter.note(snapshot)
        session = snapshot
        unsent = writer.bytes(for: SessionPicture(snapshot, state, meter, glyphs).screen(size))[...]
        _ = flush()
        ScreenLease.boundKept()
    }

    /// Sends what waits; false when the terminal has not taken it all.
    private func flush() -> Bool {
        while !unsent.isEmpty {
            guard let count = ScreenLease.write(unsent) else {
                unsent = []
                return false
            }
            if count == 0 { return false }
            unsent = unsent.dropFirst(count)
        }
        return true
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
