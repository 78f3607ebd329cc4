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

struct BinanceFigureTests {
    @Test func `figures of every form are read as the exact parser reads them`() throws {
        var random = SeededRandom(seed: 8)
        for _ in 0..<5_000 {
            var text = String(random.next() >> UInt64(random.below(64)))
            if random.chance(0.1) { text = "00" + text }
            if random.chance(0.9) { text += "." }
            for _ in 0..<(random.chance(0.5) ? 8 : random.below(14)) { text += String(random.below(10)) }
            let price = Result { try Price(text) }
            let frame = #"{"u":1,"s":"A","b":"\#(text)","B":"1","a":"2","A":"3"}"#
            let read = Result { try decode(frame).decimals[0] }
            switch (price, read) {
            case (.success(let price), .success(let read)): #expect(price.description == read, "\(text)")
            case (.failure, .failure): break
            case (.success, .failure), (.failure, .success): Issue.record("\(text): \(price), \(read)")
            }
        }
    }

    @Test(arguments: ["-1", "-0.5", "", ".5", "5.", "1e5", " 1", "+1"])
    func `what is no figure is refused`(text: String) {
        #expect(throws: BinanceFrameError.self) {
            try decode(#"{"u":1,"s":"A","b":"\#(text)","B":"1","a":"2","A":"3"}"#)
        }
    }
}
