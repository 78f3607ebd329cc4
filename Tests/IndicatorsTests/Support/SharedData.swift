import Glibc

/// Recorded data beside the repository, which is not part of it.
enum SharedData {
    static let folder: String = {
        // Tests/IndicatorsTests/Support/SharedData.swift is four steps below the root.
        let steps = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        return steps.joined(separator: "/") + "/../shared/data/market"
    }()

    static let isThere = access(folder, R_OK) == 0

    static func binance(_ name: String) -> String {
        "\(folder)/binance_ws_2024-08-08/\(name).gz"
    }
}
