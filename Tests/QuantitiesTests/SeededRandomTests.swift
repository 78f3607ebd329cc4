import Quantities
import Testing

/// The sequence stands for ever: recordings, backtests and failing seeds depend on it.
///
/// The values were worked out from the published definitions of splitmix64 and xoshiro256++ in another
/// language.
struct SeededRandomTests {
    @Test(
        arguments: [
            (
                UInt64(0),
                [0x5317_5d61_490b_23df, 0x61da_6f3d_c380_d507, 0x5c0f_df91_ec9a_7bfc, 0x02ee_bf8c_3bbe_5e1a]
            ),
            (
                1,
                [0xcfc5_d07f_6f03_c29b, 0xbf42_4132_963f_e08d, 0x19a3_7d57_57aa_f520, 0xbf08_119f_05cd_56d6]
            ),
            (
                42,
                [0xd076_4d4f_4476_689f, 0x519e_4174_576f_3791, 0xfbe0_7cfb_0c24_ed8c, 0xb37d_9f60_0cd8_35b8]
            ),
            (
                .max,
                [0x56cc_f8ce_948e_27b2, 0xe685_8843_2e5a_5b90, 0xe3e9_b5a4_8119_ca8b, 0x460f_1949_5532_ae73]
            ),
        ] as [(UInt64, [UInt64])])
    func `a seed gives the sequence that it has always given`(seed: UInt64, expected: [UInt64]) {
        var random = SeededRandom(seed: seed)
        #expect(expected.map { _ in random.next() } == expected)
    }

    @Test func `derived numbers stand as well`() {
        var random = SeededRandom(seed: 42)
        #expect((0..<8).map { _ in random.below(10) } == [8, 3, 9, 7, 7, 5, 1, 6])
        random = SeededRandom(seed: 42)
        #expect(
            (0..<3).map { _ in random.uniform() } == [
                0.814_305_145_122_909_9, 0.318_821_040_061_661_1, 0.983_894_168_177_488_8,
            ])
        var stream = SeededRandom(seed: 42).stream(7)
        let expected: [UInt64] = [0x2e1a_b459_e997_93ea, 0xfad6_f9fe_2c16_51d9, 0xed43_4d39_62d4_7e37]
        #expect(expected.map { _ in stream.next() } == expected)
    }

    @Test func `streams of one seed differ from each other and from their source`() {
        let source = SeededRandom(seed: 1)
        let sources = [source] + (0..<100).map { source.stream($0) }
        let firsts = sources.map { source in
            var copy = source
            return copy.next()
        }
        #expect(Set(firsts).count == sources.count)
    }

    @Test func `numbers below a bound are all there, evenly`() {
        var random = SeededRandom(seed: 3)
        var counts = Array(repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[random.below(7)] += 1 }
        // Five standard deviations of a binomial count of 10,000.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 465 })
        #expect((0..<100).allSatisfy { _ in random.below(1) == 0 })
        #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(random.uniform()) })
    }
}
