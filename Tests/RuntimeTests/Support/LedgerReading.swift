import Journal
import Quantities

/// All that the ledger holds of a run.
struct LedgerReading {
    let record: RunRecord?
    private(set) var orders: [OrderRow] = []
    private(set) var fills: [FillRow] = []
    private(set) var balances: [BalanceRow] = []
    private(set) var equity: [EquityRow] = []
    private(set) var notes: [NoteRow] = []
    let trialBalance: [LedgerTransaction.Posting]

    init(_ path: String, run number: Int64) throws {
        let ledger = try Ledger(path: path)
        let run = RunID(number)
        record = try ledger.run(run)
        trialBalance = try ledger.trialBalance(of: run)
        var (orders, fills) = ([OrderRow](), [FillRow]())
        var (balances, equity, notes) = ([BalanceRow](), [EquityRow](), [NoteRow]())
        try ledger.forEach(OrderRow.self, of: run) { orders.append($0) }
        try ledger.forEach(FillRow.self, of: run) { fills.append($0) }
        try ledger.forEach(BalanceRow.self, of: run) { balances.append($0) }
        try ledger.forEach(EquityRow.self, of: run) { equity.append($0) }
        try ledger.forEach(NoteRow.self, of: run) { notes.append($0) }
        self.notes = notes
        self.orders = orders
        self.fills = fills
        self.balances = balances
        self.equity = equity
    }

    /// What the fills of a strategy add up to.
    func position(of strategy: String) -> Quantity {
        fills.filter { $0.strategy == strategy }
            .reduce(.zero) { $0 + ($1.side == "buy" ? $1.quantity : -$1.quantity) }
    }

    /// What an account holds of an asset; zero when it has no entries.
    func balance(_ account: String, _ asset: String) -> Amount {
        trialBalance.first { $0.account == account && $0.asset == asset }?.amount ?? .zero
    }

    /// The last word on a balance.
    func lastBalance(_ asset: String) -> BalanceRow? {
        balances.filter { $0.asset == asset }.max { $0.at < $1.at }
    }
}
