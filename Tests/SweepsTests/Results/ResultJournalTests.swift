import Quantities
import Runtime
import TestSupport
import Testing

@testable import Sweeps

@Suite struct ResultJournalTests {
    private let scratch = ScratchFolder()
    private var path: String { scratch.file("journal") }

    private func result(_ number: Int) -> TrialResult {
        if number % 3 == 2 { return .refused("fast is\tnot\nshorter than slow") }
        var outcome = TrialOutcome()
        outcome.profit = Notional(raw: Int128(number) * -123_456_789)
        outcome.equity = [Notional(raw: 1), Notional(raw: -5)]
        outcome.hash = "00ff"
        outcome.fills = number
        outcome.events = 7
        outcome.stopped = number == 1 ? "maker: all is lost" : ""
        return .ran(outcome)
    }

    /// What is kept, after `count` more results are appended.
    private func keep(_ count: Int, identity: String = "me") throws -> [String: TrialResult]? {
        guard var journal = try ResultJournal.open(path, identity: identity) else { return nil }
        for number in 0..<count { try journal.append("fast=\(number)s seed=1", result(number)) }
        return journal.results
    }

    private func counts() throws -> (whole: Int, damaged: Int) {
        guard let journal = try ResultJournal.open(path, identity: "me") else { return (0, 0) }
        return (journal.results.count, journal.damagedLines)
    }

    @Test func `results come back as they were`() throws {
        let written = try keep(7)
        let read = try keep(0)
        #expect(read?.count == 7)
        #expect(read?["fast=0s seed=1"] == result(0))
        #expect(read?["fast=1s seed=1"] == result(1))
        #expect(read?["fast=2s seed=1"] == .refused("fast is not shorter than slow"))
        #expect(read?["fast=4s seed=1"] == written?["fast=4s seed=1"])
    }

    @Test func `a journal that is cut at any byte keeps every whole line, and goes on`() throws {
        _ = try keep(4)
        let bytes = ScratchFolder.read(path)
        for length in 0...bytes.count {
            ScratchFolder.write(Array(bytes[..<length]), path)
            let lines = bytes[..<length].count { $0 == UInt8(ascii: "\n") }
            #expect(try keep(0)?.count == max(0, lines - 1), "cut at \(length)")
            #expect(try keep(4)?.count == 4, "cut at \(length)")
            #expect(try keep(0)?.count == 4, "cut at \(length)")
        }
    }

    @Test func `a flipped bit costs its line alone`() throws {
        _ = try keep(4)
        let bytes = ScratchFolder.read(path)
        let start = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
        for place in stride(from: start, to: bytes.count, by: 3) where bytes[place] != UInt8(ascii: "\n") {
            var damaged = bytes
            damaged[place] ^= 0x10
            ScratchFolder.write(damaged, path)
            let found = try counts()
            #expect(found.whole == 3, "at \(place)")
            #expect(found.damaged == 1, "at \(place)")
        }
    }

    @Test func `another identity does not get it, and a second writer is refused`() throws {
        guard let journal = try ResultJournal.open(path, identity: "me") else {
            Issue.record("a new journal is everybody's")
            return
        }
        #expect(throws: SweepError.inUse(path)) { _ = try ResultJournal.open(path, identity: "me") }
        var isOthers = false
        if try ResultJournal.open(path, identity: "you") != nil { isOthers = true }
        #expect(!isOthers)
        #expect(journal.results.isEmpty)
    }

    @Test func `a lock ends with its writer, though a program that is being started has the file too`() throws
    {
        let copies: DescriptorCopies
        do {
            guard let journal = try ResultJournal.open(path, identity: "me") else {
                Issue.record("a new journal is everybody's")
                return
            }
            copies = DescriptorCopies(of: path)
            #expect(journal.results.isEmpty)
        }
        #expect(copies.count == 1)
        guard let journal = try ResultJournal.open(path, identity: "me") else {
            Issue.record("it is its owner's")
            return
        }
        #expect(journal.results.isEmpty)
    }
}
