import Quantities
import Testing
import WireCodecs

/// Damaged documents: the cursor agrees with the naive grammar and touches nothing beyond the end.
struct JSONFuzzTests {
    private static let cases = 200_000
    private static let seeds: [UInt64] = [1, 2, 3, 4]

    private static let fragments = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\uD83D", "0", "-", ".", "e", "E+",
        "true", "false", "null", " ", "\n", "\u{0}", "é", "[[[[[[[[", "{\"a\":", "1e400",
        "99999999999999999999",
    ].map { Array($0.utf8) }

    @Test(arguments: seeds)
    func `damaged documents are judged as the naive grammar judges them`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let memory = GuardedBytes()
        var writer = JSONWriter()
        var accepted = 0
        let count = Self.cases / Self.seeds.count
        for number in 0..<count {
            writer.reset()
            JSONTree.random(&random).write(to: &writer)
            var bytes = writer.withBytes { Array($0.prefix(400)) }
            for _ in 0..<random.below(4) { Self.damage(&bytes, &random) }

            let isAccepted = memory.withCopy(of: bytes) { Self.judge($0) }
            guard let isAccepted, isAccepted == NaiveJSON.accepts(bytes) else {
                Issue.record("seed \(seed), case \(number): \(bytes)")
                return
            }
            if isAccepted { accepted += 1 }
        }
        // Both verdicts must be frequent, or the comparison says little.
        #expect(accepted > count / 10 && accepted < count * 9 / 10, "\(accepted) of \(count)")
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

    /// Whether the cursor accepts the text; nil if its ways of reading contradict each other.
    private static func judge(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        var skipped: JSONError?
        do throws(JSONError) {
            var json = JSONCursor(text)
            try json.skip()
            try json.finish()
        } catch {
            skipped = error
        }
        let (tree, read) = whole(text) { json throws(JSONError) in try JSONTree.read(&json) }
        let (looped, fault) = whole(text) { json throws(JSONError) in try JSONTree.readInLoops(&json) }
        if tree != looped || read != fault { return nil }
        for error in [skipped, read] {
            if let error, !(0...text.count).contains(error.offset) { return nil }
        }
        // Reading knows two errors more than skipping; otherwise both stop at the same byte.
        if let read, read.kind == .invalidUTF8 || read.kind == .loneSurrogate {
            return skipped == nil
        }
        return read == skipped ? skipped == nil : nil
    }

    private static func whole(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (inout JSONCursor) throws(JSONError) -> JSONTree
    ) -> (tree: JSONTree?, error: JSONError?) {
        do throws(JSONError) {
            var json = JSONCursor(text)
            let tree = try body(&json)
            try json.finish()
            return (tree, nil)
        } catch {
            return (nil, error)
        }
    }

    @Test
    func `numbers of random digits are read as the standard library reads them`() throws {
        var random = SeededRandom(seed: 11)
        let memory = GuardedBytes()
        for number in 0..<20_000 {
            let digits = (0...random.below(22)).map { _ in String(random.below(10)) }.joined()
            let text = (random.chance(0.5) ? "-" : "") + digits
            let hasLeadingZero = digits.count > 1 && digits.hasPrefix("0")
            let value: Int64? = memory.withCopy(of: Array(text.utf8)) { bytes in
                do throws(JSONError) {
                    var json = JSONCursor(bytes)
                    let value = try json.int()
                    try json.finish()
                    return value
                } catch {
                    return nil
                }
            }
            if value != (hasLeadingZero ? nil : Int64(text)) {
                Issue.record("case \(number): \(text) was read as \(String(describing: value))")
                return
            }
        }
    }
}
