import Glibc
import Quantities
import Testing

@testable import BinanceVenue

struct BinanceFrameFuzzTests {
    /// `MARTLET_FUZZ_CASES` in the environment asks for more.
    static let cases = getenv("MARTLET_FUZZ_CASES").flatMap { Int(String(cString: $0)) } ?? 100_000
    static let seeds: [UInt64] = [1, 2, 3, 4]

    static let fragments = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "-", ".", "1e9", "null", "true", "\"e\":", "\"u\":",
        "\"s\":", "\"b\":", "\"stream\":", "\"data\":", "99999999999999999999", "\"trade\"", "[[",
    ].map { Array($0.utf8) }

    @Test(arguments: seeds)
    func `damaged frames are decoded or refused, and never end the program`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var decoder = BinanceFrameDecoder()
        var accepted = 0
        let count = Self.cases / Self.seeds.count
        for number in 0..<count {
            var bytes = Array(Sample.all[random.below(Sample.all.count)].utf8)
            for _ in 0..<(1 + random.below(3)) { Self.damage(&bytes, &random) }
            do throws(BinanceFrameError) {
                let frame = try decoder.decoded(bytes)
                accepted += 1
                let isSane =
                    frame.decimals.allSatisfy { !$0.hasPrefix("-") }
                    && frame.bids.count + frame.asks.count <= decoder.levels.count
                #expect(isSane, "seed \(seed), case \(number): \(frame)")
            } catch {
                #expect(
                    (0...bytes.count).contains(error.offset), "seed \(seed), case \(number): \(error)")
            }
        }
        // Both verdicts must occur, or the frames were not damaged as meant.
        #expect(accepted > count / 100 && accepted < count * 9 / 10, "\(accepted) of \(count)")
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count + 1)
        switch random.below(5) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.insert(contentsOf: fragments[random.below(fragments.count)], at: place)
        case 2:
            if place < bytes.count { bytes[place] = UInt8(random.below(256)) }
        case 3:
            if place < bytes.count { bytes.remove(at: place) }
        default:
            let end = min(bytes.count, place + random.below(20))
            bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        }
    }
}

struct BinanceDecimalTests {
    @Test func `decimals of the usual form are what the exact parser makes of them`() throws {
        var random = SeededRandom(seed: 8)
        var taken = 0
        for _ in 0..<50_000 {
            var text = String(random.next() >> UInt64(random.below(64)))
            if random.chance(0.9) { text += "." }
            let digits = random.chance(0.5) ? 8 : random.below(14)
            for _ in 0..<digits { text += String(random.below(10)) }
            if random.chance(0.2) {
                var bytes = Array(text.utf8)
                bytes[random.below(bytes.count)] = UInt8(0x20 + random.below(0x5F))
                text = String(decoding: bytes, as: UTF8.self)
            }
            guard let raw = Self.raw(text) else { continue }
            taken += 1
            #expect(try Price(text).raw == raw, "\(text)")
        }
        #expect(taken > 10_000, "\(taken)")
    }

    @Test(arguments: ["61837.63000000", "0.00000001", "2683.8", "0.014", "1.000000000001"])
    func `the venue's own forms are taken`(text: String) throws {
        #expect(Self.raw(text) == (try Price(text).raw))
    }

    @Test func `any byte but a digit among eight decimals is left to the exact parser`() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array("5.12345678".utf8)
                bytes[2 + place] = byte
                let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                #expect((bytes.withUnsafeBufferPointer { BinanceDecimal.raw($0) } != nil) == isDigit)
            }
        }
    }

    static func raw(_ text: String) -> Int128? {
        Array(text.utf8).withUnsafeBufferPointer { BinanceDecimal.raw($0) }
    }
}
