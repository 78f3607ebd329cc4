/// An account of the exchange: a row of its ledger.
package struct AccountID: BitwiseCopyable, Comparable, Hashable, Sendable {
    package var index: UInt32

    package init(_ index: Int) { self.index = UInt32(index) }

    /// Everybody who trades and is no client: the crowds of all markets.
    package static var flow: AccountID { AccountID(0) }
    /// The world outside: what it owes is what the clients brought in.
    package static var outside: AccountID { AccountID(1) }
    /// What the exchange has earned.
    package static var fees: AccountID { AccountID(2) }
    /// Clients stand from here on.
    package static var firstClient: AccountID { AccountID(3) }

    package var isClient: Bool { self >= .firstClient }

    package static func < (a: AccountID, b: AccountID) -> Bool { a.index < b.index }
}
