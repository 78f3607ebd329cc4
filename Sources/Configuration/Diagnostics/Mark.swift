/// A place in a configuration file, as an editor counts it.
///
/// Lines and columns begin at 1; a column is one Unicode scalar, whatever its width on screen.
package struct Mark: Equatable, Sendable {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension Mark: CustomStringConvertible {
    /// `configs/grid.yaml:12:5`, the form that editors and terminals turn into a link.
    package var description: String { "\(file):\(line):\(column)" }
}
