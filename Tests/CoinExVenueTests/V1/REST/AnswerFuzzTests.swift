import CoinExVenue
import Quantities
import TestSupport
import Testing

struct AnswerFuzzTests {
    @Test func `a sample that is cut off is an error at every byte`() throws {
        for sample in Samples.all {
            let decoder = try #require(CoinExDecoders.named(sample.name))
            let bytes = Array(sample.data.enveloped.utf8)
            for count in bytes.indices {
                let prefix = Array(bytes[..<count])
                #expect(throws: CoinExFailure.self, "\(sample.name) cut at \(count)") {
                    try prefix.withUnsafeBufferPointer { try decoder.decode($0) }
                }
            }
        }
    }

    @Test func `changed bytes give a value or a typed error`() throws {
        let seed = FuzzSettings.seed(0xC01E)
        var random = SeededRandom(seed: seed)
        var accepted = 0
        var refused = 0
        for _ in 0..<FuzzSettings.cases(20_000) {
            let sample = Samples.all[Int(random.next() % UInt64(Samples.all.count))]
            let decoder = try #require(CoinExDecoders.named(sample.name))
            var bytes = Array(sample.data.enveloped.utf8)
            for _ in 0...(random.next() % 3) {
                let index = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: index)
                default: bytes[index] = Array(#"{}[]",:\-.0e"#.utf8)[Int(random.next() % 12)]
                }
            }
            do {
                _ = try bytes.withUnsafeBufferPointer { try decoder.decode($0) }
                accepted += 1
            } catch {
                #expect(error is CoinExFailure, "seed \(seed): \(sample.name): \(error)")
                refused += 1
            }
        }
        #expect(accepted > 0 && refused > 0, "seed \(seed)")
    }
}
