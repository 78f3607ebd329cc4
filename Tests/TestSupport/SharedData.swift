import Glibc

/// Recorded data beside the repository, which is not part of it.
package enum SharedData {
    package static let folder: String = {
        // Tests/TestSupport/SharedData.swift is three steps below the root.
        let steps = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return steps.joined(separator: "/") + "/../shared/data/market"
    }()

    package static let isThere = access(folder, R_OK) == 0

    package static func binance(_ names: String...) -> [String] {
        names.map { "\(folder)/binance_ws_2024-08-08/\($0).gz" }
    }
}
