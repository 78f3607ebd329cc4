import Quantities

/// How much of the position nothing protects, since when, and whether that was told.
struct ProtectionGap: Sendable {
    /// What has to be told.
    enum News: Equatable, Sendable {
        case none
        case opened(Quantity)
        /// After it was told; with how long it lasted, in whole milliseconds.
        case closed(Interval)
    }

    private(set) var quantity = Quantity.zero
    private var since = Instant.distantPast
    /// The largest gap that was told since protection was whole; zero when none was.
    private var told = Quantity.zero

    var isOpen: Bool { quantity.isPositive }

    /// When the gap has to be told; nil when there is none, or when that was done.
    func dueAt(_ patience: Interval) -> Instant? {
        isOpen && quantity > told ? since + patience : nil
    }

    /// Notes how much is unprotected now; says what has to be told about it.
    ///
    /// A gap is told when it has lasted for `patience`, and again when it becomes larger. One that was told is
    /// over when the venue has confirmed the order that closes it, or when nothing is held any more: an order
    /// on its way may be refused like the one before it.
    mutating func observe(_ sight: Sight, at now: Instant, patience: Interval) -> News {
        let exposed = sight.exposed
        guard exposed.isPositive else {
            if told.isPositive, sight.held.isPositive, sight.confirmed < sight.held { return .none }
            let milliseconds = (now - since).nanoseconds / 1_000_000
            let wasTold = told.isPositive && sight.held.isPositive
            self = ProtectionGap()
            return wasTold ? .closed(.milliseconds(milliseconds)) : .none
        }
        if quantity.isZero { since = now }
        quantity = exposed
        guard exposed > told, now - since >= patience else { return .none }
        told = exposed
        return .opened(exposed)
    }
}
