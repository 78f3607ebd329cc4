import Quantities

/// Decides when faults strike: given occasions and times, it says which of them goes wrong.
///
/// Every fault draws from a sequence of its own, so that one can be left out and those before it strike as before.
/// The same seed, faults and occasions give the same strokes.
package struct FaultScript: Sendable {
    /// More are refused; those that have ended make room for new ones.
    package static let faultsMax = 64

    private struct Row: Sendable {
        var fault: ExchangeFault
        var startsAt: Instant
        /// `distantFuture` without an end.
        var endsAt: Instant
        /// No stroke before.
        var nextAt: Instant
        var random: SeededRandom
        var strokes = 0
    }

    /// What is decided upon.
    struct Occasion {
        /// The name of the account that it belongs to; nil where nobody has signed.
        var account: String?
        var push: FrontFamily?
        var now: Instant
    }

    private let seed: SeededRandom
    private var rows: [Row] = []
    private var kinds: UInt64 = 0
    private var lastNumber: UInt64 = 0
    /// By kind, of those that were removed too.
    private var totals = Array(repeating: 0, count: ExchangeFaultKind.allCases.count)

    package init(seed: UInt64) { self.seed = SeededRandom(seed: seed) }

    package var isEmpty: Bool { rows.isEmpty }
    package var faults: [ExchangeFault] { rows.map(\.fault) }

    /// How often each kind has struck, of those that have.
    package var counts: [(kind: ExchangeFaultKind, count: Int)] {
        ExchangeFaultKind.allCases.compactMap { kind in
            let count = totals[kind.number]
            return count > 0 ? (kind, count) : nil
        }
    }

    /// Faults with the number of their strokes, in the order of their setting.
    package var strokes: [(fault: ExchangeFault, count: Int)] { rows.map { ($0.fault, $0.strokes) } }

    /// The same, for a person who watches.
    func overview(at now: Instant) -> [FrontOverview.Fault] {
        rows.map { row in
            FrontOverview.Fault(
                text: row.fault.text, strokes: row.strokes,
                isActive: row.startsAt <= now && now < row.endsAt)
        }
    }

    /// Sets a fault; its times count from `now`. False when there are too many.
    package mutating func add(_ fault: ExchangeFault, at now: Instant) -> Bool {
        guard makeRoom(for: 1, at: now) else { return false }
        lastNumber += 1
        let start = now + fault.from
        rows.append(
            Row(
                fault: fault, startsAt: start, endsAt: fault.until.map { now + $0 } ?? .distantFuture,
                nextAt: start, random: seed.stream(lastNumber)))
        noteKinds()
        return true
    }

    /// Lets as many of those that have ended go as have to, the oldest first; false when there is no room even so.
    mutating func makeRoom(for count: Int, at now: Instant) -> Bool {
        while rows.count + count > Self.faultsMax {
            guard let ended = rows.firstIndex(where: { $0.endsAt <= now }) else { return false }
            rows.remove(at: ended)
        }
        noteKinds()
        return true
    }

    /// Takes all faults away; what they have done is still counted.
    package mutating func removeAll() {
        rows = []
        noteKinds()
    }

    private mutating func noteKinds() {
        kinds = rows.reduce(into: 0) { $0 |= 1 << UInt64($1.fault.kind.number) }
    }

    /// Whether there is any fault of a kind, at whatever time.
    func has(_ kind: ExchangeFaultKind) -> Bool { kinds & 1 << UInt64(kind.number) != 0 }

    /// Whether a fault of this kind strikes; if several would, the first.
    ///
    /// - Parameter isAbout: whether the occasion is about the market of this name.
    mutating func strike(
        _ kind: ExchangeFaultKind, _ occasion: Occasion, isAbout: (String) -> Bool = { _ in false }
    ) -> ExchangeFault? {
        guard has(kind) else { return nil }
        for index in rows.indices where rows[index].fault.kind == kind {
            let fault = rows[index].fault
            guard rows[index].startsAt <= occasion.now, occasion.now < rows[index].endsAt,
                rows[index].nextAt <= occasion.now
            else { continue }
            if let account = fault.account, account != occasion.account { continue }
            if let push = fault.push, push != occasion.push { continue }
            if let market = fault.market, !isAbout(market) { continue }
            guard fault.probability >= 1 || rows[index].random.chance(fault.probability) else { continue }
            if let every = fault.every { rows[index].nextAt = occasion.now + every }
            note(index)
            return fault
        }
        return nil
    }

    /// The fault of a lasting kind that holds at a time, counted as a stroke.
    mutating func strike(lasting kind: ExchangeFaultKind, at now: Instant) -> ExchangeFault? {
        guard has(kind) else { return nil }
        let found = rows.firstIndex { $0.fault.kind == kind && $0.startsAt <= now && now < $0.endsAt }
        guard let found else { return nil }
        note(found)
        return rows[found].fault
    }

    /// The fault of a lasting kind that holds at a time, without counting it.
    package func holding(_ kind: ExchangeFaultKind, at now: Instant) -> ExchangeFault? {
        guard has(kind) else { return nil }
        return rows.first { $0.fault.kind == kind && $0.startsAt <= now && now < $0.endsAt }?.fault
    }

    /// When a fault of this kind that holds now ends.
    func end(of kind: ExchangeFaultKind, at now: Instant) -> Instant? {
        rows.first { $0.fault.kind == kind && $0.startsAt <= now && now < $0.endsAt }?.endsAt
    }

    /// When something begins by itself; `distantFuture` if nothing does.
    var nextDue: Instant {
        guard has(.maintenance) || has(.maintenanceNotice) else { return .distantFuture }
        return rows.lazy.filter { $0.fault.kind.beginsByItself && $0.strokes == 0 && $0.startsAt < $0.endsAt }
            .map(\.startsAt).min() ?? .distantFuture
    }

    /// The next fault that begins by itself, with its time and its end; it is counted.
    mutating func takeBeginning(
        at now: Instant
    ) -> (fault: ExchangeFault, startsAt: Instant, endsAt: Instant)? {
        guard has(.maintenance) || has(.maintenanceNotice) else { return nil }
        let found = rows.firstIndex {
            $0.fault.kind.beginsByItself && $0.strokes == 0 && $0.startsAt <= now && $0.startsAt < $0.endsAt
        }
        guard let found else { return nil }
        note(found)
        return (rows[found].fault, rows[found].startsAt, rows[found].endsAt)
    }

    private mutating func note(_ index: Int) {
        rows[index].strokes += 1
        totals[rows[index].fault.kind.number] += 1
    }
}

extension ExchangeFaultKind {
    fileprivate var beginsByItself: Bool {
        switch self {
        case .maintenance, .maintenanceNotice: true
        case .pushLost, .pushRepeated, .pushDelayed, .pushReordered, .depthFrozen, .checksumWrong,
            .requestLate, .replyLost, .slowReplies, .serverError, .rateLimited, .socketReset, .halfOpen,
            .slowTLS, .clockAhead, .clockBehind:
            false
        }
    }
}
