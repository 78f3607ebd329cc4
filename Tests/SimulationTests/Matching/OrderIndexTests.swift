import Quantities
import Testing

@testable import Simulation

struct OrderIndexTests {
    /// Keys that share their home crowd the table most; consecutive ones are what venues give out.
    @Test(arguments: [1, 0x1_0000, 0x61C8_8646_80B5_83EB] as [UInt64])
    func `the index agrees with a dictionary`(stride: UInt64) {
        var random = SeededRandom(seed: stride)
        var index = OrderIndex()
        var model: [UInt64: Int32] = [:]
        for step in 0..<30_000 {
            let id = UInt64(random.below(700)) &* stride
            if model[id] == nil, random.chance(0.6) {
                index.insert(id, slot: Int32(step))
                model[id] = Int32(step)
            } else if model.removeValue(forKey: id) != nil {
                index.remove(id)
            }
            let probe = UInt64(random.below(700)) &* stride
            guard index.slot(of: id) == model[id], index.slot(of: probe) == model[probe] else {
                Issue.record("stride \(stride), step \(step): \(id) or \(probe) differ")
                return
            }
        }
        for key in 0..<700 { #expect(index.slot(of: UInt64(key) &* stride) == model[UInt64(key) &* stride]) }
    }
}
