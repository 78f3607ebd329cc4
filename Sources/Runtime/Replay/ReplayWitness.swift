import StrategyKit
import TradingCore

/// Looks on while a session is replayed: how what is not on the tape is found again.
///
/// Verdicts, reasons and the moments in which a strategy asked are not recorded. They follow from the inputs
/// that are, so a replay has them all.
public protocol ReplayWitness: AnyObject {
    /// After an entry was fed, before the dispatches that came of it are taken from `floor.outbox`.
    ///
    /// - `floor.told`, `floor.alerts` and `desk.notices` hold what has gathered since the witness emptied them;
    ///   nobody else does.
    /// - Parameter number: of the entry on the tape, from 1.
    func see(_ entry: SessionEntry, number: UInt64, _ desk: inout Desk, _ floor: inout TradingFloor)
}
