/// Somebody who looks at a session while it runs: a live view on a terminal, or a test.
///
/// The session asks between events and while it waits; what the viewer says can change how fast market
/// time passes, and nothing that is decided.
package protocol SessionViewer: AnyObject {
    /// What it wants to see now, or nil. Asked up to many thousand times a second: has to be cheap.
    func request() -> SnapshotRequest?
    func show(_ snapshot: SessionSnapshot)
    var control: SessionControl { get }
}

/// What a viewer wants to see.
package struct SnapshotRequest: Equatable, Sendable {
    /// The market to show in depth, by its place in the session.
    package var market: Int
    /// Levels per side, at most `SessionSnapshot.levelsMax`.
    package var levels: Int

    package init(market: Int, levels: Int) {
        self.market = market
        self.levels = levels
    }
}

/// How a viewer wants market time to pass.
package struct SessionControl: Equatable, Sendable {
    package var isPaused = false
    /// Market seconds per second; nil is the session's own pace.
    package var speed: Double?

    package init() {}
}
