/// The checkout that these tests belong to.
enum Checkout {
    /// Without a slash at its end.
    static let path: String = {
        // Tests/LauncherTests/Support/Checkout.swift is four steps below the root.
        let steps = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        return steps.joined(separator: "/")
    }()

    static func file(_ name: String) -> String { "\(path)/\(name)" }
}
