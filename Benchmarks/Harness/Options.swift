/// What the command line asks for.
struct Options {
    enum Failure: Error { case usage(String) }

    static let usage = """
        usage: martlet-bench [--only NAME] [--json]
          --only NAME   only figures whose name contains NAME
          --json        one JSON array instead of lines
        Exit code 1 when a count or a ratio is missed, 2 when a measurement failed.
        """

    var only: String?
    var isJSON = false
    /// Internal: this process runs one backtest, over the records of an inherited file.
    var child: Int32?

    init(_ arguments: [String]) throws(Failure) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--only":
                guard let name = rest.popFirst() else { throw .usage("--only needs a name") }
                only = name
            case "--json": isJSON = true
            case "--child":
                guard let text = rest.popFirst(), let number = Int32(text) else {
                    throw .usage("--child needs a number")
                }
                child = number
            default: throw .usage("unknown argument \(argument)")
            }
        }
    }

    func wants(_ name: String) -> Bool { only.map { name.contains($0) } ?? true }
}

extension String {
    /// Whether `part` occurs in the text.
    fileprivate func contains(_ part: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(part.utf8)
        guard wanted.count <= bytes.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
    }
}
