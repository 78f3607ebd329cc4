import Exchange
import ExchangeServer

/// Shows a running exchange on a terminal, and takes what is typed there.
///
/// The exchange never waits for the terminal: see `ScreenDriver`.
package final class ExchangeTerminalViewer: ExchangeViewer {
    private let driver: ScreenDriver
    private var meter = ExchangeMeter()
    private var firstAccount = 0
    private var accountCount = 0
    package private(set) var wantsEnd = false

    /// Takes the terminal over; nil when it cannot be had.
    package init?(terminal: Int32, _ look: TerminalLook) {
        guard let driver = ScreenDriver(terminal: terminal, look) else { return nil }
        self.driver = driver
    }

    package func request() -> Range<Int>? {
        guard let look = driver.look() else { return nil }
        for key in look.keys {
            switch key {
            case .character("q"), .character("Q"): wantsEnd = true
            case .up, .backTab: firstAccount = max(0, firstAccount - 1)
            case .down, .tab: firstAccount = min(max(0, accountCount - 1), firstAccount + 1)
            case .left, .right, .escape, .redraw, .character: break
            }
        }
        guard driver.takesPicture() else { return nil }
        return firstAccount..<firstAccount + driver.size.rows
    }

    package func show(_ snapshot: ExchangeSnapshot) {
        meter.note(snapshot)
        accountCount = snapshot.overview.accountCount
        let picture = ExchangePicture(snapshot, meter, driver.glyphs, firstAccount: firstAccount)
        driver.show(picture.screen(driver.size))
    }

    package func close() { driver.close() }
}
