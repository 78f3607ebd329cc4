/// Who the accounts are: their names, which are sub-accounts of which, and which are frozen.
struct FrontPeople {
    struct Row {
        var name: String
        var id: AccountID
        /// Nil for a main account.
        var main: AccountID?
        var isFrozen = false
        var permissions = ["PERPETUAL", "MARGIN", "AMM", "API"]
    }

    /// The venue's limit of sub-accounts of one main account.
    static let subAccountsMax = 20

    private(set) var rows: [Row] = []
    /// Where each account stands among the rows.
    private var places: [AccountID: Int] = [:]

    mutating func add(_ name: String, _ id: AccountID, main: AccountID?) {
        places[id] = rows.count
        rows.append(Row(name: name, id: id, main: main))
    }

    func row(_ id: AccountID) -> Row? { places[id].map { rows[$0] } }

    func isMain(_ id: AccountID) -> Bool { places[id].map { rows[$0].main == nil } ?? true }

    func isFrozen(_ id: AccountID) -> Bool { places[id].map { rows[$0].isFrozen } ?? false }

    /// The sub-accounts of a main account.
    func subAccounts(of main: AccountID) -> [Row] { rows.filter { $0.main == main } }

    func subAccount(_ name: String, of main: AccountID) -> Row? {
        rows.first { $0.main == main && $0.name == name }
    }

    mutating func change(_ id: AccountID, _ body: (inout Row) -> Void) {
        guard let index = places[id] else { return }
        body(&rows[index])
    }
}
