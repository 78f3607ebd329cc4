import Quantities
import TestSupport
import Testing

@testable import Exchange

struct RandomTrafficTests {
    /// `MARTLET_FUZZ_CASES` is the number of commands per seed, `MARTLET_FUZZ_SEED` the first of two seeds.
    @Test(arguments: [0, 1])
    func `nothing is created or destroyed by any command, and the news tells it all`(number: Int) throws {
        let seed = FuzzSettings.seed(20_240_601) + UInt64(number)
        var traffic = try RandomTraffic(seed: seed)
        let commands = FuzzSettings.cases(50_000)
        for command in 0..<commands {
            traffic.step()
            let faults = traffic.core.audit().faults
            if !faults.isEmpty {
                Issue.record("seed \(seed), command \(command): \(faults)")
                return
            }
            if command % 100 == 0 {
                try #require(
                    traffic.mirror.differences(traffic.core) == [], "seed \(seed), command \(command)")
            }
        }
        #expect(traffic.mirror.differences(traffic.core) == [], "seed \(seed)")
        // The traffic does what it is for: much is done, and all that can be refused is.
        #expect(traffic.accepted > commands / 4)
        #expect(traffic.mirror.deals > commands / 10)
        let wanted: Set<ExchangeRefusal> = [
            .badPrice, .badAmount, .belowMinimum, .insufficientBalance, .invalidStopPrice, .notFillable,
            .wouldTake, .orderNotFound, .othersOrder, .tooManyOrders, .accountsUnrelated,
        ]
        #expect(wanted.subtracting(traffic.refusals.keys) == [])
    }

    @Test func `the same commands give the same news, whatever runs beside them`() throws {
        let seed = FuzzSettings.seed(20_240_603)
        func hash(_ seed: UInt64) throws -> UInt64 {
            var traffic = try RandomTraffic(seed: seed)
            for _ in 0..<min(5_000, FuzzSettings.cases(5_000)) { traffic.step() }
            return traffic.mirror.hash
        }
        let first = try hash(seed)
        #expect(try hash(seed) == first, "seed \(seed)")
        #expect(try hash(seed + 1) != first, "seed \(seed)")
    }
}
