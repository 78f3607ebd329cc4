import Testing

@testable import BinanceVenue

/// Dialogues with the machine: what comes in, what is to be done.
struct BinanceBookSyncTests {
    typealias Sync = BinanceBookSync<String>

    static func spot(_ range: ClosedRange<UInt64>) -> BinanceUpdateRange {
        BinanceUpdateRange(first: range.lowerBound, last: range.upperBound, previous: nil)
    }

    static func futures(_ range: ClosedRange<UInt64>, after previous: UInt64) -> BinanceUpdateRange {
        BinanceUpdateRange(first: range.lowerBound, last: range.upperBound, previous: previous)
    }

    static func kept(_ updates: BinanceUpdateRange, _ payload: String) -> Sync.Kept {
        Sync.Kept(updates: updates, payload: payload, size: 1)
    }

    @Test func `frames wait for the snapshot, which drops what it has and is joined by the rest`() {
        var sync = Sync()
        #expect(!sync.isLive)
        #expect(sync.received(Self.spot(1...5), levelCount: 1, payload: "a") == .keep)
        #expect(sync.received(Self.spot(6...9), levelCount: 1, payload: "b") == .keep)
        #expect(sync.received(Self.spot(10...12), levelCount: 1, payload: "c") == .keep)
        #expect(!sync.isLive)
        #expect(
            sync.received(snapshot: 7)
                == .build([Self.kept(Self.spot(6...9), "b"), Self.kept(Self.spot(10...12), "c")]))
        #expect(sync.isLive)
        #expect(sync.received(Self.spot(13...13), levelCount: 1, payload: "d") == .apply)
    }

    @Test(arguments: [5, 6, 9, 10, 12] as [UInt64])
    func `a snapshot joins wherever it straddles or touches`(number: UInt64) {
        var sync = Sync()
        _ = sync.received(Self.spot(6...9), levelCount: 1, payload: "a")
        _ = sync.received(Self.spot(10...12), levelCount: 1, payload: "b")
        let rest = [Self.kept(Self.spot(6...9), "a"), Self.kept(Self.spot(10...12), "b")]
        #expect(sync.received(snapshot: number) == .build(rest.filter { $0.updates.last > number }))
        #expect(sync.received(Self.spot(13...14), levelCount: 1, payload: "c") == .apply)
    }

    @Test func `a snapshot older than the first frame is no use, a newer one is`() {
        var sync = Sync()
        _ = sync.received(Self.spot(6...9), levelCount: 1, payload: "a")
        #expect(sync.received(snapshot: 4) == .askAgain)
        #expect(!sync.isLive)
        #expect(sync.received(snapshot: 5) == .build([Self.kept(Self.spot(6...9), "a")]))
    }

    @Test func `a snapshot without frames is joined by the first that comes`() {
        for (first, action) in [
            (Self.spot(3...10), Sync.UpdateAction.ignore), (Self.spot(8...11), .apply),
            (Self.spot(11...12), .apply), (Self.spot(12...13), .distrust(lastGood: 10)),
        ] {
            var sync = Sync()
            #expect(sync.received(snapshot: 10) == .build([]))
            #expect(sync.received(first, levelCount: 1, payload: "a") == action)
        }
    }

    @Test func `duplicates are ignored and overlaps applied`() {
        var sync = Sync()
        _ = sync.received(snapshot: 10)
        #expect(sync.received(Self.spot(11...15), levelCount: 1, payload: "a") == .apply)
        #expect(sync.received(Self.spot(11...15), levelCount: 1, payload: "b") == .ignore)
        #expect(sync.received(Self.spot(2...9), levelCount: 1, payload: "c") == .ignore)
        #expect(sync.received(Self.spot(14...17), levelCount: 1, payload: "d") == .apply)
        #expect(sync.received(Self.spot(18...18), levelCount: 1, payload: "e") == .apply)
    }

    @Test func `after a gap the book waits for a snapshot that reaches the frames behind it`() {
        var sync = Sync()
        _ = sync.received(snapshot: 10)
        #expect(sync.received(Self.spot(11...15), levelCount: 1, payload: "a") == .apply)
        #expect(
            sync.received(Self.spot(17...20), levelCount: 1, payload: "b") == .distrust(lastGood: 15))
        #expect(!sync.isLive)
        #expect(sync.received(Self.spot(21...22), levelCount: 1, payload: "c") == .keep)
        #expect(sync.received(snapshot: 15) == .askAgain)
        #expect(
            sync.received(snapshot: 16)
                == .build([Self.kept(Self.spot(17...20), "b"), Self.kept(Self.spot(21...22), "c")]))
        #expect(sync.received(Self.spot(23...23), levelCount: 1, payload: "d") == .apply)
    }

    @Test func `frames before a gap among those kept are worth nothing`() {
        var sync = Sync()
        _ = sync.received(Self.spot(1...5), levelCount: 1, payload: "a")
        _ = sync.received(Self.spot(8...9), levelCount: 1, payload: "b")
        _ = sync.received(Self.spot(8...9), levelCount: 1, payload: "twice")
        #expect(sync.received(snapshot: 3) == .askAgain)
        #expect(sync.received(snapshot: 7) == .build([Self.kept(Self.spot(8...9), "b")]))
    }

    @Test func `a snapshot while the book is whole replaces it unless it is older`() {
        var sync = Sync()
        _ = sync.received(snapshot: 10)
        _ = sync.received(Self.spot(11...15), levelCount: 1, payload: "a")
        #expect(sync.received(snapshot: 14) == .ignore)
        #expect(sync.received(Self.spot(16...17), levelCount: 1, payload: "b") == .apply)
        #expect(sync.received(snapshot: 20) == .build([]))
        #expect(sync.received(Self.spot(18...20), levelCount: 1, payload: "c") == .ignore)
        #expect(sync.received(Self.spot(21...21), levelCount: 1, payload: "d") == .apply)
    }

    @Test func `futures are chained by the number of the frame before`() {
        var sync = Sync()
        let first = Self.futures(100...150, after: 80)
        let second = Self.futures(170...190, after: 150)
        #expect(sync.received(first, levelCount: 1, payload: "a") == .keep)
        #expect(sync.received(second, levelCount: 1, payload: "b") == .keep)
        #expect(sync.received(snapshot: 79) == .askAgain)
        #expect(
            sync.received(snapshot: 120)
                == .build([Self.kept(first, "a"), Self.kept(second, "b")]))
        #expect(
            sync.received(Self.futures(300...310, after: 190), levelCount: 1, payload: "c") == .apply)
        #expect(
            sync.received(Self.futures(300...310, after: 190), levelCount: 1, payload: "c") == .ignore)
        #expect(
            sync.received(Self.futures(312...320, after: 311), levelCount: 1, payload: "d")
                == .distrust(lastGood: 310))
    }

    @Test func `a snapshot of futures between two frames lacks nothing`() {
        var sync = Sync()
        let next = Self.futures(170...190, after: 150)
        _ = sync.received(Self.futures(100...150, after: 80), levelCount: 1, payload: "a")
        _ = sync.received(next, levelCount: 1, payload: "b")
        #expect(sync.received(snapshot: 160) == .build([Self.kept(next, "b")]))

        var fresh = Sync()
        #expect(fresh.received(snapshot: 160) == .build([]))
        #expect(fresh.received(next, levelCount: 1, payload: "b") == .apply)
    }

    @Test func `numbers at the end of their range do not overflow`() {
        var sync = Sync()
        _ = sync.received(snapshot: .max - 1)
        #expect(sync.received(Self.spot(UInt64.max...UInt64.max), levelCount: 1, payload: "a") == .apply)
        #expect(sync.received(Self.spot(0...UInt64.max), levelCount: 1, payload: "b") == .ignore)
        #expect(sync.received(snapshot: .max) == .build([]))
    }

    @Test func `what is kept has a limit in frames and in levels`() {
        var sync = Sync()
        for number in 1...UInt64(Sync.keptMax + 3) {
            _ = sync.received(Self.spot(number...number), levelCount: 1, payload: "\(number)")
        }
        let first = UInt64(Sync.keptMax + 1)
        #expect(sync.received(snapshot: first - 2) == .askAgain)
        #expect(
            sync.received(snapshot: first)
                == .build([
                    Self.kept(Self.spot(first + 1...first + 1), "\(first + 1)"),
                    Self.kept(Self.spot(first + 2...first + 2), "\(first + 2)"),
                ]))

        var large = Sync()
        let half = Sync.keptLevelsMax / 2
        for number in 1...3 as ClosedRange<UInt64> {
            _ = large.received(Self.spot(number...number), levelCount: half, payload: "\(number)")
        }
        #expect(large.received(snapshot: 1) == .askAgain)
        #expect(
            large.received(snapshot: 2)
                == .build([.init(updates: Self.spot(3...3), payload: "3", size: half)]))
    }
}
