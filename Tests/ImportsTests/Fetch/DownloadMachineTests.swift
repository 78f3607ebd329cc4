import Quantities
import Testing

@testable import Imports

struct DownloadMachineTests {
    typealias Answer = DownloadMachine.Answer

    private static var policy: DownloadPolicy {
        var policy = DownloadPolicy()
        policy.pieceBytes = 10
        policy.retriesMax = 2
        return policy
    }

    private func machine(hasFinished: Bool = false, have: Int = 0) -> DownloadMachine {
        DownloadMachine(Self.policy, hasFinished: hasFinished, have: have)
    }

    private func part(_ start: Int, _ count: Int, of total: Int) -> Answer {
        Answer(status: 206, bodyBytes: count, range: (start, total))
    }

    @Test func `a file comes piece by piece, is verified and gets its name`() {
        var machine = machine()
        #expect(machine.begin() == .askChecksum)
        #expect(machine.gotChecksum("d") == .askBytes(from: 0, count: 10))
        #expect(machine.answered(part(0, 10, of: 15)) == .write(at: 0))
        #expect(machine.wrote(10) == .askBytes(from: 10, count: 10))
        #expect(machine.answered(part(10, 5, of: 15)) == .write(at: 10))
        #expect(machine.wrote(5) == .digestPartial)
        #expect(machine.digested("d") == .keep)
        #expect(machine.kept() == .end(.done(bytes: 15)))
    }

    @Test func `what was there goes on where it ended; what is right is left`() {
        var resumed = machine(have: 12)
        #expect(resumed.gotChecksum("d") == .askBytes(from: 12, count: 10))
        #expect(resumed.answered(part(12, 3, of: 15)) == .write(at: 12))
        #expect(resumed.wrote(3) == .digestPartial)
        var whole = machine(have: 15)
        #expect(whole.gotChecksum("d") == .askBytes(from: 15, count: 10))
        #expect(whole.answered(Answer(status: 416, bodyBytes: 0, total: 15)) == .digestPartial)
        var finished = machine(hasFinished: true)
        #expect(finished.gotChecksum("d") == .digestFinished)
        #expect(finished.digested("d") == .end(.wasThere))
        var other = machine(hasFinished: true)
        #expect(other.gotChecksum("d") == .digestFinished)
        #expect(other.digested("e") == .askBytes(from: 0, count: 10))
    }

    @Test func `what broke is tried again, ever more slowly, as often as the policy says`() {
        var machine = machine()
        _ = machine.gotChecksum("d")
        #expect(machine.lost("gone") == .wait(.seconds(1)))
        #expect(machine.trouble == .lost("gone"))
        #expect(machine.waited() == .askBytes(from: 0, count: 10))
        #expect(machine.answered(Answer(status: 503, bodyBytes: 0)) == .wait(.seconds(2)))
        #expect(machine.waited() == .askBytes(from: 0, count: 10))
        // What went well is forgotten about.
        #expect(machine.answered(part(0, 10, of: 30)) == .write(at: 0))
        #expect(machine.wrote(10) == .askBytes(from: 10, count: 10))
        #expect(machine.trouble == nil)
        let busy = Answer(status: 429, bodyBytes: 0, retryAfter: .seconds(30))
        #expect(machine.answered(busy) == .wait(.seconds(30)))
        #expect(
            machine.answered(Answer(status: 429, bodyBytes: 0, retryAfter: .seconds(9_000)))
                == .wait(.seconds(60)))
        #expect(machine.lost("gone") == .end(.failed(.lost("gone"))))
    }

    @Test func `the checksum is asked for again as well`() {
        var machine = machine()
        #expect(machine.lost("gone") == .wait(.seconds(1)))
        #expect(machine.waited() == .askChecksum)
        #expect(machine.answered(Answer(status: 500, bodyBytes: 0)) == .wait(.seconds(2)))
        #expect(machine.waited() == .askChecksum)
        #expect(machine.gotChecksum("d") == .askBytes(from: 0, count: 10))
    }

    @Test func `a file that is not there, and one without a checksum, are told apart`() {
        var absent = machine()
        #expect(absent.answered(Answer(status: 404, bodyBytes: 0)) == .end(.absent))
        var strange = machine()
        #expect(strange.gotChecksum(nil) == .end(.failed(.noChecksum)))
        var half = machine()
        _ = half.gotChecksum("d")
        #expect(half.answered(Answer(status: 404, bodyBytes: 0)) == .end(.failed(.checksumOnly)))
        var forbidden = machine()
        #expect(forbidden.answered(Answer(status: 403, bodyBytes: 0)) == .end(.failed(.status(403))))
    }

    @Test
    func `a wrong digest is an error; of a file that was resumed, after another try from the beginning`() {
        var fresh = machine()
        _ = fresh.gotChecksum("d")
        _ = fresh.answered(part(0, 5, of: 5))
        #expect(fresh.wrote(5) == .digestPartial)
        #expect(fresh.digested("e") == .end(.failed(.wrongDigest)))
        var resumed = machine(have: 3)
        _ = resumed.gotChecksum("d")
        _ = resumed.answered(part(3, 2, of: 5))
        #expect(resumed.wrote(2) == .digestPartial)
        #expect(resumed.digested("e") == .empty)
        #expect(resumed.emptied() == .askBytes(from: 0, count: 10))
        _ = resumed.answered(part(0, 5, of: 5))
        #expect(resumed.wrote(5) == .digestPartial)
        #expect(resumed.digested("e") == .end(.failed(.wrongDigest)))
    }

    @Test func `a file that becomes another one is begun anew, not for ever`() {
        var machine = machine()
        _ = machine.gotChecksum("d")
        for _ in 0..<Self.policy.restartsMax {
            #expect(machine.answered(part(0, 10, of: 15)) == .write(at: 0))
            _ = machine.wrote(10)
            #expect(machine.answered(part(10, 6, of: 16)) == .empty)
            #expect(machine.emptied() == .askBytes(from: 0, count: 10))
        }
        _ = machine.answered(part(0, 10, of: 15))
        _ = machine.wrote(10)
        #expect(machine.answered(Answer(status: 416, bodyBytes: 0, total: 9)) == .empty)
        #expect(machine.emptied() == .end(.failed(.changed)))
    }

    @Test func `bytes that were not asked for are not taken`() {
        for answer in [
            part(1, 9, of: 15), part(0, 0, of: 15), part(0, 16, of: 15), Answer(status: 206, bodyBytes: 10),
        ] {
            var machine = machine()
            _ = machine.gotChecksum("d")
            #expect(machine.answered(answer) == .wait(.seconds(1)))
            #expect(machine.trouble == .wrongRange)
        }
        // A server that knows no ranges sends all of it.
        var machine = machine(have: 4)
        _ = machine.gotChecksum("d")
        #expect(machine.answered(Answer(status: 200, bodyBytes: 15)) == .write(at: 0))
        #expect(machine.wrote(15) == .digestPartial)
    }

    @Test func `ranges of answers are read strictly`() {
        #expect(ContentRange("bytes 0-9/15")?.start == 0)
        #expect(ContentRange("bytes */15") == ContentRange("bytes */15"))
        #expect(ContentRange("bytes */15")?.start == nil)
        #expect(ContentRange("bytes */15")?.total == 15)
        for text in [
            "bytes 0-9/*", "bytes 9-0/15", "bytes 0-15/15", "0-9/15", "bytes 0-9", "bytes -9/15",
            "bytes a-9/15",
            "bytes 0-9/99999999999999999999",
        ] {
            #expect(ContentRange(text) == nil, "\(text)")
        }
    }
}
