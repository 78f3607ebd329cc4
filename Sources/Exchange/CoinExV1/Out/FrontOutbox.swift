import Quantities

/// What is on its way out, in the order of its leaving.
///
/// Everything that the exchange says passes through `put`, where its fate is decided. On a connection nothing
/// overtakes unless its fate says so. Bounded: when `countMax` things wait, what comes next for a session closes it,
/// and all that waits for it is dropped. Replies are as many as there are requests.
struct FrontOutbox {
    static let countMax = 65_536

    private struct Entry {
        var due: Instant
        var output: FrontOutput
    }

    var fates: any FrontFates
    /// In ascending order of their times, those before `head` are gone.
    private var entries: [Entry] = []
    private var head = 0
    /// When the last thing for a session leaves.
    private var lastDue: [FrontSessionID: Instant] = [:]
    /// How many things their fates have lost.
    private(set) var lost = 0

    init(_ fates: any FrontFates) { self.fates = fates }

    /// When the next thing leaves; nil when nothing waits.
    var nextDue: Instant? { head < entries.count ? entries[head].due : nil }

    var count: Int { entries.count - head }

    mutating func put(
        _ output: FrontOutput, _ kind: FrontKind, for session: FrontSessionID?, at now: Instant,
        delay: Interval = .zero, mayOvertake: Bool = false
    ) {
        let fate = fates.fate(of: kind, for: session, at: now)
        if fate.copies == 0 { lost += 1 }
        if let session, count + fate.copies > Self.countMax {
            forget(session)
            return insert(Entry(due: now, output: .close(session)))
        }
        var due = now + fate.delay + delay
        if let session, fate.keepsOrder, !mayOvertake {
            if let last = lastDue[session], last > due { due = last }
            if due > now { lastDue[session] = due }
        }
        for _ in 0..<fate.copies { insert(Entry(due: due, output: output)) }
    }

    /// Ends a session behind all that it was sent.
    mutating func putClose(_ session: FrontSessionID, at now: Instant) {
        insert(Entry(due: max(now, lastDue[session] ?? now), output: .close(session)))
    }

    /// Ends a session at once, before all that waits for it.
    mutating func putReset(_ session: FrontSessionID, at now: Instant) {
        forget(session)
        insert(Entry(due: now, output: .reset(session)))
    }

    /// Nothing more leaves for a session.
    mutating func forget(_ session: FrontSessionID) {
        lastDue[session] = nil
        var kept = head
        for index in head..<entries.count {
            let isTheirs =
                switch entries[index].output {
                case .message(session, _), .close(session), .reset(session): true
                case .message, .close, .reset, .reply: false
                }
            if !isTheirs {
                entries.swapAt(kept, index)
                kept += 1
            }
        }
        entries.removeLast(entries.count - kept)
    }

    /// Takes the next thing that is due.
    mutating func take(at now: Instant) -> FrontOutput? {
        guard head < entries.count, entries[head].due <= now else { return nil }
        let output = entries[head].output
        head += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 1_024, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return output
    }

    private mutating func insert(_ entry: Entry) {
        var place = entries.count
        while place > head, entries[place - 1].due > entry.due { place -= 1 }
        if place == entries.count { entries.append(entry) } else { entries.insert(entry, at: place) }
    }
}
