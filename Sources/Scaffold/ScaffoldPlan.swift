/// What is to be made: files that are not there yet, and files that change. Nothing is written here.
package struct ScaffoldPlan: Equatable, Sendable {
    package struct File: Equatable, Sendable {
        /// From the root of the package.
        package let path: String
        package let text: String
    }

    package struct Change: Equatable, Sendable {
        package let path: String
        package let before: String
        package let after: String
    }

    package var files: [File] = []
    package var changes: [Change] = []

    mutating func add(_ path: String, _ text: String) { files.append(File(path: path, text: text)) }
}
