import Journal
import MarketModel
import Quantities
import TestSupport
import Testing
import VenueKit

@testable import Runtime

@Suite struct TapeReplayTests {
    private let scratch = ScratchFolder()

    /// A session of a few seconds with orders and fills; returns its tape.
    private func record(_ strategy: String = "market-maker", duration: String = "2m") throws -> (
        tape: String, outcome: RunOutcome
    ) {
        let outcome = try Sessions.run(
            Sessions.text(
                duration: duration, strategies: ["{strategy: \(strategy), markets: [BTCUSDT]}"],
                folder: scratch.path))
        return (try #require(outcome.folder) + "/session.tape", outcome)
    }

    @Test func `a tape replays to the same decisions`() throws {
        let (tape, outcome) = try record()
        let replay = try Sessions.replay(tape)
        #expect(replay.difference == nil)
        #expect(replay.isComplete)
        #expect(replay.torn == nil)
        #expect(replay.decisions == outcome.decisions)
        #expect(replay.hash == outcome.hash)
        #expect(outcome.decisions > 20)
    }

    @Test func `a tape that was cut anywhere replays up to the tear`() throws {
        let (tape, outcome) = try record()
        let bytes = ScratchFolder.read(tape)
        let whole = try decisions(of: tape)
        let header = try TapeReader(path: tape).metadata.count + 20
        var random = SeededRandom(seed: 4)
        var lengths = (0..<60).map { _ in header + Int(random.next() % UInt64(bytes.count - header)) }
        lengths += (bytes.count - 30)..<bytes.count
        for length in lengths {
            let cut = scratch.write(Array(bytes[..<length]), "cut.tape")
            let replay = try Sessions.replay(cut)
            #expect(replay.difference == nil, "cut to \(length) bytes")
            #expect(!replay.isComplete)
            let kept = try decisions(of: cut)
            #expect(kept == Array(whole[..<kept.count]))
            #expect(replay.decisions >= kept.count)
            #expect(replay.decisions <= outcome.decisions)
        }
    }

    @Test func `a tape that was cut in its header says so`() throws {
        let (tape, _) = try record()
        let bytes = ScratchFolder.read(tape)
        for length in [0, 1, 15, 16, 100] {
            let cut = scratch.write(Array(bytes[..<length]), "cut.tape")
            #expect(throws: TapeError.tornHeader(path: cut)) { try Sessions.replay(cut) }
        }
    }

    @Test func `a flipped bit in the middle is damage`() throws {
        let (tape, _) = try record()
        let bytes = ScratchFolder.read(tape)
        let header = try TapeReader(path: tape).metadata.count + 20
        var random = SeededRandom(seed: 5)
        for _ in 0..<40 {
            var damaged = bytes
            let place = header + Int(random.next() % UInt64(bytes.count / 2))
            damaged[place] ^= 1 << UInt8(random.next() % 8)
            let path = scratch.write(damaged, "damaged.tape")
            do {
                let replay = try Sessions.replay(path)
                Issue.record("a flip at \(place) went unnoticed: \(replay)")
            } catch let error as TapeError {
                guard case .damaged(let fault, path: path) = error else { throw error }
                #expect(fault.good.bytes <= place)
            }
        }
    }

    @Test func `the first decision that differs is named`() throws {
        let (tape, _) = try record()
        let sent = try decisions(of: tape)
        let chosen =
            try #require(
                sent.indices.dropFirst(6).first {
                    if case .place = sent[$0].command { true } else { false }
                }) + 1
        let altered = try rewrite(tape) { number, entry in
            guard number == chosen, case .decision(var dispatch) = entry,
                case .place(var order) = dispatch.command
            else { return entry }
            order.ticket.price += Price(raw: 10_000_000_000)
            dispatch.command = .place(order)
            return .decision(dispatch)
        }
        let replay = try Sessions.replay(altered)
        let difference = try #require(replay.difference)
        #expect(difference.decision == chosen)
        guard case .place(let recorded) = difference.recorded?.command,
            case .place(let replayed) = difference.replayed?.command
        else {
            Issue.record("both are placements: \(difference)")
            return
        }
        #expect(recorded.ticket.price - replayed.ticket.price == Price(raw: 10_000_000_000))
    }

    @Test func `a decision that was taken off the tape or added to it is a difference`() throws {
        let (tape, _) = try record()
        let shorter = try rewrite(tape) { number, entry in number == 7 ? nil : entry }
        #expect(try Sessions.replay(shorter).difference?.decision == 7)

        let last = try decisions(of: tape).count
        let lacking = try rewrite(tape) { number, entry in number == last ? nil : entry }
        let difference = try #require(try Sessions.replay(lacking).difference)
        #expect(difference.decision == last)
        #expect(difference.recorded == nil)
    }

    @Test func `an entry that a session cannot have is named`() throws {
        let (tape, _) = try record(duration: "5s")
        let foreign = try rewrite(tape) { _, entry in
            guard case .event(.trade(var trade)) = entry else { return entry }
            trade.market = MarketID(7)
            return .event(.trade(trade))
        }
        #expect(throws: ReplayError.self) { try Sessions.replay(foreign) }
    }

    // MARK: Tapes

    private func decisions(of tape: String) throws -> [Dispatch] {
        var reader = try TapeReader(path: tape)
        var decisions: [Dispatch] = []
        while let entry = try reader.next() {
            if case .decision(let dispatch) = try SessionEntry(kind: entry.kind, entry.bytes) {
                decisions.append(dispatch)
            }
        }
        return decisions
    }

    /// Copies a tape through `change`, which is given each entry with the number of the last decision.
    private func rewrite(
        _ tape: String, _ change: (Int, SessionEntry) -> SessionEntry?
    ) throws -> String {
        let path = scratch.file("rewritten-\(ScratchFolder.names(in: scratch.path).count).tape")
        var reader = try TapeReader(path: tape)
        var writer = try TapeWriter(creating: path, metadata: reader.metadata, policy: .process)
        var decisions = 0
        while let next = try reader.next() {
            let entry = try SessionEntry(kind: next.kind, next.bytes)
            var number = 0
            if case .decision = entry {
                decisions += 1
                number = decisions
            }
            guard let changed = change(number, entry) else { continue }
            let bytes = try changed.encoded()
            try bytes.withUnsafeBytes { try writer.append(kind: changed.kind, $0) }
        }
        try writer.close()
        return path
    }
}
