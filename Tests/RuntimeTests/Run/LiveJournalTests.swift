import Configuration
import Glibc
import Journal
import Quantities
import TestSupport
import Testing

@testable import Runtime

@Suite struct LiveJournalTests {
    private let scratch = ScratchFolder()
    private let start = Instant(nanoseconds: 1_700_000_000_000_000_000)

    private func journal(bot: String = "mm", fresh: Bool = false) throws -> LiveJournal {
        var configuration = try Sessions.parts(Sessions.text(folder: scratch.file("runs"))).configuration
        configuration.mode = .live
        configuration.connection.bot = bot
        return try LiveJournal(configuration, beginsAnew: fresh, at: start)
    }

    /// A run of a process that was killed: its lock is left, and nobody holds it.
    private func killed(bot: String = "mm", tape: [UInt8]?) throws -> (folder: String, number: UInt32) {
        let journal = try journal(bot: bot)
        if let tape { ScratchFolder.write(tape, journal.folder.file("session.tape")) }
        return (journal.folder.name, try #require(journal.lock).number)
    }

    private var wholeTape: [UInt8] {
        get throws {
            let path = scratch.file("whole.tape")
            unlink(path)
            try TapeWriter(creating: path, metadata: Array("run-0001\nmode: live\n".utf8), policy: .process)
                .close()
            return ScratchFolder.read(path)
        }
    }

    @Test func `a run that was killed is gone on with, under its number`() throws {
        let before = try killed(tape: wholeTape)
        let journal = try journal()
        #expect(journal.isResumed)
        #expect(journal.folder.name == before.folder)
        #expect(journal.lock?.number == before.number)
    }

    @Test func `a run that was killed before it had a tape begins in its folder`() throws {
        let before = try killed(tape: nil)
        let journal = try journal()
        #expect(!journal.isResumed)
        #expect(journal.folder.name == before.folder)
        #expect(journal.lock?.number == before.number)
    }

    @Test func `so does one whose tape ends anywhere in its header`() throws {
        let whole = try wholeTape
        for count in whole.indices {
            let before = try killed(tape: Array(whole[..<count]))
            let journal = try journal()
            #expect(!journal.isResumed, "\(count) bytes")
            #expect(journal.folder.name == before.folder)
            #expect(ScratchFolder.size(journal.folder.file("session.tape")) <= 0)
            journal.lock?.end()
        }
    }

    @Test func `while a process runs the bot, no other one does`() throws {
        let first = try journal()
        #expect {
            try journal()
        } throws: { error in
            "\(error)".contains("the bot 'mm' is running already")
        }
        #expect(throws: RunError.self) { try journal(fresh: true) }
        // Another bot is another matter.
        #expect(try !journal(bot: "other").isResumed)
        withExtendedLifetime(first) {}
    }

    @Test func `no two runs have one number, even within a second`() throws {
        var numbers: Set<UInt32> = []
        for _ in 0..<5 { numbers.insert(try #require(journal(fresh: true).lock).number) }
        #expect(numbers.count == 5)
        #expect(numbers.min() == 1_700_000_000)
    }
}
