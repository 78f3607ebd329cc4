import Quantities
import Testing

@testable import Exchange

struct FaultScriptTests {
    private static let start = Instant(nanoseconds: 1)

    private func full(endingAfter end: Interval?) -> FaultScript {
        var script = FaultScript(seed: 1)
        var fault = ExchangeFault(.replyLost)
        fault.until = end
        for _ in 0..<FaultScript.faultsMax {
            let isSet = script.add(fault, at: Self.start)
            #expect(isSet)
        }
        return script
    }

    @Test func `faults that have ended make room, those that hold do not`() {
        var script = full(endingAfter: .seconds(5))
        let early = script.add(ExchangeFault(.pushLost), at: Self.start + .seconds(4))
        #expect(!early)
        let added = script.add(ExchangeFault(.pushLost), at: Self.start + .seconds(5))
        #expect(added)
        // Only as many go as have to.
        #expect(script.faults.count == FaultScript.faultsMax)
        #expect(script.has(.pushLost) && script.has(.replyLost))
    }

    @Test func `faults without an end stay`() {
        var script = full(endingAfter: nil)
        let added = script.add(ExchangeFault(.pushLost), at: Self.start + .minutes(60))
        #expect(!added)
        #expect(script.faults.count == FaultScript.faultsMax)
    }

    @Test func `a list finds room as a whole or not at all`() {
        var script = full(endingAfter: .seconds(5))
        let later = Self.start + .seconds(5)
        let tooMany = script.makeRoom(for: FaultScript.faultsMax + 1, at: later)
        #expect(!tooMany)
        script = full(endingAfter: .seconds(5))
        let all = script.makeRoom(for: FaultScript.faultsMax, at: later)
        #expect(all)
        #expect(script.isEmpty)
    }
}
