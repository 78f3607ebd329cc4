import Quantities

/// A run of the program: what it was started with and how it ended.
package struct RunRecord: Equatable, Sendable {
    package var startedAt: Instant
    package var mode: String
    /// The whole configuration, without secrets.
    package var configText: String
    package var configHash: String
    package var seed: UInt64
    /// The name of the run's folder beside the ledger; nil for a run of an earlier version.
    package var folder: String?
    /// Nil while it runs, and after a crash.
    package var ending: Ending?

    package struct Ending: Equatable, Sendable {
        package var at: Instant
        package var outcome: String
        package var decisions: Int64
        /// Over all decisions, in order: equal runs have equal hashes.
        package var decisionHash: UInt64

        package init(at: Instant, outcome: String, decisions: Int64, decisionHash: UInt64) {
            self.at = at
            self.outcome = outcome
            self.decisions = decisions
            self.decisionHash = decisionHash
        }
    }

    package init(
        startedAt: Instant, mode: String, configText: String, configHash: String, seed: UInt64,
        folder: String? = nil
    ) {
        self.startedAt = startedAt
        self.mode = mode
        self.configText = configText
        self.configHash = configHash
        self.seed = seed
        self.folder = folder
    }
}

/// Facts of a run that belong into the ledger together: all of them, or none.
package struct LedgerBatch: Sendable {
    package var orders: [OrderRow] = []
    package var fills: [FillRow] = []
    package var transactions: [LedgerTransaction] = []
    package var balances: [BalanceRow] = []
    package var equity: [EquityRow] = []
    package var markets: [MarketRow] = []
    package var prices: [PriceRow] = []
    package var fillMids: [FillMidRow] = []
    package var notes: [NoteRow] = []

    package init() {}
}
