import CoinExVenue
import Quantities
import Signing
import WireCodecs

/// A key that requests are signed with.
package struct FrontKey: Sendable {
    package var accessID: String
    package var secret: Secret
    /// The same as text, for the replies that tell it: this exchange's keys protect nothing.
    package var secretText: String
    /// Whose it is.
    package var account: AccountID
    package var mayTrade = true
    package var mayWithdraw = false
    /// IPv4 addresses as numbers; empty is every address.
    package var addresses: [String] = []
    /// Nil is never.
    package var expiresAt: Instant?
    /// The venue's number of the key.
    package var id: Int64 = 0
    package var remark = ""
    package var createdAt = Instant.distantPast

    package init(_ accessID: String, secret: String, account: AccountID) {
        self.accessID = accessID
        self.secret = Secret(secret)
        secretText = secret
        self.account = account
    }
}

/// All keys, found by their access id.
struct FrontKeys {
    static let countMax = 4_096

    private(set) var rows: [FrontKey] = []
    private var index = NameIndex([])
    private var lastID: Int64 = 0

    /// Lent, not copied: a key has several texts.
    subscript(row: Int) -> FrontKey {
        _read { yield rows[row] }
    }

    func find(_ accessID: UnsafeBufferPointer<UInt8>) -> Int? { index.number(of: accessID) }

    /// Adds a key and returns its number; nil when there are too many or the access id is taken.
    mutating func add(_ key: FrontKey) -> Int64? {
        guard rows.count < Self.countMax, !rows.contains(where: { $0.accessID == key.accessID }) else {
            return nil
        }
        var key = key
        lastID += 1
        key.id = lastID
        rows.append(key)
        rebuild()
        return lastID
    }

    mutating func change(_ id: Int64, _ body: (inout FrontKey) -> Void) -> Bool {
        guard let row = rows.firstIndex(where: { $0.id == id }) else { return false }
        body(&rows[row])
        return true
    }

    mutating func remove(_ id: Int64) -> Bool {
        guard let row = rows.firstIndex(where: { $0.id == id }) else { return false }
        rows.remove(at: row)
        rebuild()
        return true
    }

    func key(_ id: Int64) -> FrontKey? { rows.first { $0.id == id } }

    private mutating func rebuild() { index = NameIndex(rows.map(\.accessID)) }
}
