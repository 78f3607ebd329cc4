import Quantities

// Reading what others have written: which runs there are, and a ledger that is only looked at.

/// A run as the list of runs has it.
package struct RunListing: Equatable, Sendable {
    package var id: RunID
    /// The name of its folder; nil for a run of an earlier version.
    package var folder: String?
    package var startedAt: Instant
    package var mode: String
    package var isEnded: Bool
}

extension Ledger {
    /// All runs, the newest last.
    package func runs() throws(LedgerError) -> [RunListing] {
        let query = try prepare("SELECT id, folder, started_at, mode, ended_at FROM runs ORDER BY id")
        var runs: [RunListing] = []
        while try step(query) {
            runs.append(
                RunListing(
                    id: RunID(query.integer(0)), folder: query.isNull(1) ? nil : query.text(1),
                    startedAt: Instant(nanoseconds: query.integer(2)), mode: query.text(3),
                    isEnded: !query.isNull(4)))
        }
        return runs
    }

    /// The money that a run began with, in the order of the assets' names.
    package func openingBalances(of run: RunID) throws(LedgerError) -> [(asset: String, amount: Amount)] {
        let query = try prepare(
            "SELECT asset, amount FROM entries WHERE run = \(run.number) AND transaction_id GLOB 'capital *'"
                + " AND account = 'venue' ORDER BY asset")
        var balances: [(asset: String, amount: Amount)] = []
        while try step(query) {
            do throws(DecimalError) {
                balances.append((query.text(0), try Amount(query.text(1))))
            } catch {
                throw .unreadableAmount(column: "amount", text: query.text(1))
            }
        }
        return balances
    }
}
