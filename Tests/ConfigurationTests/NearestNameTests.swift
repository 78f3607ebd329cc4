import Quantities
import Testing

@testable import Configuration

struct NearestNameTests {
    private let known = ["spread", "levels", "max_order", "every", "id", "x", "low", "high"]

    @Test(arguments: [
        ("spred", "spread"), ("spread", "spread"), ("psread", "spread"), ("spreadd", "spread"),
        ("SPREAD", "spread"), ("maxOrder", "max_order"), ("max-order", "max_order"),
        ("maxorders", "max_order"),
        ("level", "levels"), ("levles", "levels"), ("evry", "every"), ("ids", "id"), ("di", "id"),
        ("hihg", "high"), ("lwo", "low"), ("X", "x"),
    ])
    func `a slip of the finger finds its name`(typed: String, meant: String) {
        #expect(NearestName.of(typed, among: known) == meant)
    }

    @Test(arguments: ["", "_", "y", "price", "zz", "velocity", "lo_and_behold", "spxxxd", "i"])
    func `a name of its own finds none`(typed: String) {
        #expect(NearestName.of(typed, among: known) == nil)
    }

    @Test func `the first of equally near names is given`() {
        #expect(NearestName.of("bat", among: ["cat", "hat"]) == "cat")
        #expect(NearestName.of("bat", among: ["cats", "hat"]) == "hat")
    }

    @Test func `a name beyond the limit is not compared`() {
        let long = String(repeating: "a", count: NearestName.lengthMax + 1)
        #expect(NearestName.of(long, among: [long]) == nil)
        #expect(NearestName.of(String(long.dropLast()), among: [String(long.dropLast())]) != nil)
    }

    /// The definition itself, slow and plain.
    private func naive(_ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>) -> Int {
        guard let lastA = a.last else { return b.count }
        guard let lastB = b.last else { return a.count }
        var best = min(
            naive(a.dropLast(), b) + 1, naive(a, b.dropLast()) + 1,
            naive(a.dropLast(), b.dropLast()) + (lastA == lastB ? 0 : 1))
        if a.count > 1, b.count > 1, a.dropLast().last == lastB, b.dropLast().last == lastA {
            best = min(best, naive(a.dropLast(2), b.dropLast(2)) + 1)
        }
        return best
    }

    @Test func `the distance is the one of the definition, for all short words`() {
        var words: [[Unicode.Scalar]] = [[]]
        for length in 1...4 {
            words += words.filter { $0.count == length - 1 }.flatMap { word in ["a", "b"].map { word + [$0] }
            }
        }
        #expect(words.count == 31)
        for a in words {
            for b in words {
                #expect(NearestName.distance(a, b) == naive(a[...], b[...]), "\(a) \(b)")
            }
        }
    }
}
