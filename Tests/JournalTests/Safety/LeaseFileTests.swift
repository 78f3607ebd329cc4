import Glibc
import Journal
import TestSupport
import Testing

@Suite struct LeaseFileTests {
    private let scratch = ScratchFolder()

    private func file() -> LeaseFile { LeaseFile(BotState(journal: scratch.path, bot: "maker")) }

    @Test func `a holder counts up, and gives its lease back`() throws {
        let file = file()
        #expect(file.read() == nil && file.fence() == 0)
        var holder = try LeaseFile.Holder(file)
        #expect(file.read() == Lease(token: 1) && file.fence() == 1)
        #expect(try holder.renew())
        #expect(file.read() == Lease(token: 1, count: 1))
        try holder.release()
        #expect(file.read() == Lease(token: 1, count: 1, isReleased: true))
    }

    @Test func `while one session lives, a second one of the bot does not start`() throws {
        let file = file()
        func second() throws(FileError) { _ = try LeaseFile.Holder(file) }
        do {
            var holder = try LeaseFile.Holder(file)
            do throws(FileError) {
                try second()
                Issue.record("two sessions hold one lease")
            } catch {
                #expect(error.code == EWOULDBLOCK)
            }
            #expect(try holder.renew(), "the one that was refused has not touched the lease")
        }
        try second()
        #expect(file.read() == Lease(token: 2))
    }

    @Test func `who comes back after its lease was taken finds the fence, and changes nothing`() throws {
        let file = file()
        var holder = try LeaseFile.Holder(file)
        try file.take(2)
        let before = file.read()
        #expect(try !holder.renew())
        #expect(file.read() == before)
        #expect(file.fence() == 2)
    }

    @Test func `a session that starts after its lease was taken has a token above the fence`() throws {
        let file = file()
        try file.take(41)
        var holder = try LeaseFile.Holder(file)
        #expect(holder.lease.token == 42)
        #expect(try holder.renew())
    }
}
