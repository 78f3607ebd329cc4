import Quantities

/// Where a run tells what it does: a terminal, a pipe, or a test.
public protocol RunConsole: AnyObject {
    /// A line that stays.
    func line(_ text: String)
    /// What is going on right now: replaced by the next one, on a terminal only.
    func status(_ text: String)
}

/// Tells nobody.
package final class SilentConsole: RunConsole {
    package init() {}
    package func line(_ text: String) {}
    package func status(_ text: String) {}
}
