import Quantities
import TestSupport
import Testing

@testable import Imports

struct ZipFuzzTests {
    let folder = ScratchFolder()

    @Test func `damaged archives are read or refused, and never end the program`() throws {
        let seed = FuzzSettings.seed(31)
        var random = SeededRandom(seed: seed)
        let content = Array((0..<200).map { "\($0),\($0 * 31 % 97)\n" }.joined().utf8)
        var wide = ZipMaker([.init(name: "w.csv", content: content, isWide: true)])
        wide.isWide = true
        let seeds = [
            ZipMaker([.init(name: "d.csv", content: content)]).bytes, wide.bytes,
            ZipMaker([
                .init(name: "s.csv", content: content, isDeflated: false), .init(name: "e.csv", content: []),
            ]).bytes,
        ]
        var (good, refused) = (0, 0)
        for number in 0..<FuzzSettings.cases(1_000) {
            var bytes = seeds[number % seeds.count]
            for _ in 0...random.below(3) { damage(&bytes, &random) }
            let path = folder.write(bytes, "fuzz.zip")
            do {
                for table in try ZipArchiveTests.unpack(path) {
                    // Each byte that comes has been checked by its CRC-32.
                    if number % seeds.count < 2, table != content, !table.isEmpty,
                        table.count != content.count + 1
                    {
                        Issue.record("seed \(seed), case \(number): \(table.count) other bytes")
                    }
                }
                good += 1
            } catch is ImportError {
                refused += 1
            }
        }
        #expect(refused > good, "seed \(seed): \(good) good, \(refused) refused")
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        guard !bytes.isEmpty else { return }
        // Most of what matters stands in the last hundred bytes.
        let tail = random.below(2) == 0
        let place = tail ? max(0, bytes.count - 1 - random.below(160)) : random.below(bytes.count)
        switch random.below(5) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes[place] ^= 1 << UInt8(random.below(8))
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8(random.below(256)), at: place)
        default: bytes.removeLast(min(bytes.count - 1, random.below(40)))
        }
    }
}
