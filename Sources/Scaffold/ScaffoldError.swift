/// Why nothing was made; the text says what to do instead.
package struct ScaffoldError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
