/// Decides which depth frames make up a book: the venue's rule for local books, as a machine.
///
/// The venue streams changes and answers requests for the whole book; the two are joined by update
/// numbers. This machine sees numbers only and says what to do with each frame; `Payload` is what the
/// caller wants back for frames that had to wait for their snapshot.
///
/// The rule (spot; futures in brackets where they differ):
/// 1. Frames are kept until a snapshot comes.
/// 2. Of those, the ones up to the snapshot's number are dropped; the first one left must begin at or
///    before the number after it [have `pu` at or before the snapshot's number]. Otherwise the snapshot
///    is too old, and a newer one is needed.
/// 3. A frame that ends at or before what the book has is a duplicate.
/// 4. Any other must begin at or before the next number [have `pu` equal to the last frame's `u`].
///    Otherwise frames are missing: the book is suspect, and 1 applies, beginning with this frame.
///
/// Without any snapshot the machine waits for ever and the book stays empty: a book that is put together
/// from changes alone could lack levels anywhere, and nothing would show it. Best prices then come from
/// the ticker stream, which needs no book.
///
/// Invariant: the frames kept follow each other without a gap, so joining the first joins all.
package struct BinanceBookSync<Payload> {
    private enum State {
        /// No book. Can transition to: `joined` or `following` when a snapshot fits the frames kept.
        case waiting
        /// The book is a snapshot of this number and no frame yet. Can transition to: `following` at
        /// the first frame that joins it, `waiting` when that shows a gap, `joined` or `following` at
        /// a snapshot that is not older.
        case joined(UInt64)
        /// The book is whole up to this number. Can transition to: `waiting` at a gap, `joined` at a
        /// snapshot that is not older.
        case following(UInt64)
    }

    /// A frame that waits for its snapshot.
    package struct Kept {
        package var updates: BinanceUpdateRange
        package var payload: Payload
        /// How many levels it has.
        package var size: Int
    }

    /// The most frames that are kept: more than a minute of the busiest stream.
    package static var keptMax: Int { 2_048 }

    /// The most levels in kept frames. When either limit is reached all of them are dropped and keeping
    /// starts anew: a snapshot so late joins newer frames anyway.
    package static var keptLevelsMax: Int { 262_144 }

    private var state = State.waiting
    private var kept: [Kept] = []
    private var keptLevels = 0

    package init() {}

    /// Whether the book is whole.
    package var isLive: Bool {
        switch state {
        case .waiting: false
        case .joined, .following: true
        }
    }

    package enum UpdateAction: Equatable {
        /// Apply the frame.
        case apply
        /// The book has it already.
        case ignore
        /// Kept; nothing to do until a snapshot comes.
        case keep
        /// Frames are missing after this number: distrust the book. This frame was kept.
        case distrust(lastGood: UInt64)
    }

    /// A depth frame came in; `payload` is evaluated only if it must be kept.
    package mutating func received(
        _ updates: BinanceUpdateRange, levelCount: Int, payload: @autoclosure () -> Payload
    ) -> UpdateAction {
        let last: UInt64
        let fits: Bool
        switch state {
        case .waiting:
            keep(Kept(updates: updates, payload: payload(), size: levelCount))
            return .keep
        case .joined(let snapshot):
            last = snapshot
            fits = updates.joins(snapshot)
        case .following(let number):
            last = number
            fits = updates.follows(number)
        }
        if updates.last <= last { return .ignore }
        if fits {
            state = .following(updates.last)
            return .apply
        }
        state = .waiting
        keep(Kept(updates: updates, payload: payload(), size: levelCount))
        return .distrust(lastGood: last)
    }

    package enum SnapshotAction {
        /// Build the book from the snapshot, then apply these frames.
        case build([Kept])
        /// The frames kept begin after it: ask for a newer one.
        case askAgain
        /// The book is already newer.
        case ignore
    }

    /// A snapshot came in.
    package mutating func received(snapshot number: UInt64) -> SnapshotAction {
        switch state {
        case .waiting: break
        case .joined(let last), .following(let last):
            if number < last { return .ignore }
            state = .joined(number)
            return .build([])
        }
        let rest = Array(kept.drop { $0.updates.last <= number })
        if let first = rest.first, !first.updates.joins(number) { return .askAgain }
        state = rest.last.map { .following($0.updates.last) } ?? .joined(number)
        dropKept()
        return .build(rest)
    }

    private mutating func keep(_ frame: Kept) {
        if let newest = kept.last {
            if frame.updates.last <= newest.updates.last { return }
            // What is before a gap could only join a book that has the gap.
            if !frame.updates.follows(newest.updates.last) { dropKept() }
        }
        if kept.count == Self.keptMax || keptLevels + frame.size > Self.keptLevelsMax { dropKept() }
        kept.append(frame)
        keptLevels += frame.size
    }

    private mutating func dropKept() {
        kept = []
        keptLevels = 0
    }
}

extension BinanceBookSync.Kept: Equatable where Payload: Equatable {}
extension BinanceBookSync.SnapshotAction: Equatable where Payload: Equatable {}
