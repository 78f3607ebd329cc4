import Glibc

/// Recorded data beside the repository, which is not part of it.
package enum SharedData {
    package static let folder = root + "/../shared/data/market"

    package static let isThere = access(folder, R_OK) == 0

    /// What venues have said, collected by others.
    package static let fixtures = root + "/../shared/data/fixtures"

    package static let hasFixtures = access(fixtures, R_OK) == 0

    private static let root: String = {
        // Tests/TestSupport/SharedData.swift is three steps below the root.
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }()

    package static func binance(_ names: String...) -> [String] {
        names.map { "\(folder)/binance_ws_2024-08-08/\($0).gz" }
    }
}
