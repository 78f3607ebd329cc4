import Glibc

/// How long the random tests run, and from which seed: the environment may say otherwise.
package enum FuzzSettings {
    /// `MARTLET_FUZZ_CASES`, or the standard of the test.
    package static func cases(_ standard: Int) -> Int {
        number("MARTLET_FUZZ_CASES").map { Int($0) } ?? standard
    }

    /// `MARTLET_FUZZ_SEED`, or the standard of the test.
    package static func seed(_ standard: UInt64) -> UInt64 { number("MARTLET_FUZZ_SEED") ?? standard }

    private static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }
}
