/// What a session writes down, and where.
package struct JournalSettings: Equatable, Sendable {
    /// Where tapes, ledgers and summaries go, relative to the working directory.
    package var folder = "runs"
    package var hasTape = true
    package var hasLedger = true
    package var durability = Durability.process

    package init() {}

    var effectiveLines: [String] {
        [
            "folder: \(EffectiveText.scalar(folder))", "tape: \(hasTape)", "ledger: \(hasLedger)",
            "durability: \(durability.rawValue)",
        ]
    }
}

/// What the tape outlives.
package enum Durability: String, CaseIterable, Sendable {
    /// The end of the process at any moment: written before it counts.
    case process
    /// The end of the machine's power too: on the disk before it counts.
    case power
}
