import Quantities
import TestSupport
import Testing

@testable import Runtime

@Suite struct SessionEntryFuzzTests {
    /// What decodes is written again as the same bytes: there is one notation for every entry.
    @Test func `any bytes are an entry with one notation, or a typed error`() throws {
        let seed = FuzzSettings.seed(1)
        var random = SeededRandom(seed: seed)
        var samples = EntrySamples(seed: seed)
        let models = try samples.all().map { (kind: $0.kind, bytes: try $0.encoded()) }
        var read = 0
        let cases = FuzzSettings.cases(20_000)
        for number in 0..<cases {
            var (kind, bytes) = samples.pick(models)
            for _ in 0...random.next() % 3 { mutate(&bytes, &kind, &random) }
            do throws(TapeFieldError) {
                let entry = try SessionEntry.decoded(kind: kind, bytes)
                read += 1
                let again = try entry.encoded()
                #expect(again == bytes, "seed \(seed), case \(number)")
            } catch {
                continue
            }
        }
        #expect(read > cases / 10)
        #expect(read < cases)
    }

    private func mutate(_ bytes: inout [UInt8], _ kind: inout UInt8, _ random: inout SeededRandom) {
        let place = bytes.isEmpty ? 0 : Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0 where !bytes.isEmpty: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeLast(min(bytes.count, Int(random.next() % 4)))
        case 2: bytes.append(UInt8(truncatingIfNeeded: random.next()))
        case 3 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(random.next() % 8)
        default: kind = UInt8(random.next() % 9)
        }
    }
}
