import Journal
import MarketModel
import Quantities
import TestSupport
import Testing
import TradingCore
import VenueKit

@testable import Runtime

/// Throws a bot's switch once enough has been said.
private final class Thrower: RunConsole {
    let state: BotState
    let flattens: Bool
    private var lines = 0
    private(set) var said: [String] = []

    init(_ state: BotState, flattens: Bool) {
        self.state = state
        self.flattens = flattens
    }

    func line(_ text: String) {
        said.append(text)
        lines += 1
        guard lines == 5 else { return }
        let latch = HaltLatch(flattens: flattens, at: .distantPast, by: "test", reason: "seen enough")
        _ = try? state.halt(latch)
    }

    func status(_ text: String) {}
}

@Suite struct HaltSwitchTests {
    private let scratch = ScratchFolder()

    private func state() -> BotState { BotState(journal: scratch.path, bot: "market-maker") }

    /// A paper session of forty minutes in some seconds.
    private var text: String {
        Sessions.text(mode: "paper", duration: "40m", pace: "600", folder: scratch.path)
    }

    @Test(arguments: [false, true])
    func `a session that is halted sends nothing more but what ends it, and replays`(flattens: Bool) throws {
        let console = Thrower(state(), flattens: flattens)
        let outcome = try Sessions.run(text, console: console)
        #expect(outcome.halt?.reason == "seen enough")
        #expect(outcome.halt?.flattens == flattens)
        let position = try #require(outcome.lines.first?.position)
        #expect(!flattens || position.isZero)
        let tape = try #require(outcome.folder) + "/session.tape"
        var reader = try TapeReader(path: tape)
        var (halts, placedAfter) = (0, [Bool]())
        while let next = try reader.next() {
            switch try SessionEntry(kind: next.kind, next.bytes) {
            case .halt(let step, _):
                halts += 1
                #expect(step == (flattens ? .flattened : .halted))
            case .decision(let dispatch):
                guard halts > 0 else { continue }
                if case .place(let placement) = dispatch.command {
                    placedAfter.append(placement.ticket.kind == .market)
                }
            case .start, .advance, .event, .fact, .adopt, .resume, .stop, .end: continue
            }
        }
        #expect(halts == 1)
        #expect(placedAfter.allSatisfy { $0 && flattens })
        let replay = try Sessions.replay(tape)
        #expect(replay.difference == nil && replay.isComplete && replay.hash == outcome.hash)
        #expect(console.said.contains { $0.contains("market-maker is halted") })
        let notes = try LedgerReading(scratch.file("ledger.db"), run: 1).notes
        #expect(notes.contains { $0.text.contains("by test: seen enough") })
    }

    @Test func `a bot that is halted does not start, on paper, until it is armed`() throws {
        let state = state()
        let latch = HaltLatch(flattens: false, at: .distantPast, by: "test", reason: "no")
        _ = try state.halt(latch)
        #expect(throws: RunError.latched(bot: "market-maker", latch)) { try Sessions.run(text) }
        #expect(ScratchFolder.names(in: scratch.path) == ["state"])
        // A backtest trades nothing that could be halted.
        let backtest = try Sessions.run(Sessions.text(duration: "5s", folder: scratch.path))
        #expect(backtest.ending == .finished && backtest.halt == nil)
        _ = try state.arm(by: "test", at: .distantPast)
        #expect(
            try Sessions.run(Sessions.text(mode: "paper", duration: "5s", folder: scratch.path)).halt == nil)
    }

    @Test func `it is looked at once in a while, and told once`() throws {
        let state = state()
        let found = HaltSwitch(state, run: nil)
        #expect(!found.look(at: .zero))
        let latch = HaltLatch(flattens: false, at: .distantPast, by: "test", reason: "no")
        _ = try state.halt(latch)
        #expect(!found.look(at: HaltSwitch.lookPause - .nanoseconds(1)))
        #expect(found.look(at: HaltSwitch.lookPause))
        #expect(found.take() == latch)
        #expect(found.take() == nil)
        #expect(!found.look(at: HaltSwitch.lookPause * 3))
        _ = try state.halt(HaltLatch(flattens: true, at: .distantPast, by: "test", reason: "all"))
        #expect(found.look(at: HaltSwitch.lookPause * 5))
        #expect(found.take()?.flattens == true)
    }

    @Test func `thrown in the run's folder alone it is the bot's from then on`() throws {
        let state = state()
        try FolderTree.make(scratch.file("run-0009"))
        let found = HaltSwitch(state, run: "run-0009")
        ScratchFolder.write([], state.haltPath(run: "run-0009"))
        #expect(found.look(at: .zero))
        #expect(found.take() != nil)
        #expect(try state.latch() != nil)
    }
}
