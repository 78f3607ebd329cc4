import Testing

/// One thing that is wrong in the tree, where, and what to do instead.
struct Finding: CustomStringConvertible, Equatable, Sendable {
    let path: String
    let line: Int
    let message: String

    init(_ path: String, _ line: Int, _ message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    var description: String { "\(path):\(line): \(message)" }
}

/// Fails the running test once for every finding, with the place in front.
func report(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
    for finding in findings {
        Issue.record(Comment(rawValue: finding.description), sourceLocation: sourceLocation)
    }
}
