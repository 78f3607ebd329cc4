import TestSupport

/// How long the random tests of the room run.
enum FuzzChoice {
    static let seed = FuzzSettings.seed(0x0C01)
    static func cases(_ standard: Int) -> Int { FuzzSettings.cases(standard) }
}
