import Journal
import Quantities
import TestSupport
import Testing

@Suite struct BotStateTests {
    private let scratch = ScratchFolder()
    private let noon = Instant(milliseconds: 1_767_268_800_000)

    private func state() -> BotState { BotState(journal: scratch.path, bot: "maker") }

    @Test func `a switch says who threw it, when and why, and stays until the bot is armed`() throws {
        let state = state()
        #expect(try state.latch() == nil)
        let latch = HaltLatch(flattens: false, at: noon, by: "anna", reason: "odd fills")
        _ = try state.halt(latch)
        #expect(try self.state().latch() == latch)
        #expect("\(latch)" == "halted by anna at 2026-01-01T12:00:00.000000000Z: odd fills")
        #expect(try state.arm(by: "ben", at: noon + .seconds(60)) == latch)
        #expect(try state.latch() == nil)
        #expect(try state.arm(by: "ben", at: noon) == nil)
        #expect(
            ScratchFolder.text(state.folder + "/history") == """
                \(latch)
                armed by ben at 2026-01-01T12:01:00.000000000Z, was \(latch)

                """)
    }

    @Test func `the switch is thrown in the folder of the newest session too`() throws {
        let state = state()
        try state.note(run: "run-0002")
        #expect(try state.run() == "run-0002")
        try FolderTree.make(scratch.file("run-0002"))
        let latch = HaltLatch(flattens: true, at: noon, by: "anna", reason: "enough")
        _ = try state.halt(latch)
        #expect(try BotState.latch(state.haltPath(run: "run-0002")) == latch)
        #expect(BotState.names(in: scratch.path) == ["maker"])
    }

    @Test func `one that flattens is not made less by one that halts`() throws {
        let state = state()
        _ = try state.halt(HaltLatch(flattens: true, at: noon, by: "anna", reason: "all out"))
        let second = try state.halt(HaltLatch(flattens: false, at: noon, by: "ben", reason: "stop"))
        #expect(second.flattens)
        #expect(try state.latch()?.flattens == true)
    }

    @Test(arguments: ["", "\0\0", "flatten", "step flatten", "at_ns: soon\n"])
    func `a file that says nothing of use halts all the same`(text: String) throws {
        let state = state()
        try FolderTree.make(state.folder)
        ScratchFolder.write(Array(text.utf8), state.haltPath)
        let latch = try #require(try state.latch())
        #expect(!latch.flattens && latch.reason == "the file gives no reason")
    }

    @Test func `texts are one line and bounded`() {
        let long = String(repeating: "x", count: 2_000)
        let latch = HaltLatch(flattens: false, at: noon, by: "a\nb", reason: "line\nstep: flatten\n" + long)
        #expect(latch.by == "a b")
        #expect(latch.reason.count == HaltLatch.textMax)
        #expect(HaltLatch(reading: latch.text) == latch)
    }
}
