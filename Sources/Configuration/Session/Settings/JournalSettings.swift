import Quantities

/// What a session writes down, and where.
package struct JournalSettings: Equatable, Sendable {
    /// Where tapes, ledgers and summaries go, relative to the working directory.
    package var folder = "runs"
    package var hasTape = true
    package var hasLedger = true
    package var durability = Durability.process
    /// How long the session's lease may stand still until its guardian takes it; nil for no lease.
    package var lease: Interval?

    package static let leases = Interval.seconds(1)...Interval.minutes(60)

    package init() {}

    var effectiveLines: [String] {
        [
            "folder: \(EffectiveText.scalar(folder))", "tape: \(hasTape)", "ledger: \(hasLedger)",
            "durability: \(durability.rawValue)",
        ] + (lease.map { ["lease: \($0)"] } ?? [])
    }
}

/// What the tape outlives.
package enum Durability: String, CaseIterable, Sendable {
    /// The end of the process at any moment: written before it counts.
    case process
    /// The end of the machine's power too: on the disk before it counts.
    case power
}
