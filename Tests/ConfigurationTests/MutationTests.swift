import Glibc
import Quantities
import Testing

@testable import Configuration

/// Sound and broken texts, changed at random: always a value or errors at their places.
struct MutationTests {
    /// Per test run; `MARTLET_FUZZ_CASES` sets another number.
    private static let casesDefault = 50_000

    private static let seed: UInt64 = 0x5EED_2024

    private static let sound = [
        """
        name: "grid \\u00e9"
        mode: live
        enabled: true
        levels: 12
        ratio: 0.5
        price: 61837.63
        size: 0.001
        budget: 1000
        reserve: '10'
        fee: 0.001
        every: 250ms
        since: 2024-08-08T23:54:13.5Z
        pairs: [BTCUSDT, "ETHUSDT"]
        legs:
          - side: buy
            weight: 2
          - {side: sell}
        risk:
          low: 1.5
          high: 2

        """,
        "{name: x, risk: {low: 1, high: 2}, legs: [{side: buy}]}",
        "# a comment\r\n---\r\nname: >-\r\n  folded\r\n  text\r\nlevels: 3\r\n...\r\n",
        "? name\n: |\n  block\n? !!str pairs\n: - a\n  - 'b'\n",
    ]

    private static let tokens: [[UInt8]] = [
        ": ", "- ", "? ", "\n", "\r\n", "  ", "\t", "[", "]", "{", "}", ",", "#", "&a ", "*a", "!!str ",
        "!x ",
        "|\n", ">-\n", "'", "\"", "\\", "\\u0000", "%YAML 1.1\n", "---\n", "...\n", "<<", "~", "null", "true",
        "no",
        "0x", "1e9", "_", "-", ".", "999999999999999999999", "ms", "T", "Z", "\u{FEFF}", "\u{2028}", "\u{85}",
        "é",
        "😀", "\0", "name: ", "legs:\n  - ", "levels", "@", "`", "%",
    ].map { Array($0.utf8) }

    @Test func `any text is a value or errors at their places`() {
        let requested = getenv("MARTLET_FUZZ_CASES").flatMap { Int(String(cString: $0)) }
        var random = SeededRandom(seed: Self.seed)
        let corpus = Self.sound.map { Array($0.utf8) }
        var valid = 0
        for number in 0..<(requested ?? Self.casesDefault) {
            var bytes = corpus[random.below(corpus.count)]
            for _ in 0...random.below(4) { Self.mutate(&bytes, corpus, &random) }
            let problem = Self.problem(of: bytes, &valid)
            guard problem == nil else {
                Issue.record("seed \(Self.seed), case \(number): \(problem!)\n\(bytes)")
                return
            }
        }
        #expect(valid > 0, "some of the texts stay sound, so both ways are walked")
    }

    private static func mutate(_ bytes: inout [UInt8], _ corpus: [[UInt8]], _ random: inout SeededRandom) {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + random.below(8))
        switch random.below(7) {
        case 0: bytes.replaceSubrange(place..<end, with: [UInt8(random.below(256))])
        case 1: bytes.insert(contentsOf: tokens[random.below(tokens.count)], at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        case 4: bytes.removeSubrange(place...)
        case 5:
            let other = corpus[random.below(corpus.count)]
            bytes.insert(contentsOf: other[random.below(other.count)...].prefix(40), at: place)
        default:
            if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
        }
    }

    /// What is wrong with the answer, if anything is.
    private static func problem(of bytes: [UInt8], _ valid: inout Int) -> String? {
        do throws(InvalidConfiguration) {
            let sample = try Sample.load(bytes)
            valid += 1
            return isWithinRanges(sample) ? nil : "a value outside of its range: \(sample)"
        } catch {
            if !error.diagnostics.contains(where: { $0.severity == .error }) {
                return "refused without an error"
            }
            let source = SourceText(file: "x.yaml", bytes: bytes)
            for diagnostic in error.diagnostics {
                guard let mark = diagnostic.mark else { return "no place: \(diagnostic)" }
                guard let line = source.line(mark.line) else { return "no such line: \(diagnostic)" }
                // One beyond the text, and one beyond the carriage return that no editor shows.
                guard mark.column >= 1, mark.column <= line.unicodeScalars.count + 2 else {
                    return "no such column: \(diagnostic)"
                }
            }
            let isPrintable = error.description.unicodeScalars.allSatisfy {
                $0 == "\n" || Quoted.isVisible($0)
            }
            return isPrintable ? nil : "unprintable: \(error.description.debugDescription)"
        }
    }

    private static func isWithinRanges(_ sample: Sample) -> Bool {
        (1...50).contains(sample.levels)
            && (0...1).contains(sample.ratio ?? 0)
            && (sample.price ?? Price(1)).isPositive
            && (Notional(10)...Notional(1_000_000)).contains(sample.budget ?? Notional(10))
            && !(sample.reserve ?? .zero).isNegative
            && (Interval.milliseconds(1)...Interval.minutes(60)).contains(sample.every)
            && (1...3).contains(sample.pairs?.count ?? 1)
            && (1...2).contains(sample.legs?.count ?? 1)
            && (1...20).contains(sample.name?.unicodeScalars.count ?? 1)
    }
}
